"""The form: everything that can be told, as checkboxes under plain questions. No question has to be answered."""

from dataclasses import dataclass

from django.http import QueryDict

from causes.models import Answer

from .knowledge import Knowledge
from .red_flags import red_flags
from .told import Told, question_of
from .weighing import SERIOUS


@dataclass(frozen=True)
class Choice:
    name: str
    value: str
    label: str
    is_told: bool
    note: str = ""


@dataclass(frozen=True)
class Question:
    """`is_folded` ones can be unfolded; one that was answered stands open."""

    legend: str
    choices: list[Choice]
    help: str = ""
    is_folded: bool = False
    has_one_answer: bool = False

    @property
    def is_answered(self) -> bool:
        return any(choice.is_told for choice in self.choices)


def read(sent: QueryDict, knowledge: Knowledge) -> Told:
    """What a form tells; values that are not on it are passed over."""
    return Told(
        answers=frozenset(Answer.values) & {*sent.getlist("answer"), *sent.getlist("lasts")},
        symptoms=frozenset(knowledge.symptoms) & {*sent.getlist("symptom")},
        medicines=frozenset(medicine.slug for medicine in knowledge.medicines) & {*sent.getlist("medicine")},
    )


def questions(told: Told, knowledge: Knowledge) -> list[Question]:
    serious, other = _signs(told, knowledge)
    return [
        Question("Where does it twitch?", _answers("in", told)),
        Question("What does it feel like?", _answers("feels", told)),
        Question("What came before it?", _answers("after", told), "In the hours, days or weeks before it began."),
        Question("How long has it gone on?", _answers("lasts", told, name="lasts"), has_one_answer=True),
        Question("What else do you notice?", other, is_folded=True),
        Question("Is any of this new for you?", serious, "These need help sooner."),
        Question("Which medicines do you take?", _medicines(told, knowledge), is_folded=True),
    ]


def _signs(told: Told, knowledge: Knowledge) -> tuple[list[Choice], list[Choice]]:
    """Symptoms and other signs: those that need help soon, and the others, each by name."""
    soon = {symptom.slug for symptom in knowledge.symptoms.values() if symptom.urgency in SERIOUS}
    soon |= {key for flag in red_flags() if flag.urgency in SERIOUS for key in flag.keys if question_of(key) == "sign"}
    signs = _answers("sign", told)
    signs += [Choice("symptom", slug, row.title, slug in told.symptoms) for slug, row in knowledge.symptoms.items()]
    signs.sort(key=lambda sign: sign.label)
    return [sign for sign in signs if sign.value in soon], [sign for sign in signs if sign.value not in soon]


def _answers(question: str, told: Told, *, name: str = "answer") -> list[Choice]:
    return [
        Choice(name, answer.value, answer.label, answer.value in told.answers)
        for answer in Answer
        if question_of(answer) == question
    ]


def _medicines(told: Told, knowledge: Knowledge) -> list[Choice]:
    return [
        Choice("medicine", row.slug, row.title, row.slug in told.medicines, note=", ".join(map(str, row.examples)))
        for row in knowledge.medicines
    ]
