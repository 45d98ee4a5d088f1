from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import FilteredRelation

from articles.fields import LinesField, RichTextField
from articles.models import Page, PageQuerySet, Part
from articles.models.base import is_one_of
from articles.search.folding import without_aside

from .claims import Evidence
from .shelf import ClaimShelf

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


#: So many medicines of a class are named where there is little room.
EXAMPLES = 4


class MedicationClassQuerySet(PageQuerySet):
    def for_table(self, only: Sequence[str] = ()) -> list["MedicationClass"]:
        """Live classes in the order of medicine tables, each with its `medicines`: one query.

        `only` these fields of the classes are read, where any are named.
        """
        rows: Any = self.live().annotate(example=FilteredRelation("medications")).select_related("example").only(*only)
        classes: list[MedicationClass] = []
        for medicine, same in groupby(rows.order_by("position", "title", "pk", "example__position")):
            medicine.medicines = [row.example for row in same if hasattr(row, "example")]
            classes.append(medicine)
        return classes


class MedicationClass(Page):
    """A class of medicines and the movement it usually causes, which often is not fasciculation."""

    url_name: ClassVar[str] = "medication-class"
    list_name: ClassVar[str] = "Medicines"
    list_url_name: ClassVar[str] = "medication-class-list"
    template_name: ClassVar[str] = "causes/medication_class_detail.html"
    content_name: ClassVar[str] = "medication-classes"

    other_names = LinesField(blank=True, help_text="What readers call the class, one to a line: water tablets.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in medicine tables.")
    usual_movement = models.CharField(max_length=200, help_text="What it usually causes, for example fine tremor.")
    evidence = models.CharField(max_length=20, choices=Evidence, help_text="How well fasciculation is shown.")
    note = RichTextField(help_text="How it happens, and what to know.")
    emergency_signs = RichTextField(help_text="Signs that need emergency help; leave empty if there are none.")

    #: Set by for_table().
    medicines: Sequence["Medication"] = ()

    objects = MedicationClassQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        verbose_name_plural = "medication classes"
        constraints = [is_one_of("evidence", Evidence, name="medication_class_evidence")]

    @property
    def examples(self) -> Sequence["Medication"]:
        return self.medicines[:EXAMPLES]

    def search_names(self, snapshot: "Snapshot") -> list[str]:
        medications = snapshot.parts(Medication)
        return [*self.other_names.splitlines(), *(name for medication in medications for name in medication.names)]

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        """The title without what it says in brackets, and the names of the substances."""
        medications = snapshot.parts(Medication)
        return [without_aside(self.title), *(name for row in medications for name in (row.inn, row.us_name))]

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        medications = snapshot.parts(Medication)
        return {
            "medications": medications,
            "examples": medications[:EXAMPLES],
            "claims": snapshot.shared(ClaimShelf).own,
        }


class Medication(Part):
    owner: ClassVar[str] = "medication_class"
    content_name: ClassVar[str] = "medications"

    medication_class = models.ForeignKey(MedicationClass, on_delete=models.CASCADE, related_name="medications")
    inn = models.CharField(
        "INN", max_length=120, help_text="International non-proprietary name, for example salbutamol."
    )
    us_name = models.CharField(
        "US name", max_length=120, blank=True, help_text="Where it differs, for example albuterol."
    )
    brands = LinesField(blank=True, help_text="Common brands and older names, one to a line.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["medication_class", "inn"], name="medication_is_in_class_once"),
            models.CheckConstraint(condition=~models.Q(inn=""), name="medication_has_inn"),
        ]

    def __str__(self) -> str:
        return f"{self.inn} ({self.us_name})" if self.us_name else self.inn

    @property
    def names(self) -> list[str]:
        """Every name that it is sold or known under, the INN first."""
        return [self.inn, *filter(None, [self.us_name]), *self.brands.splitlines()]
