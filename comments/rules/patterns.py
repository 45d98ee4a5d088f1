"""The small language of the lexicons: phrases as patterns of words, which are compiled to regular expressions.

A text is searched sentence by sentence, as strings in which every word is one character. So whole words alone can
match, a family of words is a set of characters, and the strings are short. In a pattern,

    word              is this word, with or without its apostrophe and accents
    one/two           is either; a line may end behind the stroke
    <family>          is any phrase of the family of this name
    word?  <family>?  may be missing
    ..  ..5           are up to three, or five, other words
    <number>  <10>    are any number, and one of ten or more
    ^  $              are the start and the end of a sentence
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from .folding import fold

#: One character each: a word that no pattern names, a number, and one of ten or more.
OTHER, NUMBER, MANY = "\ue000", "\ue001", "\ue002"
_FIRST_WORD = 0xE010
_WORDS = re.compile("[\ue000-\uf8ff]|\\[[\ue000-\uf8ff]+\\]")  # one, or a set of them
_GAP = 3
_PLACES = {"^", "$"}
_NUMBERS = {"<number>": f"[{NUMBER}{MANY}]", "<10>": MANY}

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Pattern:
    """A regular expression, and what a text needs to hold for it to match: a character of each set."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Element:
    """A part of a pattern, as a regular expression; `words` are what it may match, none if it may match nothing."""

    regex: str
    words: frozenset[str] = frozenset()


class Compiler:
    """Gives each word of a lexicon its character, and compiles the patterns."""

    def __init__(self) -> None:
        self.characters: dict[str, str] = {}
        self._families: dict[str, _Element] = {}

    def add_family(self, name: str, phrases: Iterable[str]) -> None:
        """A family can refer to those that were added before it."""
        self._families[name] = _any_of([_in_a_row(self._elements(phrase)) for phrase in phrases])

    def compile(self, pattern: str) -> Pattern:
        elements = self._elements(pattern)
        needs = (element.words for element in elements if element.words)
        return Pattern(re.compile(_in_a_row(elements).regex), tuple(sorted(needs, key=len)))

    def _elements(self, pattern: str) -> list[_Element]:
        return list(map(self._element, pattern.replace("/ ", "/").split()))

    def _element(self, written: str) -> _Element:
        if written.startswith(".."):
            return _Element(f".{{0,{written[2:] or _GAP}}}?")
        element = _any_of(list(map(self._alternative, written.removesuffix("?").split("/"))))
        return _Element(f"(?:{element.regex})?") if written.endswith("?") else element

    def _alternative(self, name: str) -> _Element:
        if name in _PLACES:
            return _Element(name)
        if name in _NUMBERS:
            return _Element(_NUMBERS[name], frozenset(_NUMBERS[name].strip("[]")))
        if name.startswith("<"):
            return self._families[name.strip("<>")]
        return _in_a_row([self._word(word.text) for word in fold(name).words])

    def _word(self, word: str) -> _Element:
        character = self.characters.setdefault(word, chr(_FIRST_WORD + len(self.characters)))
        return _Element(character, frozenset(character))


def _in_a_row(elements: list[_Element]) -> _Element:
    words = min((element.words for element in elements if element.words), key=len, default=frozenset())
    return _Element("".join(element.regex for element in elements), words)


def _any_of(elements: list[_Element]) -> _Element:
    """Single words as one set, which is searched for at once."""
    single = "".join(element.regex.strip("[]") for element in elements if _WORDS.fullmatch(element.regex))
    several = [element.regex for element in elements if not _WORDS.fullmatch(element.regex)]
    alternatives = [f"[{single}]"] * bool(single) + several
    words = [element.words for element in elements]
    return _Element(
        alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})",
        reduce(or_, words) if all(words) else frozenset(),
    )


class Index(Generic[Meaning]):
    """Patterns, each with its meaning, of which a search tries those alone whose words are in the sentence."""

    def __init__(self, patterns: Iterable[tuple[Pattern, Meaning]]) -> None:
        self._patterns = list(patterns)
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, (pattern, _) in enumerate(self._patterns):
            for character in pattern.needs[0]:
                self._with[character].append(number)

    def matches(self, sentence: str) -> Iterator[tuple[Meaning, int, int]]:
        present = set(sentence)
        for number in sorted({number for character in present & self._with.keys() for number in self._with[character]}):
            pattern, meaning = self._patterns[number]
            if not any(map(present.isdisjoint, pattern.needs)):
                for match in pattern.regex.finditer(sentence):
                    yield meaning, *match.span()
