from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from articles.models import Identified
from articles.models.base import is_one_of, is_slug


class Nature(models.TextChoices):
    PHYSIOLOGICAL = "physiological", "Physiological: the healthy body at work"
    PATHOLOGICAL = "pathological", "Pathological: part of an illness or its treatment"


class CauseGroup(Identified):
    """A group of causes, in two levels at the most. Groups stand in order of likelihood, not of fear."""

    content_name: ClassVar[str] = "cause-groups"
    sentences: ClassVar[tuple[str, ...]] = ("summary",)
    unfrozen: ClassVar[frozenset[str]] = frozenset({"slug"})

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    nature = models.CharField(max_length=20, choices=Nature)
    position = models.PositiveSmallIntegerField(default=0, help_text="Likeliest first, among the groups beside it.")
    summary = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            is_slug("slug", name="cause_group_slug_is_ascii"),
            is_one_of("nature", Nature, name="cause_group_nature"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="cause_group_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def top(self) -> "CauseGroup":
        """The group around it, or itself."""
        return self.parent or self

    def clean(self) -> None:
        """Two levels, one nature: no database constraint can look at another row."""
        if self.children.exclude(nature=self.nature).exists():
            raise ValidationError({"nature": "The groups inside this one have the other nature."})
        if self.parent is None:
            return
        if self.parent.parent_id:
            raise ValidationError({"parent": f"“{self.parent}” is itself inside a group: groups have two levels."})
        if self.children.exists():
            raise ValidationError({"parent": "This group has groups inside it: groups have two levels."})
        if self.parent.nature != self.nature:
            raise ValidationError({"nature": f"It has to be that of the group around it, “{self.parent}”."})
