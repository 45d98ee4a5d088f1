"""How well a cause fits what somebody told: points that are added up, as a GP would weigh a story.

The points are no probability, and nobody has measured them. They say four things: common things are common; what is
typical of a cause tells more than what is possible; a cause of which nothing typical was told, or that leaves a serious
sign unexplained, fits less; and no single fact makes a rare disease come first.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property

from causes.models import Answer, Cause, CauseSymptom, Clue, Fit, Symptom
from causes.models.clues import question_of
from causes.models.conditions import Frequency
from causes.models.groups import Nature

from .told import MEANS, meant_by, serious_alone

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

#: A symptom that is not listed with the cause, and a symptom or sign that needs help soon.
UNEXPLAINED = -1
UNEXPLAINED_AND_SERIOUS = -3

#: Where there are answers that are typical of it, and none of them was told.
NOTHING_TYPICAL = -1

#: The symptom of everybody who asks.
TWITCHING = "twitching"

#: Answers that tell of more than a twitch: other movements, and pain.
NO_TWITCH = {*MEANS, Answer.AFTER_NECK_OR_BACK_PAIN}

Symptoms = Mapping[str, Symptom]


@dataclass(frozen=True)
class Fact:
    """One thing told that speaks for a cause or against it: a clue, a symptom, or a sign that no clue explains."""

    points: int
    clue: Clue | None = None
    symptom: Symptom | None = None
    frequency: str = ""
    sign: Answer | None = None

    @property
    def is_more_than_a_twitch(self) -> bool:
        """Whether it is a symptom or a sign, and not only where, when and after what a muscle twitches."""
        answer = (self.clue and self.clue.answer) or ""
        return bool(self.symptom) or answer in NO_TWITCH or question_of(answer) == "sign"


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

    @property
    def is_of_nerves(self) -> bool:
        """Whether it stands in one of the two least likely groups: of damaged nerves, and of rare nerve diseases."""
        return self.prior <= FOR_EACH_GROUP_BEHIND and self.cause.top_group.nature == Nature.PATHOLOGICAL

    @property
    def is_rare(self) -> bool:
        return self.is_of_nerves and not self.prior

    def facts(self, told: Set[str], symptoms: Symptoms) -> list[Fact]:
        """Each thing told that says something about this cause; `symptoms` are those there are, by slug."""
        return [fact for key in sorted(self._with_meant(told)) for fact in self._facts_of(key, symptoms)]

    def points(self, told: Set[str], facts: list[Fact]) -> int:
        """What it begins with and its facts, added up."""
        start = self.prior + NOTHING_TYPICAL if self._lacks_typical(told) else self.prior
        return start + sum(fact.points for fact in facts)

    def gain(self, key: str, told: Set[str], symptoms: Symptoms) -> int:
        """By how many points `key` would change this cause, were it told as well."""
        lifted = -NOTHING_TYPICAL if key in self._typical and self._lacks_typical(told) else 0
        new = self._with_meant({key}) - told
        return lifted + sum(fact.points for each in new for fact in self._facts_of(each, symptoms))

    def _with_meant(self, keys: Set[str]) -> Set[str]:
        """These keys, with the symptoms that answers mean unless a clue says what the answer means for this cause."""
        return keys | meant_by(keys - self._clues.keys())

    def _facts_of(self, key: str, symptoms: Symptoms) -> Iterator[Fact]:
        """What one thing told says about this cause."""
        if clue := self._clues.get(key):
            yield Fact((ANSWER if clue.answer else MEDICINE)[Fit(clue.fit)], clue=clue)
        elif key in _serious_signs():
            yield Fact(UNEXPLAINED_AND_SERIOUS, sign=Answer(key))
        if symptom := symptoms.get(key):
            frequency = self._frequencies.get(key, "")
            yield Fact(self._weight(symptom, frequency), symptom=symptom, frequency=frequency)

    def _lacks_typical(self, told: Set[str]) -> bool:
        return bool(self._typical) and self._typical.isdisjoint(told)

    def _weight(self, symptom: Symptom, frequency: str) -> int:
        if not frequency:
            return UNEXPLAINED_AND_SERIOUS if symptom.is_serious else UNEXPLAINED
        if self._first == TWITCHING:
            return COMES_ALONG
        leads = symptom.slug == self._first and frequency == Frequency.COMMON
        return LEADING_SYMPTOM if leads else SYMPTOM[Frequency(frequency)]


@cache
def _serious_signs() -> frozenset[str]:
    """Signs that a cause should explain, beside those that mean a symptom. Thoughts of self-harm point to no muscle."""
    signs = {key for key in serious_alone() if question_of(key) == "sign"}
    return frozenset(signs - MEANS.keys() - {Answer.SIGN_SELF_HARM})
