from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce

from articles.fields import LinesField, RichTextField
from articles.models import Page, PageQuerySet, Part, Urgency
from articles.models.base import is_one_of

from .claims import Evidence
from .clues import shown_clues
from .groups import CauseGroup
from .shelf import ClaimShelf

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class Symptom(Page):
    """Something a person notices, and what to do about it when it comes with twitching."""

    url_name: ClassVar[str] = "symptom"
    list_name: ClassVar[str] = "Symptoms"
    list_url_name: ClassVar[str] = "symptom-list"
    template_name: ClassVar[str] = "causes/symptom_detail.html"
    content_name: ClassVar[str] = "symptoms"

    other_names = LinesField(blank=True, help_text="Other words readers use, one to a line.")
    urgency = models.CharField(
        max_length=10,
        choices=Urgency,
        help_text="In somebody who also has twitching. Where sources differ, the sooner.",
    )
    advice = RichTextField(help_text="What to do, and by when.")

    class Meta:
        constraints = [is_one_of("urgency", Urgency, name="symptom_urgency")]

    @property
    def how_soon(self) -> Urgency:
        return Urgency(self.urgency)

    @property
    def is_serious(self) -> bool:
        return self.how_soon.is_serious

    def search_names(self, snapshot: "Snapshot") -> list[str]:
        return self.other_names.splitlines()

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        return [self.title]

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        return {
            "causes": Cause.objects.seen_with(self),
            "claims": snapshot.shared(ClaimShelf).own,
        }


class CauseQuerySet(PageQuerySet):
    def for_overview(self) -> Self:
        """Live causes with their groups, likeliest first, a group before the groups inside it: one query."""
        return (
            self.live()
            .select_related("group__parent")
            .annotate(
                outer=Coalesce("group__parent_id", "group_id"),
                outer_position=Coalesce("group__parent__position", "group__position"),
            )
            .order_by(
                "outer_position",
                "outer",
                F("group__parent_id").asc(nulls_first=True),
                "group__position",
                "group_id",
                "position",
                "title",
            )
        )

    def seen_with(self, symptom: Symptom) -> Self:
        """Live causes that the symptom is seen with, likeliest first, each with its `frequency`: one query."""
        frequency = F("seen_with__frequency")
        return self.for_overview().filter(seen_with__symptom=symptom.pk).annotate(frequency=frequency)


class Relation(models.TextChoices):
    CAUSE = "cause", "A cause of twitching"
    NOT_TYPICAL = "not_typical", "Twitching is not typical"
    ASKED_ABOUT = "asked_about", "Often asked about"


class Cause(Page):
    """A cause of twitching, or a condition that people take for one. The title is its plain name."""

    url_name: ClassVar[str] = "cause"
    list_name: ClassVar[str] = "Causes"
    list_url_name: ClassVar[str] = "cause-list"
    template_name: ClassVar[str] = "causes/cause_detail.html"
    content_name: ClassVar[str] = "causes"

    group = models.ForeignKey(CauseGroup, on_delete=models.PROTECT, related_name="causes")
    position = models.PositiveSmallIntegerField(default=0, help_text="Likeliest first, within the group.")
    medical_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Shown in brackets after the plain name. Put a comma between several: lists, links and search know "
        "each by itself.",
    )
    other_names = LinesField(blank=True, help_text="Other words readers use, one to a line.")
    relation = models.CharField(max_length=20, choices=Relation, default=Relation.CAUSE)
    evidence = models.CharField(
        max_length=20, choices=Evidence, help_text="How well it is shown that this causes fasciculation."
    )
    what_happens = RichTextField()
    what_helps = RichTextField()
    call_now_if = RichTextField("call the emergency number if", help_text="A list of signs.")
    ask_today_if = RichTextField("ask for an urgent appointment if", help_text="A list of signs.")
    see_gp_if = RichTextField("see a GP if", help_text="A list of signs.")
    when_to_get_help = RichTextField("more about getting help", help_text="What the three lists do not say.")
    symptoms = models.ManyToManyField(Symptom, through="CauseSymptom", related_name="causes")

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            is_one_of("relation", Relation, name="cause_relation"),
            is_one_of("evidence", Evidence, name="cause_evidence"),
        ]

    @property
    def is_cause(self) -> bool:
        """Whether it causes twitching, and is not only taken for a cause."""
        return self.relation == Relation.CAUSE

    @property
    def says_when_to_get_help(self) -> bool:
        return any((self.call_now_if, self.ask_today_if, self.see_gp_if, self.when_to_get_help))

    @property
    def top_group(self) -> CauseGroup:
        return self.group.top

    @property
    def medical_names(self) -> list[str]:
        return self.medical_name.split(", ") if self.medical_name else []

    def search_names(self, snapshot: "Snapshot") -> list[str]:
        return [*self.medical_names, *self.other_names.splitlines()]

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        return [self.title, *self.medical_names]

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        seen_with = snapshot.parts(CauseSymptom)
        live = Symptom.objects.live().in_bulk([row.symptom_id for row in seen_with])
        shown = [row for row in seen_with if row.symptom_id in live]
        for row in shown:
            row.symptom = live[row.symptom_id]
        return {
            "top_group": CauseGroup.objects.select_related("parent").get(pk=self.group_id).top,
            "seen_with": shown,
            "clues": shown_clues(snapshot) if self.is_cause else [],
            "claims": snapshot.shared(ClaimShelf).own,
        }


