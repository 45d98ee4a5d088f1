"""What of a result to show, and which words of it to mark."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.models import SearchEntry

from .folding import fold, pieces, stem
from .understanding import Query

FRAGMENT = 50  # words
MOST_WORDS_OF_OURS = 2  # longer phrases of ours hold words, such as "causes", that were not asked for
_ENDS = tuple(f"{stop}{closing}" for stop in ".!?" for closing in ("", ")", "”", '"'))
_BETWEEN_SENTENCES = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?][”")]))\s+(?![a-z])""")


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
        names = map(self.mark, entry.names.splitlines())
        called = next(filter(_has_mark, names), [])
        is_named = _has_mark(title) or bool(called)
        fragment = in_short(entry.body) if is_named else self.fragment(entry.body)
        return Result(entry, title, [] if _has_mark(title) else called, self.mark(fragment))

    def mark(self, text: str) -> list[Piece]:
        runs = groupby(pieces(text), lambda piece: bool(piece[1]) and stem(piece[1]) in self.stems)
        return [Piece("".join(piece for piece, _ in run), is_marked) for is_marked, run in runs]

    def fragment(self, text: str) -> str:
        """The paragraph with the sentence of `text` that has the most of these words, or, if it is long, from there on.

        Half a sentence can say the opposite of the whole. Points of lists are none, so they are not shown alone. Where
        no sentence has any of these words, what the whole is.
        """
        lines = map(sentences, text.splitlines())
        places = ((line, place) for line in lines for place, said in enumerate(line) if said.endswith(_ENDS))
        line, place = max(places, key=lambda found: self._count(found[0][found[1]]), default=([""], 0))
        if not self._count(line[place]):
            return in_short(text)
        return _fitting(line if _length(line) <= FRAGMENT else line[place:])

    def _count(self, sentence: str) -> int:
        return len({stem(word) for word in self._beginning.findall(fold(sentence))} & self.stems)


def in_short(text: str) -> str:
    """The beginning of the first line, which says what the whole is."""
    first, *_ = [*text.splitlines(), ""]
    return _fitting(sentences(first))


def sentences(line: str) -> list[str]:
    return _BETWEEN_SENTENCES.split(line)


def _fitting(said: Sequence[str]) -> str:
    """As many whole sentences as are not too long together; at least one, which is cut at its end if it must be."""
    count = sum(_length(said[:end]) <= FRAGMENT for end in range(1, len(said) + 1))
    return " ".join(said[:count]) if count else " ".join(said[0].split()[:FRAGMENT]) + " …"


def _length(said: Iterable[str]) -> int:
    """In words."""
    return sum(len(sentence.split()) for sentence in said)


def _has_mark(pieces: Iterable[Piece]) -> bool:
    return any(piece.is_marked for piece in pieces)
