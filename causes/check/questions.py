"""The form: everything that can be told, as checkboxes under plain questions. No question has to be answered."""

from dataclasses import dataclass

from django.http import QueryDict

from causes.models import Answer, MedicationClass

from .knowledge import Knowledge
from .told import NOT_ASKED, Told, serious_alone

#: What is in the table of medicines, but nobody takes: poisons, which have an answer of their own, and what is only
#: given during an anaesthetic.
NOT_TAKEN = {"organophosphates", "depolarising-muscle-relaxants"}

#: More words for what needs them.
NOTES = {
    "trouble-swallowing": "or choking on food",
    "withdrawal": "only if you stopped or cut down",
}

#: Signs that need help soon, as they stand on the form; others that a page says are urgent come behind them.
SERIOUS_SIGNS = {
    "Breathing and heart": (
        "breathing-trouble",
        "noisy-breathing",
        "throat-tightness",
        Answer.SIGN_BREATHLESS_LYING,
        "chest-pain",
        "fast-heartbeat",
        "irregular-heartbeat",
        "palpitations",
        "fainting",
    ),
    "Strength and movement": (
        "muscle-weakness",
        Answer.SIGN_DROPS_OR_TRIPS,
        "muscle-wasting",
        "spreading-weakness",
        Answer.SIGN_SUDDEN_WEAKNESS,
        Answer.SIGN_FACE_DROOP,
        Answer.SIGN_BOTH_LEGS_WEAK,
        "cannot-move-a-limb",
        Answer.SIGN_NO_RELEASE,
        "unsteadiness",
        Answer.SIGN_FLOPPY_CHILD,
    ),
    "Speech, swallowing and sight": (
        "slurred-speech",
        Answer.SIGN_NASAL_SPEECH,
        "trouble-swallowing",
        "drooping-eyelids",
        "double-vision",
        "vision-change",
    ),
    "Mind and head": (
        "seizure",
        "confusion",
        "drowsiness",
        Answer.SIGN_SLEEPY,
        Answer.SIGN_MORNING_HEADACHES,
        "memory-change",
        Answer.SIGN_SELF_HARM,
    ),
    "Fever, bladder and stomach": (
        Answer.SIGN_FEVER,
        "saddle-numbness",
        Answer.SIGN_BLADDER_OR_BOWEL,
        "no-urine-for-eight-hours",
        "cola-coloured-urine",
        "vomiting",
    ),
}


@dataclass(frozen=True)
class Choice:
    name: str
    value: str
    label: str
    is_told: bool
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Some of the choices of a question, with a heading where there are other groups."""

    choices: list[Choice]
    heading: str = ""


@dataclass(frozen=True)
class Question:
    """`is_folded` ones can be unfolded; one that was answered stands open. `is_brief`: its answers are a few words.
    `ends_a_part`: whoever likes to stop there finds a button."""

    legend: str
    groups: list[Group]
    help: str = ""
    is_folded: bool = False
    is_brief: bool = False
    ends_a_part: bool = False
    has_one_answer: bool = False

    @property
    def name(self) -> str:
        """Of the field of the form, where all its choices have the same."""
        return self.groups[0].choices[0].name

    @property
    def is_answered(self) -> bool:
        return any(choice.is_told for group in self.groups for choice in group.choices)


def read(sent: QueryDict, knowledge: Knowledge) -> Told:
    """What a form tells; values that are not on it are passed over."""
    return Told(
        answers=frozenset(Answer.values) & {*sent.getlist("answer"), *sent.getlist("lasts")},
        symptoms=frozenset(knowledge.symptoms) & {*sent.getlist("symptom")},
        medicines=frozenset(medicine.slug for medicine in knowledge.medicines) & {*sent.getlist("medicine")},
    )


def questions(told: Told, knowledge: Knowledge) -> list[Question]:
    signs = _signs(told, knowledge)
    serious = _serious(signs, knowledge)
    shown = {choice.value for group in serious for choice in group.choices}
    other = sorted((sign for key, sign in signs.items() if key not in shown), key=lambda sign: sign.label)
    medicines = [Group(_medicines(told, knowledge))]
    return [
        Question("Where does it twitch?", _answers("in", told), is_brief=True),
        Question("What does it feel like?", _answers("feels", told)),
        Question("What came before it?", _answers("after", told), "In the hours, days or weeks before it began."),
        Question(
            "How long has it gone on?",
            _answers("lasts", told, name="lasts"),
            ends_a_part=True,
            has_one_answer=True,
        ),
        Question("Do you have any of these?", serious, "Most of these need help soon."),
        Question("What else do you notice?", [Group(other)], is_folded=True),
        Question("Which medicines do you take?", medicines, is_folded=True),
    ]


def _signs(told: Told, knowledge: Knowledge) -> dict[str, Choice]:
    """Symptoms and other signs that are asked for, by key."""
    signs = [choice for group in _answers("sign", told) for choice in group.choices]
    signs += [
        Choice("symptom", slug, row.title, slug in told.symptoms, NOTES.get(slug, ""))
        for slug, row in knowledge.symptoms.items()
        if slug not in NOT_ASKED
    ]
    return {sign.value: sign for sign in signs}


def _serious(signs: dict[str, Choice], knowledge: Knowledge) -> list[Group]:
    """The signs that need help soon, in their groups; whatever else a page calls urgent makes the last one."""
    groups = [Group([signs[key] for key in keys if key in signs], name) for name, keys in SERIOUS_SIGNS.items()]
    listed = {key for keys in SERIOUS_SIGNS.values() for key in keys}
    urgent = {slug for slug, row in knowledge.symptoms.items() if row.is_serious} | serious_alone()
    groups.append(Group([sign for key, sign in signs.items() if key in urgent - listed], "Other signs"))
    return [group for group in groups if group.choices]


def _answers(question: str, told: Told, *, name: str = "answer") -> list[Group]:
    answers = (answer for answer in Answer if answer.question == question)
    return [Group([Choice(name, answer.value, answer.label, answer.value in told.answers) for answer in answers])]


def _medicines(told: Told, knowledge: Knowledge) -> list[Choice]:
    return [
        Choice("medicine", row.slug, row.title, row.slug in told.medicines, _note_on(row))
        for row in knowledge.medicines
        if row.slug not in NOT_TAKEN
    ]


def _note_on(medicine: MedicationClass) -> str:
    return NOTES.get(medicine.slug) or ", ".join(map(str, medicine.examples))
