from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property

from causes.models import Answer
from causes.models.clues import question_of

from .red_flags import ANY_MEDICINE, red_flags

#: Answers that mean a symptom: whoever tells the answer has told the symptom.
MEANS: Mapping[str, str] = {
    Answer.FEELS_RIPPLE: "rippling",
    Answer.FEELS_CRAMP: "cramps",
    Answer.FEELS_JERK: "muscle-jerks",
    Answer.FEELS_SHAKE: "tremor",
    Answer.FEELS_CURLED_HANDS: "hand-or-foot-spasm",
    Answer.SIGN_DROPS_OR_TRIPS: "muscle-weakness",
}

#: Symptoms that the form leaves out: those that an answer means already, and what only a clinician can find. Cramps
#: stay: whether the twitching is a cramp, or cramps come along, tells causes apart.
NOT_ASKED = {"rippling", "muscle-jerks", "tremor", "hand-or-foot-spasm", "poor-sleep", "brisk-reflexes"}


@dataclass(frozen=True)
class Told:
    """What a reader told: values of Answer, and slugs of symptoms and of classes of medicines."""

    answers: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.all)

    @cached_property
    def all(self) -> Set[str]:
        """Everything that was chosen."""
        return self.answers | self.symptoms | self.medicines

    @cached_property
    def signs(self) -> Set[str]:
        """Everything, as red flags ask about it: with the symptoms that answers mean, and that there is a medicine."""
        return self.all | meant_by(self.answers) | ({ANY_MEDICINE} if self.medicines else set())

    def answers_to(self, question: str) -> frozenset[str]:
        """The answers to one question: “in” or “after”, for example."""
        return frozenset(answer for answer in self.answers if question_of(answer) == question)


def meant_by(answers: Set[str]) -> Set[str]:
    """The symptoms that these answers mean."""
    return {MEANS[answer] for answer in answers & MEANS.keys()}


@cache
def serious_alone() -> frozenset[str]:
    """What needs help soon even if nothing else is told, by the file of red flags."""
    flags = [flag for flag in red_flags() if flag.urgency.is_serious]
    keys = {*Answer.values, *(key for flag in flags for key in flag.keys)}
    return frozenset(key for key in keys if any(flag.is_told({key} | meant_by({key})) for flag in flags))
