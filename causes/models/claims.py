from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from articles.models import Page, Part, Reference
from articles.models.base import is_one_of


class Evidence(models.TextChoices):
    """How well a statement is supported; the labels are the public ones."""

    GOOD = "good", "Good evidence"
    SOME = "some", "Some evidence"
    LIMITED = "limited", "Limited evidence"
    NOT_SUPPORTED = "not_supported", "Not supported"


class Cited(Part):
    """A part with `references`, without which no reader sees it."""

    #: Keys of the references as the page being drawn has them, where they have been looked up.
    cited: Sequence[str] = ()

    class Meta:
        abstract = True

    def check_publishable(self, frozen: dict[str, Any]) -> None:
        if not frozen["references"]:
            needed = f"Every {self._meta.verbose_name} needs a source before it is published."
            raise ValidationError({"references": needed})


class Claim(Cited):
    """One statement of fact, how well it is supported, and by which sources. It belongs to exactly one page."""

    owner: ClassVar[str] = "page"
    content_name: ClassVar[str] = "claims"
    sentences: ClassVar[tuple[str, ...]] = ("statement", "why")
    stands_alone: ClassVar[bool] = False  # a statement without its label may be one that we do not believe

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="claims")
    statement = models.CharField(max_length=400, help_text="One fact in one plain sentence.")
    evidence = models.CharField(max_length=20, choices=Evidence)
    why = models.CharField(
        "why this label", max_length=400, blank=True, help_text="The kind of study, how many people, what is missing."
    )
    references = models.ManyToManyField(Reference, blank=True, related_name="claims")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            is_one_of("evidence", Evidence, name="claim_evidence"),
            models.CheckConstraint(condition=~models.Q(statement=""), name="claim_states_something"),
        ]

    def __str__(self) -> str:
        return self.statement
