"""The cause explorer: the causes that fit every chosen answer, likeliest first, and why each is listed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from articles.models import Urgency

from .body_map import AREA_OF_PLACE, Region, body_map
from .facets import Facet, Facets
from .models import Cause, Clue, Evidence, Fit
from .models.conditions import Frequency

PER_PAGE = 60

_SEEN = {
    Frequency.COMMON: "Common with this cause.",
    Frequency.SOMETIMES: "Sometimes seen with this cause.",
    Frequency.RARE: "Seen with this cause, but rarely.",
}


@dataclass(frozen=True)
class Option:
    """An answer that a link offers, and the number of causes in the list that it leads to."""

    answer: str
    value: str
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a cause is listed: the answer that it fits, and the fact behind that, or the page that says so."""

    answer: str
    why: str
    evidence: Evidence | None = None
    cited: list[str] = field(default_factory=list)
    path: str = ""


@dataclass(frozen=True)
class Alarm:
    """A chosen symptom that asks for help soon, and the page that says what to do."""

    symptom: str
    urgency: Urgency
    path: str


@dataclass(frozen=True)
class Elsewhere:
    """A group of causes that another page of the list begins with, or has further down."""

    slug: str
    name: str
    number: int
    address: str


class Explorer:
    """What the answers in a query string lead to: six queries, however many causes and whatever is chosen.

    Several answers must all fit. What no question knows is passed over, and so is a second answer to one question.
    """

    def __init__(self, asked: QueryDict) -> None:
        self._facets = Facets()
        self._live = set(self._facets.causes)
        self._number = asked.get("page")
        self._chosen = {
            facet: value
            for facet in self._facets.by_name.values()
            if (value := next((value for value in asked.getlist(facet.name) if value in facet.answers), ""))
        }

    @property
    def total(self) -> int:
        return len(self._live)

    @property
    def is_way_in(self) -> bool:
        """Whether nothing is chosen, not even a page."""
        return not self._chosen and self.shown.number == 1

    @cached_property
    def shown(self) -> "Page[UUID]":
        """Those of the causes that fit, likeliest first, that stand on the page asked for; any number gives a page."""
        fitting = self._fitting()
        return Paginator([cause for cause in self._facets.causes if cause in fitting], PER_PAGE).get_page(self._number)

    @property
    def address(self) -> str:
        """The one address of what is shown, however it was asked for."""
        return self._address_of(self.shown.number)

    @property
    def likelier(self) -> str:
        """Address of the page before; "" on the first."""
        return self._address_of(self.shown.number - 1) if self.shown.has_previous() else ""

    @property
    def less_likely(self) -> str:
        """Address of the page after; "" on the last."""
        return self._address_of(self.shown.number + 1) if self.shown.has_next() else ""

    @property
    def elsewhere(self) -> list[Elsewhere]:
        """The outer groups that the page shown has nothing of, with the page where each begins."""
        begins: dict[str, int] = {}
        for place, cause in enumerate(self.shown.paginator.object_list):
            begins.setdefault(self._facets.causes[cause], place // PER_PAGE + 1)
        here = {self._facets.causes[cause] for cause in self.shown}
        names = self._facets.by_name["group"].answers
        return [
            Elsewhere(slug, names[slug], number, f"{self._address_of(number)}#group-{slug}")
            for slug, number in begins.items()
            if slug not in here
        ]

    @cached_property
    def found(self) -> list[Any]:
        """The causes shown, each with its `reasons`, one for each chosen answer."""
        clues = self._clues()
        found: list[Any] = list(Cause.objects.for_overview().filter(pk__in=self.shown.object_list))
        for cause in found:
            cause.reasons = [
                clues.get((cause.pk, facet.name)) or self._reason(cause.pk, facet, value)
                for facet, value in self._chosen.items()
            ]
        return found

    @property
    def alarm(self) -> Alarm | None:
        facet = self._facets.by_name["symptom"]
        slug = self._chosen.get(facet, "")
        urgency = self._facets.urgencies.get(slug)
        if not (urgency and urgency.is_serious):
            return None
        return Alarm(facet.answers[slug], urgency, reverse("symptom", args=[slug]))

    @cached_property
    def questions(self) -> list[tuple[Facet, list[Option]]]:
        """Each question with all its answers; choosing one that is chosen already takes it back."""
        return [(facet, list(self._options(facet))) for facet in self._facets.by_name.values()]

    @property
    def links(self) -> list[tuple[Facet, list[Option]]]:
        """The questions without the answers that nothing fits, and without questions that are left with none."""
        useful = (
            (facet, [option for option in options if option.count or option.is_chosen])
            for facet, options in self.questions
        )
        return [(facet, options) for facet, options in useful if options]

    @cached_property
    def chosen(self) -> list[tuple[Facet, Option]]:
        """The questions that were answered; each option leads to the list without that answer."""
        return [(facet, option) for facet, options in self.questions for option in options if option.is_chosen]

    @property
    def looser(self) -> list[Option]:
        """For when nothing fits: the lists without one of the answers, or else those of one answer alone."""
        if len(self._chosen) < 2:
            return []
        without = [replace(option, answer=f"Without “{option.answer}”") for _, option in self.chosen]
        alone = [
            Option(f"Only “{facet.answers[value]}”", value, len(facet.causes[value] & self._live), self._only(facet))
            for facet, value in self._chosen.items()
        ]
        return [option for option in without if option.count] or [option for option in alone if option.count]

    @property
    def places(self) -> list[Region]:
        """For the body map; a place keeps the other answers."""
        where = self._facets.by_name["where"]
        return body_map(
            self._facets.areas, address=lambda place: self._address(where=place), chosen=self._chosen.get(where, "")
        )

    def _address(self, **changes: str) -> str:
        """Of the list with these answers changed, from its first page on; "" takes one back."""
        answers = {facet.name: self._chosen.get(facet, "") for facet in self._facets.by_name.values()} | changes
        query = urlencode({name: value for name, value in answers.items() if value})
        return f"{reverse('cause-list')}?{query}" if query else reverse("cause-list")

    def _address_of(self, number: int) -> str:
        """Of a page of this list."""
        return self._address(page=str(number) if number > 1 else "")

    def _only(self, facet: Facet) -> str:
        return self._address(**{other.name: "" for other in self._chosen if other is not facet})

    def _fitting(self, besides: Facet | None = None) -> set[UUID]:
        """The causes that fit what is chosen, `besides` one question."""
        return self._live.intersection(
            *(facet.causes[value] for facet, value in self._chosen.items() if facet is not besides)
        )

    def _options(self, facet: Facet) -> Iterator[Option]:
        others, chosen = self._fitting(besides=facet), self._chosen.get(facet)
        for value, answer in facet.answers.items():
            if value == chosen:
                yield Option(answer, value, len(others), self._address(**{facet.name: ""}), is_chosen=True)
            else:
                count = len(facet.causes[value] & others)
                yield Option(answer, value, count, self._address(**{facet.name: value}))

    def _clues(self) -> dict[tuple[UUID, str], Reason]:
        """What clues say of the causes shown, by cause and question: one query, or none without such an answer."""
        medicine = self._chosen.get(self._facets.by_name["medicine"])
        answers = [value for facet, value in self._chosen.items() if self._facets.of_answer(value) is facet]
        rows = Clue.references.through.objects.filter(
            Q(clue__answer__in=answers) | Q(clue__medication_class__slug__in=[medicine] if medicine else []),
            clue__cause__in=self.shown.object_list,
        ).exclude(clue__fit=Fit.AGAINST)
        reasons: dict[tuple[UUID, str], Reason] = {}
        for cause, answer, why, evidence, reference in rows.order_by("reference").values_list(
            "clue__cause", "clue__answer", "clue__why", "clue__evidence", "reference"
        ):
            facet = self._facets.of_answer(answer or "") or self._facets.by_name["medicine"]
            reason = Reason(facet.answers[self._chosen[facet]], why, Evidence(evidence))
            reasons.setdefault((cause, facet.name), reason).cited.append(reference)
        return reasons

    def _reason(self, cause: UUID, facet: Facet, value: str) -> Reason:
        """Where no clue gives it."""
        answer = facet.answers[value]
        if facet.name == "symptom":
            seen = _SEEN[Frequency(self._facets.frequencies[cause, value])]
            return Reason(answer, seen, path=reverse("symptom", args=[value]))
        if facet.name == "where":
            path = reverse("body-area", args=[AREA_OF_PLACE[value]])
            return Reason(answer, "Among the usual causes there.", path=path)
        return Reason(answer, "It belongs here.")