class Frequency(models.TextChoices):
    COMMON = "common", "Common"
    SOMETIMES = "sometimes", "Sometimes"
    RARE = "rare", "Rare"


class CauseSymptom(Part):
    """How often a symptom is seen with a cause."""

    owner: ClassVar[str] = "cause"
    content_name: ClassVar[str] = "symptoms"

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="seen_with")
    symptom = models.ForeignKey(Symptom, on_delete=models.PROTECT, related_name="seen_with")
    frequency = models.CharField(max_length=10, choices=Frequency)
    urgency = models.CharField(
        max_length=10,
        choices=Urgency,
        blank=True,
        help_text="With this cause, if that is sooner than for the symptom by itself.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "symptom seen with it"
        verbose_name_plural = "symptoms seen with it"
        constraints = [
            is_one_of("frequency", Frequency, name="cause_symptom_frequency"),
            is_one_of("urgency", Urgency, name="cause_symptom_urgency", or_blank=True),
            models.UniqueConstraint(fields=["cause", "symptom"], name="cause_has_symptom_once"),
        ]

    def __str__(self) -> str:
        return f"{self.symptom} ({self.get_frequency_display().lower()})"

    @property
    def how_soon(self) -> Urgency:
        """How soon to get help with the symptom where this is the cause: the sooner of what is said of each."""
        of_symptom = self.symptom.how_soon
        return min(of_symptom, Urgency(self.urgency or of_symptom), key=lambda urgency: urgency.rank)


class BodyArea(Page):
    """A place that twitches, what it usually means there, and when it means more."""

    url_name: ClassVar[str] = "body-area"
    list_name: ClassVar[str] = "Body areas"
    list_url_name: ClassVar[str] = "body-area-list"
    template_name: ClassVar[str] = "causes/body_area_detail.html"
    content_name: ClassVar[str] = "body-areas"

    muscle = models.CharField(max_length=120, blank=True, help_text="Its medical name, for example orbicularis oculi.")
    usual_meaning = RichTextField()
    be_alert = RichTextField("be alert if")
    causes = models.ManyToManyField(Cause, blank=True, related_name="body_areas", help_text="The usual causes here.")

    def search_names(self, snapshot: "Snapshot") -> list[str]:
        return [self.muscle]

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        return [self.title, self.muscle]

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        return {
            "causes": Cause.objects.for_overview().filter(pk__in=snapshot.root_related_ids("causes")),
            "claims": snapshot.shared(ClaimShelf).own,
        }


class Nutrient(Page):
    """A vitamin or mineral that muscle and nerve need."""

    url_name: ClassVar[str] = "nutrient"
    list_name: ClassVar[str] = "Nutrition"
    list_url_name: ClassVar[str] = "nutrient-list"
    template_name: ClassVar[str] = "causes/nutrient_detail.html"
    content_name: ClassVar[str] = "nutrients"

    role = RichTextField("role in muscle and nerve")
    lack = RichTextField("what a lack does")
    food_sources = RichTextField()
    caution = RichTextField()
    deficiency = models.ForeignKey(
        Cause,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nutrients",
        help_text="The page on lacking it.",
    )

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        return [self.title]

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        return {
            "lack_page": Cause.objects.live().filter(pk=self.deficiency_id).first(),
            "claims": snapshot.shared(ClaimShelf).own,
        }
