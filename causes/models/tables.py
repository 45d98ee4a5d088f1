import re
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from articles.fields import LinesField, LinkWordsField, RichTextField
from articles.models import Identified, Page, Part
from articles.models.base import is_one_of, is_slug
from articles.readability import blocks

from .conditions import Cause


class SymptomTable(Identified):
    """A saved choice of conditions to compare. The rows are derived from the symptoms of those causes, never typed."""

    content_name: ClassVar[str] = "symptom-tables"
    unfrozen: ClassVar[frozenset[str]] = frozenset({"slug"})

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    caption = models.CharField(max_length=200, help_text="Read out before the table: what it compares.")
    intro = RichTextField()
    causes = models.ManyToManyField(Cause, through="SymptomTableColumn", related_name="symptom_tables")

    class Meta:
        ordering = ["name"]
        constraints = [is_slug("slug", name="symptom_table_slug_is_ascii")]

    def __str__(self) -> str:
        return self.name


class SymptomTableColumn(Part):
    owner: ClassVar[str] = "table"
    content_name: ClassVar[str] = "causes"
    content_value: ClassVar[str] = "cause"

    table = models.ForeignKey(SymptomTable, on_delete=models.CASCADE, related_name="columns")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="table_columns")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "column"
        constraints = [models.UniqueConstraint(fields=["table", "cause"], name="table_compares_cause_once")]

    def __str__(self) -> str:
        return str(self.cause)


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    def for_glossary(self) -> Self:
        """Terms by name, each with its page and the words it is mistaken for: two queries."""
        return self.select_related("page").prefetch_related("not_same_as")

    def movements(self) -> Self:
        """Words for movements, likeliest first, each with its page as the symptom or cause that it is: one query."""
        return self.exclude(movement="").select_related("page__symptom", "page__cause").order_by("position", "term")


class Movement(models.TextChoices):
    """What a reader notices first; readers are asked in this order."""

    FLICKER = "flicker", "It flickers or ripples under the skin"
    TIGHT = "tight", "A muscle tightens, and stays tight for a while"
    MOVES = "moves", "A part of the body moves or shakes"
    FOUND = "found", "Somebody who examined me found it"


class GlossaryTerm(Identified):
    """A word, what it means here, and the words it is mistaken for."""

    content_name: ClassVar[str] = "glossary"
    list_name: ClassVar[str] = "Glossary"
    unfrozen: ClassVar[frozenset[str]] = frozenset({"slug"})

    slug = models.SlugField(max_length=60, unique=True)
    term = models.CharField(max_length=120)
    definition = RichTextField(blank=False)
    movement = models.CharField(
        max_length=10, choices=Movement, blank=True, help_text="For movements: where the chooser has it."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the chooser, likeliest first.")
    in_readers_words = LinesField(blank=True, help_text="For movements: how readers say it, one to a line.")
    looks_like = models.CharField(max_length=200, blank=True, help_text="For movements: what one sees.")
    comes_from = models.CharField(max_length=200, blank=True, help_text="For movements: where it usually starts.")
    link_words = LinkWordsField()
    not_same_as = models.ManyToManyField("self", blank=True, help_text="Words it is mistaken for.")
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="terms", help_text="The page about it."
    )

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        ordering = ["term"]
        constraints = [
            is_slug("slug", name="glossary_term_slug_is_ascii"),
            is_one_of("movement", Movement, name="glossary_term_movement", or_blank=True),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def path(self) -> str:
        return f"{reverse('glossary')}#{self.slug}"

    @property
    def readers_words(self) -> list[str]:
        return self.in_readers_words.splitlines()

    def search_names(self) -> list[str]:
        """Both words of "Wasting (atrophy)"."""
        return [name.strip() for name in re.split(r"[()]", self.term) if name.strip()]

    def mentioned_as(self) -> list[str]:
        return self.link_words.splitlines() or self.search_names()

    def search_text(self) -> list[str]:
        """What the glossary says of it."""
        return [*(text for _, text in blocks(self.definition)), self.looks_like, self.comes_from, *self.readers_words]
