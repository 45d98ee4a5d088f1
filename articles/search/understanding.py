"""What is typed, as terms that entries may have."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import spelling, synonyms
from .folding import pieces, stem, telling
from .synonyms import Synonyms, Words
from .vocabulary import Vocabulary

LONGEST_QUERY = 200  # characters
MOST_WORDS = 12
MOST_CORRECTIONS = 4


@dataclass(frozen=True)
class Term:
    """Words that mean one thing: first as they were typed, then as our pages may say it."""

    alternatives: tuple[Words, ...]

    @property
    def typed(self) -> Words:
        return self.alternatives[0]


@dataclass(frozen=True)
class Query:
    """`corrected` is the text that is searched for, where it is not the one that was typed."""

    typed: str
    terms: tuple[Term, ...]
    corrected: str = ""


def tidy(text: str) -> str:
    """As much of `text` as is looked at, on one line."""
    return " ".join(text.replace("\x00", " ")[:LONGEST_QUERY].split())


def understand(typed: str, vocabulary: Vocabulary, *, is_literal: bool = False) -> Query:
    """The query that tidy text with at least one telling word asks; `is_literal` leaves the spelling alone."""
    ours = synonyms.current()
    corrections = {} if is_literal else _corrections(typed, vocabulary)
    corrected = "".join(corrections.get(word, piece) for piece, word in pieces(typed)) if corrections else ""
    terms = _terms(telling(corrected or typed)[:MOST_WORDS], ours)
    return Query(typed, tuple(terms), corrected)


def _corrections(typed: str, vocabulary: Vocabulary) -> dict[str, str]:
    asked = dict.fromkeys(telling(typed)[:MOST_WORDS])
    strange = [word for word in asked if stem(word) not in vocabulary.stems and word not in vocabulary.spellings]
    nearest = {
        word: spelling.nearest(word, vocabulary.spellings, names=vocabulary.names)
        for word in strange[:MOST_CORRECTIONS]
    }
    return {word: right for word, right in nearest.items() if right}


def _terms(words: list[str], ours: Synonyms) -> Iterator[Term]:
    """The longest phrases that readers use first; what is no such phrase is a term of one word."""
    stems = tuple(map(stem, words))
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + ours.longest), start, -1):
            found = ours.ours.get(stems[start:end])
            if found or end == start + 1:
                break
        yield Term((tuple(words[start:end]), *(found or ())))
        start = end
