"""How well a cause fits what somebody told: points that are added up, as a GP would weigh a story.

The points are no probability, and nobody has measured them. They say four things: common things are common; what is
typical of a cause tells more than what is possible; a cause of which nothing typical was told, or that leaves a serious
sign unexplained, fits less; and no single fact makes a rare disease come first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from articles.models import Urgency
from causes.models import Cause, CauseSymptom, Clue, Fit, Symptom
from causes.models.conditions import Frequency

from .told import Told

#: For each group that stands further down in the overview, which goes by likelihood: everyday causes begin with five
#: points, rare nerve diseases with none.
FOR_EACH_GROUP_BEHIND = 1

#: An answer, which is an impression, and a medicine, which is known.
ANSWER = {Fit.TYPICAL: 4, Fit.POSSIBLE: 1, Fit.AGAINST: -4}
MEDICINE = {Fit.TYPICAL: 5, Fit.POSSIBLE: 1, Fit.AGAINST: -4}

#: A symptom, by how often it is seen with the cause; a common one that the page of the cause lists first leads.
SYMPTOM = {Frequency.COMMON: 2, Frequency.SOMETIMES: 1, Frequency.RARE: 1}
LEADING_SYMPTOM = 4

#: Where the twitch itself leads, as in harmless twitching, other symptoms come along and say nothing for it.
COMES_ALONG = 0

#: A symptom that is not listed with the cause, and one that needs help soon.
UNEXPLAINED = -1
UNEXPLAINED_AND_SERIOUS = -3

#: Where there are answers that are typical of it, and none of them was told.
NOTHING_TYPICAL = -1

#: The symptom of everybody who asks.
TWITCHING = "twitching"

SERIOUS = {Urgency.EMERGENCY, Urgency.URGENT}

Symptoms = Mapping[str, Symptom]


@dataclass(frozen=True)
class Fact:
    """One thing that speaks for a cause or against it: a clue, a symptom, or that nothing typical was told."""

    points: int
    clue: Clue | None = None
    symptom: Symptom | None = None
    frequency: str = ""


@dataclass
class Candidate:
    """A cause and what could speak for it or against it. `prior` are the points that it begins with."""

    cause: Cause
    prior: int = 0
    clues: list[Clue] = field(default_factory=list)
    seen_with: list[CauseSymptom] = field(default_factory=list)

    @cached_property
    def _typical(self) -> frozenset[str]:
        return frozenset(clue.told_as for clue in self.clues if clue.fit == Fit.TYPICAL)

    @cached_property
    def _frequencies(self) -> dict[str, str]:
        return {row.symptom.slug: row.frequency for row in self.seen_with}

    @cached_property
    def _first(self) -> str:
        return next(iter(self._frequencies), "")

    @cached_property
    def _clues(self) -> dict[str, Clue]:
        return {clue.told_as: clue for clue in self.clues}

    def facts(self, told: Told, symptoms: Symptoms) -> Iterator[Fact]:
        """Each thing told that says something about this cause; `symptoms` are those there are, by slug."""
        for key in sorted(told.all):
            yield from self.facts_of(key, symptoms)
        if self._lacks_typical(told):
            yield Fact(NOTHING_TYPICAL)

    def facts_of(self, key: str, symptoms: Symptoms) -> Iterator[Fact]:
        """What one thing told says about this cause."""
        if clue := self._clues.get(key):
            yield Fact((ANSWER if clue.answer else MEDICINE)[Fit(clue.fit)], clue=clue)
        if symptom := symptoms.get(key):
            frequency = self._frequencies.get(key, "")
            yield Fact(self._weight(symptom, frequency), symptom=symptom, frequency=frequency)

    def gain(self, key: str, told: Told, symptoms: Symptoms) -> int:
        """By how many points `key` would change this cause, were it told as well."""
        lifted = -NOTHING_TYPICAL if self._lacks_typical(told) and key in self._typical else 0
        return lifted + sum(fact.points for fact in self.facts_of(key, symptoms))

    def _lacks_typical(self, told: Told) -> bool:
        return bool(self._typical) and not self._typical & told.all

    def _weight(self, symptom: Symptom, frequency: str) -> int:
        if not frequency:
            return UNEXPLAINED_AND_SERIOUS if symptom.urgency in SERIOUS else UNEXPLAINED
        if self._first == TWITCHING:
            return COMES_ALONG
        leads = symptom.slug == self._first and frequency == Frequency.COMMON
        return LEADING_SYMPTOM if leads else SYMPTOM[Frequency(frequency)]
