"""The questions by which causes can be narrowed down, and the causes that fit each answer."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from articles.models import Urgency

from .body_map import PLACE_OF_AREA
from .models import Answer, BodyArea, Cause, Clue, Fit, Symptom
from .models.clues import question_of
from .models.conditions import Relation

_BY_QUESTION = {"in": "where", "feels": "feel", "after": "trigger"}


@dataclass(eq=False)
class Facet:
    """One question: its answers in words, by the value that stands in an address, and the causes that each fits."""

    name: str
    label: str
    anything: str  # what it says while nothing is chosen
    answers: dict[str, str] = field(default_factory=dict)
    causes: defaultdict[str, set[UUID | None]] = field(default_factory=lambda: defaultdict(set))

    def add(self, value: str, answer: str, cause: UUID | None) -> None:
        """Take in an answer and a cause that it fits, or none that it fits."""
        self.answers[value] = answer
        self.causes[value].add(cause)


class Facets:
    """Every question, filled from the whole site: four queries, however many causes."""

    def __init__(self) -> None:
        self.causes: dict[UUID, str] = {}  # slug of the outer group, by cause, the likeliest first
        self.areas: dict[str, str] = {}  # titles of live body areas, by slug
        self.urgencies: dict[str, Urgency] = {}  # by slug of the symptom
        self.frequencies: dict[tuple[UUID | None, str], str] = {}  # by cause and slug of the symptom
        facets = (
            Facet("where", "Place", "Anywhere"),
            Facet("feel", "Feeling", "However it feels"),
            Facet("trigger", "What came before", "Anything"),
            Facet("symptom", "Symptom", "Any, or none"),
            Facet("medicine", "Medicine", "Any, or none"),
            Facet("group", "Group", "Every group"),
            Facet("kind", "Kind", "Every kind"),
        )
        self.by_name = {facet.name: facet for facet in facets}
        self._fill_from_causes()
        self._fill_from_clues()
        self._fill_from_symptoms()
        self._fill_from_areas()

    def of_answer(self, answer: str) -> Facet | None:
        """The question that an Answer is to; None where causes cannot be narrowed down by it."""
        return self.by_name.get(_BY_QUESTION.get(question_of(answer), ""))

    def _fill_from_causes(self) -> None:
        self.by_name["kind"].answers.update(Relation.choices)
        rows = Cause.objects.for_overview().values_list(
            "pk", "relation", "group__slug", "group__name", "group__parent__slug", "group__parent__name"
        )
        for cause, relation, slug, name, outer_slug, outer_name in rows:
            self.causes[cause] = outer_slug or slug
            self.by_name["kind"].causes[relation].add(cause)
            if outer_slug:
                self.by_name["group"].add(outer_slug, outer_name, cause)
            self.by_name["group"].add(slug, name, cause)

    def _fill_from_clues(self) -> None:
        """All places, feelings and triggers can be asked for; of the medicines, those that some cause names."""
        for value, label in Answer.choices:
            if facet := self.of_answer(value):
                facet.answers[value] = label
        rows = (
            Clue.objects.exclude(fit=Fit.AGAINST)
            .filter(cause__live_revision__isnull=False)
            .order_by("medication_class__position", "medication_class__title")
            .values_list(
                "cause", "answer", *(f"medication_class__{name}" for name in ("slug", "title", "live_revision"))
            )
        )
        for cause, answer, medicine, title, is_live in rows:
            if medicine and is_live:
                self.by_name["medicine"].add(medicine, title, cause)
            elif answer and (facet := self.of_answer(answer)):
                facet.causes[answer].add(cause)

    def _fill_from_symptoms(self) -> None:
        rows = Symptom.objects.live().order_by("title")
        for slug, title, urgency, cause, frequency in rows.values_list(
            "slug", "title", "urgency", "seen_with__cause", "seen_with__frequency"
        ):
            self.urgencies[slug] = Urgency(urgency)
            self.by_name["symptom"].add(slug, title, cause)
            self.frequencies[cause, slug] = frequency

    def _fill_from_areas(self) -> None:
        """A cause fits a place, too, if the page about that place names it among the usual ones."""
        for slug, title, cause in BodyArea.objects.live().values_list("slug", "title", "causes"):
            self.areas[slug] = title
            if place := PLACE_OF_AREA.get(slug):
                self.by_name["where"].causes[place].add(cause)
