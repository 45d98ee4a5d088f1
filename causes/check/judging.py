"""What a reader is answered: how soon to get help, what fits, and what would change that."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from articles.models import Urgency
from causes.models import Cause, Symptom
from causes.models.clues import question_of

from .red_flags import RedFlag, red_flags
from .told import NOT_ASKED, Told, serious_alone
from .weighing import TWITCHING, UNEXPLAINED, Candidate, Fact, Symptoms

#: So many causes are shown with their reasons, so many more are named, and so many changes.
FIRST = 3
MORE = 5
CHANGES = 5

#: Questions to which a second answer would rather contradict the first than add to it.
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
    def because(self) -> list[Fact]:
        """What speaks for it, the strongest first."""
        return sorted((fact for fact in self.facts if fact.points >= 0), key=lambda fact: -fact.points)

    @property
    def against(self) -> list[Fact]:
        """What speaks against it, the strongest first."""
        return sorted((fact for fact in self.facts if fact.points < 0), key=lambda fact: fact.points)

    @property
    def points_against(self) -> int:
        """What weighs heavily against it: more than a symptom that is only not listed."""
        return sum(fact.points for fact in self.facts if fact.points < UNEXPLAINED)


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
    def is_for_today(self) -> bool:
        """Whether help that is urgent is not to be left for a few days."""
        return any(flag.today for flag in self.first_flags)

    @property
    def asks_to_talk(self) -> bool:
        """Whether somebody to talk to is named as well."""
        return any(flag.talk for flag in self.flags)

    @property
    def first(self) -> list[Fitting]:
        return self.fitting[:FIRST]

    @property
    def rest(self) -> list[Fitting]:
        return self.fitting[FIRST : FIRST + MORE]


def judge(told: Told, candidates: list[Candidate], symptoms: Symptoms) -> Result:
    """The answer to what was told. `candidates` stand in the order of likelihood, which decides between equals;
    `symptoms` are those that can be told, by slug. Nothing is asked of the database."""
    flags = _flags(told, symptoms)
    fitting = _fitting(told.all, candidates, symptoms)
    return Result(
        urgency=flags[0].urgency if flags else Urgency.SELF_CARE,
        flags=flags,
        fitting=fitting,
        changes=list(islice(_changes(told, fitting[: FIRST + MORE], candidates, symptoms), CHANGES)),
    )


def _flags(told: Told, symptoms: Symptoms) -> list[RedFlag]:
    """The flags that were told, each sentence once, and what the pages of symptoms ask for beyond them."""
    flags = list({flag.says: flag for flag in red_flags() if flag.is_told(told.signs)}.values())
    for slug in sorted(told.signs & symptoms.keys()):
        own = _flag_of(symptoms[slug])
        heard = any(slug in flag.keys and flag.urgency.rank <= own.urgency.rank for flag in flags)
        if own.urgency != Urgency.SELF_CARE and not heard:
            flags.append(own)
    return sorted(flags, key=lambda flag: flag.urgency.rank)


def _flag_of(symptom: Symptom) -> RedFlag:
    says = f"You notice this: {symptom.title[0].lower()}{symptom.title[1:]}."
    return RedFlag(says, Urgency(symptom.urgency), sources=(), all_of=frozenset({symptom.slug}))


def _fitting(told: Set[str], candidates: list[Candidate], symptoms: Symptoms) -> list[Fitting]:
    """Those that something speaks for, best first; behind the first, only those that more speaks for than against."""
    weighed = [_weighed(candidate, told, symptoms) for candidate in candidates]
    usual = _usual(weighed)
    best = sorted((each for each in weighed if _is_named(each, usual)), key=lambda each: -each.points)
    return best[:1] + [each for each in best[1:] if each.points > 0]


def _weighed(candidate: Candidate, told: Set[str], symptoms: Symptoms) -> Fitting:
    facts = candidate.facts(told, symptoms)
    return Fitting(candidate, candidate.points(told, facts), facts)


def _is_named(fitting: Fitting, usual: int) -> bool:
    """Damage and diseases of nerves are not named for a twitch alone, and rare ones only where they fit better than a
    usual cause of which nothing was told. Everyday causes have no clue of most places and times: one common answer,
    such as the tongue, would leave a rare disease to stand there alone.
    """
    if fitting.candidate.is_rare and fitting.points <= usual:
        return False
    speaking = [fact for fact in fitting.facts if fact.points > 0]
    return any(fact.is_more_than_a_twitch or not fitting.candidate.is_of_nerves for fact in speaking)


def _usual(fitting: list[Fitting]) -> int:
    """The points, before anything speaks for it, of the likeliest cause among those against which the least weighs."""
    against, prior = max(((each.points_against, each.candidate.prior) for each in fitting), default=(0, 0))
    return against + prior


def _changes(told: Told, fitting: list[Fitting], candidates: list[Candidate], symptoms: Symptoms) -> Iterator[Change]:
    """What would bring another of those that fit to the front, the clearest first.

    The points gained foresee it; weighing all causes once more makes sure that none of the others comes before it.
    """
    foreseen = []
    for key, label in _untold(told, fitting, symptoms):
        points = [each.points + each.candidate.gain(key, told.all, symptoms) for each in fitting]
        best = max(points)
        if best > points[0]:
            foreseen.append((key, Change(label, fitting[points.index(best)].cause, best - points[0])))
    for key, change in sorted(foreseen, key=lambda pair: -pair[1].lead):
        then = _fitting(told.all | {key}, candidates, symptoms)
        if then and then[0].cause == change.cause:
            yield change


def _untold(told: Told, fitting: list[Fitting], symptoms: Symptoms) -> Iterable[tuple[str, str]]:
    """What else could be told that says something about the causes, with its name for readers."""
    found: dict[str, str] = {}
    for each in fitting:
        found |= {clue.told_as: clue.label for clue in each.candidate.clues}
        found |= {row.symptom.slug: row.symptom.title for row in each.candidate.seen_with}
    return ((key, label) for key, label in found.items() if _can_be_told(key, told, symptoms))


def _can_be_told(key: str, told: Told, symptoms: Symptoms) -> bool:
    """What needs help soon is left out: the form asks for it, and nobody needs to fear it for the order's sake."""
    question = question_of(key)
    is_answered = question in ANSWERED_ONCE and told.answers_to(question)
    is_serious = key in serious_alone() or (key in symptoms and symptoms[key].is_serious)
    return key not in told.all | NOT_ASKED | {TWITCHING} and not is_answered and not is_serious
