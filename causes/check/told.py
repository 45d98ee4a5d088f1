from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from .red_flags import ANY_MEDICINE


@dataclass(frozen=True)
class Told:
    """What a reader told: values of Answer, and slugs of symptoms and of classes of medicines."""

    answers: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.answers or self.symptoms or self.medicines)

    @cached_property
    def all(self) -> Set[str]:
        """Everything, as red flags ask about it."""
        found = self.answers | self.symptoms | self.medicines
        return found | {ANY_MEDICINE} if self.medicines else found

    def __or__(self, other: "Told") -> "Told":
        return Told(self.answers | other.answers, self.symptoms | other.symptoms, self.medicines | other.medicines)

    def answers_to(self, question: str) -> frozenset[str]:
        """The answers to one question: “in” or “after”, for example."""
        return frozenset(answer for answer in self.answers if question_of(answer) == question)


def question_of(answer: str) -> str:
    """The question that an Answer belongs to is its prefix."""
    return answer.partition("-")[0]
