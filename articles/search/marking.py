"""What of a result to show, and which words of it to mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import SearchEntry

from .folding import fold, pieces, stem
from .understanding import Query

FRAGMENT = 32  # words
BEFORE = 6  # words that a fragment shows before the first that is marked
MOST_WORDS_OF_OURS = 2  # longer phrases of ours hold words, such as "causes", that were not asked for


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Result:
    """An entry as the page of results shows it: `called` is a name that was asked for, or nothing."""

    entry: SearchEntry
    title: list[Piece]
    called: list[Piece]
    fragment: list[Piece]


class Marker:
    """Marks the words that a query asks for."""

    def __init__(self, query: Query) -> None:
        asked = {
            word
            for term in query.terms
            for number, words in enumerate(term.alternatives)
            if not number or len(words) <= MOST_WORDS_OF_OURS
            for word in words
        }
        self.stems = {stem(word) for word in asked}
        self._beginning = re.compile(rf"\b(?:{'|'.join(sorted(self.stems))})\w*")  # words begin with their stems

    def result(self, entry: SearchEntry) -> Result:
        title = self.mark(entry.title)
        names = entry.names.splitlines()
        called = next((pieces for name in names if (pieces := self.mark(name)) and _has_mark(pieces)), [])
        return Result(entry, title, [] if _has_mark(title) else called, self.fragment(entry.body))

    def mark(self, text: str) -> list[Piece]:
        return [Piece(text, bool(word) and stem(word) in self.stems) for text, word in pieces(text)]

    def fragment(self, text: str) -> list[Piece]:
        """The part of the line of `text` with the most of these words; of the first line, where none has any."""
        line = self.mark(max(text.splitlines(), key=self._count, default=""))
        first = next((index for index, piece in enumerate(line) if piece.is_marked), 0)
        start = max(first - 2 * BEFORE, 0)  # words and what stands between them take turns
        end = start + 2 * FRAGMENT
        before, after = [Piece("… ")] if start else [], [Piece(" …")] if end < len(line) else []
        return [*before, *line[start:end], *after]

    def _count(self, line: str) -> int:
        return len({stem(word) for word in self._beginning.findall(fold(line))} & self.stems)


def _has_mark(pieces: Iterable[Piece]) -> bool:
    return any(piece.is_marked for piece in pieces)
