"""What a reader is answered: how soon to get help, what fits, and what would change that."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Urgency
from causes.models import Cause, Symptom

from .red_flags import BY_URGENCY, RedFlag, red_flags
from .told import Told, question_of
from .weighing import SERIOUS, TWITCHING, Candidate, Fact, Symptoms

#: So many causes are shown with their reasons, as many more are named, and so many changes.
FIRST = 5

#: Questions with one answer that are not asked again once they are answered.
ANSWERED_ONCE = "in", "feels", "lasts"


@dataclass(frozen=True)
class Fitting:
    """A cause that something speaks for."""

    candidate: Candidate
    points: int
    facts: list[Fact]

    @property
    def cause(self) -> Cause:
        return self.candidate.cause

    @property
    def speaks_for_it(self) -> bool:
        return any(fact.points > 0 for fact in self.facts)

    @property
    def because(self) -> list[Fact]:
        """What speaks for it, the strongest first."""
        return sorted((fact for fact in self.facts if fact.points >= 0), key=lambda fact: -fact.points)

    @property
    def against(self) -> list[Fact]:
        """What speaks against it, the strongest first."""
        return sorted((fact for fact in self.facts if fact.points < 0), key=lambda fact: fact.points)


@dataclass(frozen=True)
class Change:
    """Something not told that would make another cause come first, and by how many points."""

    label: str
    cause: Cause
    lead: int


@dataclass(frozen=True)
class Result:
    """`flags` are the red flags that were told and the symptoms whose own pages ask for help, the most urgent first."""

    urgency: Urgency
    flags: list[RedFlag]
    fitting: list[Fitting]
    changes: list[Change]

    @property
    def first_flags(self) -> list[RedFlag]:
        """The flags that make it as urgent as it is."""
        return [flag for flag in self.flags if flag.urgency == self.urgency]

    @property
    def other_flags(self) -> list[RedFlag]:
        return [flag for flag in self.flags if flag.urgency != self.urgency]

    @property
    def asks_to_talk(self) -> bool:
        """Whether somebody to talk to is named as well."""
        return any(flag.talk for flag in self.flags)

    @property
    def first(self) -> list[Fitting]:
        return self.fitting[:FIRST]

    @property
    def rest(self) -> list[Fitting]:
        return self.fitting[FIRST : 2 * FIRST]


def judge(told: Told, candidates: list[Candidate], symptoms: Symptoms) -> Result:
    """The answer to what was told. `candidates` stand in the order of likelihood, which decides between equals;
    `symptoms` are those that can be told, by slug. Nothing is asked of the database."""
    flags = _flags(told, symptoms)
    fitting = _in_order(_fitting(candidate, told, symptoms) for candidate in candidates)
    return Result(
        urgency=flags[0].urgency if flags else Urgency.SELF_CARE,
        flags=flags,
        fitting=fitting,
        changes=_changes(told, fitting[:FIRST], symptoms),
    )


def _flags(told: Told, symptoms: Symptoms) -> list[RedFlag]:
    """The flags that were told, each sentence once, and what the pages of symptoms ask for beyond them."""
    flags = list({flag.says: flag for flag in red_flags() if flag.is_told(told.all)}.values())
    for slug in sorted(told.symptoms & symptoms.keys()):
        own = _flag_of(symptoms[slug])
        heard = any(slug in flag.keys and _rank(flag) <= _rank(own) for flag in flags)
        if own.urgency != Urgency.SELF_CARE and not heard:
            flags.append(own)
    return sorted(flags, key=_rank)


def _flag_of(symptom: Symptom) -> RedFlag:
    says = f"You notice this: {symptom.title[0].lower()}{symptom.title[1:]}."
    return RedFlag(says, Urgency(symptom.urgency), sources=(), any_of=frozenset({symptom.slug}))


def _rank(flag: RedFlag) -> int:
    return BY_URGENCY.index(flag.urgency)


def _fitting(candidate: Candidate, told: Told, symptoms: Symptoms) -> Fitting:
    facts = list(candidate.facts(told, symptoms))
    return Fitting(candidate, candidate.prior + sum(fact.points for fact in facts), facts)


def _in_order(fitting: Iterable[Fitting]) -> list[Fitting]:
    """Those that something speaks for, best first; behind the first, only those that more speaks for than against."""
    best = sorted((each for each in fitting if each.speaks_for_it), key=lambda each: -each.points)
    return best[:1] + [each for each in best[1:] if each.points > 0]


def _changes(told: Told, fitting: list[Fitting], symptoms: Symptoms) -> list[Change]:
    """What would bring another of those that fit to the front; the clearest first."""
    changes = []
    for key, label in _untold(told, fitting):
        points = [each.points + each.candidate.gain(key, told, symptoms) for each in fitting]
        best = max(points)
        first = fitting[points.index(best)]
        if first is not fitting[0]:
            changes.append(Change(label, first.cause, best - points[0]))
    return sorted(changes, key=lambda change: -change.lead)[:FIRST]


def _untold(told: Told, fitting: list[Fitting]) -> Iterable[tuple[str, str]]:
    """What else could be told that says something about the causes, with its name for readers.

    Signs that need help soon are left out: the form asks for them, and nobody needs to fear them for the order's sake.
    """
    found: dict[str, str] = {}
    for each in fitting:
        found |= {clue.told_as: clue.label for clue in each.candidate.clues if not _is_answered(clue.told_as, told)}
        rows = (row.symptom for row in each.candidate.seen_with if row.symptom.urgency not in SERIOUS)
        found |= {symptom.slug: symptom.title for symptom in rows if symptom.slug != TWITCHING}
    return ((key, label) for key, label in found.items() if key not in told.all)


def _is_answered(answer: str, told: Told) -> bool:
    question = question_of(answer)
    return question == "sign" or (question in ANSWERED_ONCE and bool(told.answers_to(question)))
