"""Text as the rules read it: without case, accents and look-alike letters, each letter knowing where it came from."""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from .data import LEXICONS, load
from .wording import Sentence, Word, sentences, words

#: Marks above and below letters, and what is not seen at all: zero-width characters, soft hyphens, marks of direction.
_UNSEEN_CATEGORIES = {"Mn", "Me", "Cf"}
_UNSEEN_LETTERS = {"\u115f", "\u1160", "\u3164", "\uffa0"}  # fillers of the Korean script


@dataclass(frozen=True)
class Folded:
    """`origins[i]` is the index, in the text that was folded, of the character that `text[i]` comes from.

    One more stands at the end, the length of that text, so that the end of every span has an origin too.
    """

    text: str
    origins: tuple[int, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(words(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentences(self.words))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` was folded from, with the marks on its last letter."""
        if start == end:
            return self.origins[start], self.origins[start]
        return self.origins[start], max(self.origins[end], self.origins[end - 1] + 1)


def fold(text: str) -> Folded:
    letters: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        latin = _latin(char)
        letters.append(latin)
        origins += [index] * len(latin)
    return Folded("".join(letters), (*origins, len(text)))


@lru_cache(maxsize=5000)
def _latin(char: str) -> str:
    """What one character reads as: no, one or several letters."""
    alike = _look_alikes()
    if char in alike:
        return alike[char]
    parts = [part for part in unicodedata.normalize("NFKD", char) if not _is_unseen(part)]
    return "".join(alike.get(part) or part.casefold() for part in parts)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN_CATEGORIES or char in _UNSEEN_LETTERS


@cache
def _look_alikes() -> dict[str, str]:
    table = load(LEXICONS / "confusables.yaml")
    return {char: latin for latin, chars in table.items() for char in chars}
