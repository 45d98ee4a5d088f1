"""From the name of a medicine, as a reader types it, to the classes that it belongs to.

Everything is compared in this process: what was typed reaches no database and no log.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from articles.search.folding import words
from articles.search.spelling import slips

from .models import Medication, MedicationClass

LONGEST = 80  # letters of what was typed that are looked at
SHORTEST_BEGINNING = 3  # letters that may stand for a whole name
SURE_LENGTH = 6  # letters; many names are one letter away from a shorter word, as Alesse is from Aleve
MOST_CHOICES = 8

_ASIDE = re.compile(r" \(.*\)$")
_SAME_SOUND = [("ph", "f"), ("th", "t"), ("ae", "e"), ("oe", "e"), ("ck", "k")]
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, eq=False)
class Name:
    """One name of a medicine, or, without a medication, of the class as a whole."""

    text: str
    medicine: MedicationClass
    medication: Medication | None = None

    @property
    def spelling(self) -> "Spelling":
        return _spelling(self.label)

    @property
    def stands_for(self) -> object:
        """What it is a name of."""
        return self.medication or self.medicine

    @property
    def label(self) -> str:
        return plain(self.text)

    @property
    def is_brand(self) -> bool:
        return self.medication is not None and self.text not in {self.medication.inn, self.medication.us_name}


class Spelling(NamedTuple):
    """What names are compared by."""

    words: str  # with a space before and behind each
    letters: str
    sound: str


@lru_cache(maxsize=10_000)
def _spelling(known: str) -> Spelling:
    """Of names that we know; what readers type is not kept."""
    found = words(known)
    return Spelling(f" {' '.join(found)} ", "".join(found), sound("".join(found)))


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


def plain(text: str) -> str:
    """A name without what stands in brackets after it: where it is sold, or what else is in it."""
    return _ASIDE.sub("", text)


def names_of(medicines: Iterable[MedicationClass]) -> list[Name]:
    """All names of the classes that `MedicationClass.objects.for_table()` gave, class by class."""
    return [
        name
        for medicine in medicines
        for name in (
            *(Name(text, medicine) for text in (medicine.title, *medicine.other_names.splitlines())),
            *(Name(text, medicine, medication) for medication in medicine.examples for text in medication.names),
        )
    ]


def labels(names: Iterable[Name]) -> list[str]:
    """What a reader may be offered while typing: each name once."""
    return sorted(_labels(names), key=str.casefold)


def look_up(typed: str, names: list[Name]) -> Found:
    """The medicine that was typed: by its name, by a name among other words, by a beginning, or by a close spelling."""
    typed = " ".join("".join(filter(str.isprintable, typed[:LONGEST])).split())
    asked = words(typed)
    letters = "".join(asked)
    if not letters:
        return Found(typed)
    if exact := [name for name in names if name.spelling.letters == letters]:
        return Found(typed, exact, is_exact=True)
    if inside := _inside(asked, names):
        return Found(typed, inside)
    begun = [name for name in names if name.spelling.letters.startswith(letters)]
    if begun and len(letters) >= SHORTEST_BEGINNING:
        return _likeliest(typed, begun, [])
    return _spelled_like(typed, asked, names)


def _inside(asked: list[str], names: list[Name]) -> list[Name]:
    """Names that stand as whole words in what was typed, without those that are part of a longer one."""
    text = f" {' '.join(asked)} "
    found = [name for name in names if name.spelling.words in text]
    return [name for name in found if not any(_is_part(name, of=other) for other in found)]


def _is_part(name: Name, *, of: Name) -> bool:
    return name.spelling.words != of.spelling.words and name.spelling.words in of.spelling.words


def _spelled_like(typed: str, asked: list[str], names: list[Name]) -> Found:
    """Names that the whole of what was typed, or its first word, may be a misspelling of."""
    tried = {sound("".join(asked)), sound(asked[0])}
    away = {name: steps for name in names if (steps := _fewest_steps(tried, name.spelling.sound)) is not None}
    fewest = min(away.values(), default=0)
    nearest = [name for name in away if away[name] == fewest]
    less_near = [name for name in away if away[name] == fewest + 1]
    is_long = len("".join(asked)) >= SURE_LENGTH
    return _likeliest(typed, nearest, less_near) if is_long else _likeliest(typed, [], [*nearest, *less_near])


def _likeliest(typed: str, likely: list[Name], less_likely: list[Name]) -> Found:
    """What is `likely` is taken for what was typed only if it is one name, or names of one medicine."""
    is_one = len({name.stands_for for name in likely}) == 1 or len({name.spelling for name in likely}) == 1
    choices = less_likely if is_one else [*likely, *less_likely]
    return Found(typed, likely if is_one else [], choices=_labels(choices)[:MOST_CHOICES])


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


def _fewest_steps(tried: Collection[str], known: str) -> int | None:
    """How many mistakes lead from `known` to the nearest of `tried`; None if they are too many."""
    steps = [found for one in tried if (found := _steps(one, known)) is not None]
    return min(steps, default=None)


def _steps(typed: str, known: str) -> int | None:
    """One mistake is forgiven in a word of five letters, two in one of nine: the second never in the first letter."""
    most = 0 if len(typed) < 5 else 1 if len(typed) < 9 else 2
    if abs(len(typed) - len(known)) > most:
        return None
    steps = slips(typed, known)
    is_like = steps <= most and (steps < 2 or typed[0] == known[0])
    return steps if is_like else None
