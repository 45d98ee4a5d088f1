"""The small language of the lexicons: phrases as patterns of words, which are compiled to regular expressions.

A text is searched as a string in which every word is one character. So whole words alone can match, a family of words
is a set of characters, and no search looks at more than some hundred of them. In a pattern,

    word              is this word, with or without its apostrophe and accents
    one/two           is either
    <family>          is any phrase of the family of this name
    word?  <family>?  may be missing
    ..  ..5           are up to three, or five, words of the same sentence
    #                 is a number
    ^  $              are the start and the end of a sentence
"""

import re
from collections.abc import Iterable

from .folding import fold
from .wording import words

#: One character each: a word that no pattern names, a number, the end of a sentence, the end of a question.
OTHER, NUMBER, END, QUESTION = "\ue000", "\ue001", "\ue002", "\ue003"
_FIRST_WORD = 0xE010
_GAP = 3
_SIGNS = {"#": NUMBER, "^": f"(?<![^{END}{QUESTION}])", "$": f"(?![^{END}{QUESTION}])"}


class Compiler:
    """Gives each word of a lexicon its character, and each pattern its regular expression."""

    def __init__(self) -> None:
        self.characters: dict[str, str] = {}
        self._families: dict[str, list[str]] = {}

    def add_family(self, name: str, phrases: Iterable[str]) -> None:
        """A family can refer to those that were added before it."""
        self._families[name] = [self._sequence(phrase) for phrase in phrases]

    def compile(self, pattern: str) -> re.Pattern[str]:
        return re.compile(self._sequence(pattern))

    def _sequence(self, pattern: str) -> str:
        return "".join(map(self._element, pattern.split()))

    def _element(self, element: str) -> str:
        if element.startswith(".."):
            return f"[^{END}{QUESTION}]{{0,{element[2:] or _GAP}}}?"
        alternatives = [one for name in element.removesuffix("?").split("/") for one in self._alternatives(name)]
        return _any_of(alternatives) + "?" * element.endswith("?")

    def _alternatives(self, name: str) -> list[str]:
        if name in _SIGNS:
            return [_SIGNS[name]]
        if name.startswith("<"):
            return self._families[name.strip("<>")]
        return ["".join(self._character(word.text) for word in words(fold(name)))]

    def _character(self, word: str) -> str:
        return self.characters.setdefault(word, chr(_FIRST_WORD + len(self.characters)))


def _any_of(alternatives: list[str]) -> str:
    """Single characters as one set, which is searched for at once."""
    single = "".join(one for one in alternatives if len(one) == 1)
    several = [one for one in alternatives if len(one) > 1]
    return f"(?:{'|'.join([f'[{single}]'] * bool(single) + several)})"
