"""From the name of a medicine, as a reader types it, to the classes that it belongs to.

Everything is compared in this process: what was typed reaches no database and no log. A wrong medicine is worse than a
question, so only a name, or one slip in a long one, is taken for it; anything else is offered as a choice, or unknown.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from articles.search.folding import without_aside, words
from articles.search.keeping import Kept
from articles.search.spelling import slips

from .models import Medication, MedicationClass

LONGEST = 80  # letters of what was typed that are looked at
SHORTEST_BEGINNING = 3  # letters that may stand for a whole name
SURE_LENGTH = 6  # letters; many names are one letter away from a shorter word, as Alesse is from Aleve
MOST_CHOICES = 8
MOST_SLIPS = 2
TOO_MANY = MOST_SLIPS + 1

_SAME_SOUND = [("ph", "f"), ("th", "t"), ("ae", "e"), ("oe", "e"), ("ck", "k")]
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")


class Spelling(NamedTuple):
    """What names are compared by."""

    words: str  # with a space before and behind each
    letters: str
    sound: str


@dataclass(frozen=True, eq=False)
class Name:
    """One name of a medicine, or, without a medication, of the class as a whole."""

    text: str
    medicine: MedicationClass
    medication: Medication | None = None

    @cached_property
    def spelling(self) -> Spelling:
        found = words(self.label)
        return Spelling(f" {' '.join(found)} ", "".join(found), sound("".join(found)))

    @property
    def stands_for(self) -> object:
        """What it is a name of."""
        return self.medication or self.medicine

    @cached_property
    def label(self) -> str:
        return without_aside(self.text)

    @property
    def is_brand(self) -> bool:
        return self.medication is not None and self.text not in {self.medication.inn, self.medication.us_name}

    @property
    def is_everyday(self) -> bool:
        """Whether it is what readers call a class, as "the pill", which may mean something else among other words."""
        return self.medication is None and self.text != self.medicine.title

    def is_said_by(self, letters: str) -> bool:
        """Whether `letters` are all of it. A class may be said in the singular: SSRI."""
        return letters == self.spelling.letters or (not self.medication and f"{letters}s" == self.spelling.letters)


@dataclass(frozen=True)
class Match:
    """A class, and the names that led to it."""

    medicine: MedicationClass
    names: list[Name]


@dataclass(frozen=True)
class Found:
    """`names` are what was typed, or what it was taken for; `choices` are what else it may have been."""

    typed: str
    names: list[Name] = field(default_factory=list)
    is_exact: bool = False
    choices: list[str] = field(default_factory=list)

    @property
    def matches(self) -> list[Match]:
        by_class = groupby(self.names, key=lambda name: name.medicine)
        return [Match(medicine, _one_each(names)) for medicine, names in by_class]

    @property
    def labels(self) -> list[str]:
        return _labels(_one_each(self.names))

    @property
    def has_brand(self) -> bool:
        return any(name.is_brand for name in self.names)


def names_of(medicines: Iterable[MedicationClass]) -> list[Name]:
    """All names of the classes that `MedicationClass.objects.for_table()` gave, class by class."""
    return [
        name
        for medicine in medicines
        for name in (
            *(Name(text, medicine) for text in (medicine.title, *medicine.other_names.splitlines())),
            *(Name(text, medicine, medication) for medication in medicine.medicines for text in medication.names),
        )
    ]


def labels(names: Iterable[Name]) -> list[str]:
    """What a reader may be offered while typing: each name once."""
    return sorted(_labels(names), key=str.casefold)


def look_up(typed: str, names: list[Name]) -> Found:
    """The medicine that was typed: by its name, by a name among other words, or by a close spelling."""
    typed = " ".join("".join(filter(str.isprintable, typed[:LONGEST])).split())
    asked = words(typed)
    letters = "".join(asked)
    if not letters:
        return Found(typed)
    if exact := [name for name in names if name.is_said_by(letters)]:
        return Found(typed, exact, is_exact=True)
    if inside := _inside(asked, names):
        unsure = [name for name in inside if name.is_everyday]
        return Found(typed, [name for name in inside if not name.is_everyday], choices=_labels(unsure))
    return _spelled_like(typed, asked, names)


def _inside(asked: list[str], names: list[Name]) -> list[Name]:
    """Names that stand as whole words in what was typed, without those that are part of a longer one."""
    text = f" {' '.join(asked)} "
    found = [name for name in names if name.spelling.words in text]
    return [name for name in found if not any(_is_part(name, of=other) for other in found)]


def _is_part(name: Name, *, of: Name) -> bool:
    return name.spelling.words != of.spelling.words and name.spelling.words in of.spelling.words


def _spelled_like(typed: str, asked: list[str], names: list[Name]) -> Found:
    """Names that the whole of what was typed, or its first word, may be a misspelling or a beginning of.

    None of them is further away than a medicine of no class of ours, and there are none if that one was typed.
    """
    tried = {sound(word): len(word) for word in ("".join(asked), asked[0])}
    if not _other_medicines().isdisjoint(tried):
        return Found(typed)
    to_another = _slips_to_another(tried)
    most = min(to_another, MOST_SLIPS)
    guesses = {name: guess for name in names if (guess := _guess(tried, name.spelling.sound)).slips <= most}
    fewest = min((guess.slips for guess in guesses.values()), default=most)
    nearest = [name for name, guess in guesses.items() if guess.slips == fewest]
    is_sure = fewest < to_another and all(guesses[name].is_sure for name in nearest)
    is_sure &= len(asked) == 1 or not any(name.is_everyday for name in nearest)
    likely = nearest if is_sure and _is_one(nearest) else []
    offered = _labels([*_begun("".join(asked), names), *nearest, *guesses])
    return Found(typed, likely, choices=[label for label in offered if label not in _labels(likely)][:MOST_CHOICES])


def _begun(letters: str, names: list[Name]) -> list[Name]:
    is_long = len(letters) >= SHORTEST_BEGINNING
    return [name for name in names if is_long and name.spelling.letters.startswith(letters)]


def _is_one(names: list[Name]) -> bool:
    """Whether they are one name, or names of one medicine."""
    return len({name.stands_for for name in names}) == 1 or len({name.spelling for name in names}) == 1


def _labels(names: Iterable[Name]) -> list[str]:
    return list(dict.fromkeys(name.label for name in names))


def _one_each(names: Iterable[Name]) -> list[Name]:
    """The first name of each medicine."""
    return list({name.stands_for: name for name in reversed(list(names))}.values())[::-1]


# --- spelling -------------------------------------------------------------------------------------------------------


def sound(letters: str) -> str:
    """`letters` with one spelling for what sounds alike."""
    for spelled, heard in _SAME_SOUND:
        letters = letters.replace(spelled, heard)
    return _DOUBLED.sub(r"\1", _SOFT_C.sub("s", letters).replace("y", "i"))


class Guess(NamedTuple):
    """How far what was typed is from a name."""

    slips: int
    is_sure: bool  # whether it may be taken for this name without asking


def _guess(tried: Mapping[str, int], known: str) -> Guess:
    """For the nearest of `tried`, which says how many letters each sound was typed with, to the sound of a name."""
    steps, one = min((_steps(one, known), one) for one in tried)
    return Guess(steps, steps <= 1 and one[:1] == known[:1] and tried[one] >= SURE_LENGTH)


def _steps(typed: str, known: str) -> int:
    """One mistake is forgiven in a word of five letters, two in one of nine: the second never in the first letter."""
    most = 0 if len(typed) < 5 else 1 if len(typed) < 9 else MOST_SLIPS
    if abs(len(typed) - len(known)) > most or len(set(typed) ^ set(known)) > 2 * most:
        return TOO_MANY
    steps = slips(typed, known)
    is_like = steps <= most and (steps < 2 or typed[0] == known[0])
    return steps if is_like else TOO_MANY


def _slips_to_another(tried: Mapping[str, int]) -> int:
    """How far what was typed is from the nearest medicine that is in no class of ours; a beginning is not far."""
    others = _other_medicines()
    nearest = min(_guess(tried, other).slips for other in others)
    return min(nearest, 1) if any(other.startswith(tuple(tried)) for other in others) else nearest


@lru_cache(maxsize=1)
def _other_medicines() -> frozenset[str]:
    """The sounds of names of well-known medicines that are in no class of ours."""
    found = Path(__file__).with_name("other_medicines.txt").read_text(encoding="utf-8").split()
    return frozenset(sound("".join(words(name))) for name in found)


# --- what is known --------------------------------------------------------------------------------------------------

#: All names of the classes as they are: one query, and another where a page changed since the last call.
current_names = Kept(lambda: names_of(MedicationClass.objects.for_table())).now
