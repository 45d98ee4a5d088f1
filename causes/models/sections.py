"""Section types that bring the facts of this app into articles. Each draws live rows, so a fact is corrected once."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from articles.fields import LinkTermsField
from articles.models import Page, Section

from .claims import Claim
from .conditions import Cause, Nutrient
from .groups import CauseGroup
from .medicines import MedicationClass
from .shelf import ClaimShelf
from .symptom_grid import SymptomGrid
from .tables import SymptomTable

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class CauseListSection(Section):
    template_name = "causes/sections/cause_list.html"
    content_name = "cause_list"

    group = models.ForeignKey(
        CauseGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="With the groups inside it. Leave empty for every group.",
    )

    class Meta(Section.Meta):
        verbose_name = "cause list"

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        causes: list[Any] = list(Cause.objects.for_overview())
        for section in sections:
            section.causes = [
                cause for cause in causes if section.group_id in {None, cause.group_id, cause.group.parent_id}
            ]


class NutritionSection(Section):
    template_name = "causes/sections/nutrition.html"
    content_name = "nutrition"

    nutrient = models.ForeignKey(Nutrient, on_delete=models.PROTECT, related_name="+")
    link_terms = LinkTermsField()

    class Meta(Section.Meta):
        verbose_name = "nutrition section"

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        live = Nutrient.objects.live().in_bulk([section.nutrient_id for section in sections])
        for section in sections:
            section.shown = live.get(section.nutrient_id)


class SymptomTableSection(Section):
    template_name = "causes/sections/symptom_table.html"
    content_name = "symptom_table"

    table = models.ForeignKey(SymptomTable, on_delete=models.PROTECT, related_name="+")

    class Meta(Section.Meta):
        verbose_name = "symptom table"

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        grids = SymptomGrid.of_tables([section.table_id for section in sections])
        for section in sections:
            section.grid = grids.get(section.table_id)


class MedicineTableSection(Section):
    template_name = "causes/sections/medicine_table.html"
    content_name = "medicine_table"

    classes = models.ManyToManyField(
        MedicationClass, blank=True, related_name="+", help_text="Leave empty for every class."
    )

    class Meta(Section.Meta):
        verbose_name = "medicine table"

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        live = MedicationClass.objects.for_table()
        for section in sections:
            chosen = set(snapshot.related_ids(section, "classes"))
            section.medicines = [row for row in live if not chosen or str(row.pk) in chosen]


class ClaimListSection(Section):
    template_name = "causes/sections/claim_list.html"
    content_name = "claim_list"

    shelf: ClaimShelf

    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose claims. Leave empty for the claims of this article.",
    )

    class Meta(Section.Meta):
        verbose_name = "claim list"

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        shelf = snapshot.shared(ClaimShelf)
        shelf.want(section.page_id for section in sections)
        for section in sections:
            section.shelf = shelf

    def claims(self) -> list[Claim]:
        return self.shelf.of(self.page_id) if self.page_id else self.shelf.own
