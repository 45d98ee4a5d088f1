"""What is typed, as terms that entries may have."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from . import spelling, synonyms
from .folding import pieces, stem, telling, words
from .leading import Lead, lead
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
    """`corrected` is the text that is searched for, where it is not the one that was typed; `lead` comes first."""

    typed: str
    terms: tuple[Term, ...]
    corrected: str = ""
    lead: Lead | None = None


def tidy(text: str) -> str:
    """As much of `text` as is looked at, on one line."""
    return " ".join(text.replace("\x00", " ")[:LONGEST_QUERY].split())


def understand(typed: str, vocabulary: Vocabulary, *, is_literal: bool = False) -> Query:
    """The query that tidy text asks; `is_literal` leaves the spelling alone."""
    corrections = {} if is_literal else _corrections(typed, vocabulary)
    corrected = "".join(corrections.get(word, piece) for piece, word in pieces(typed)) if corrections else ""
    text = " ".join(_joined(words(corrected or typed), vocabulary))
    terms = _terms(telling(text)[:MOST_WORDS], synonyms.current())
    return Query(typed, tuple(terms), corrected, lead(typed) or lead(text))


def _joined(found: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Words, of which letters and figures that make a word together are one: those of "A.L.S." and "B-12"."""
    start = 0
    while start < len(found):
        run = start + len(list(takewhile(_is_letter_or_figure, found[start:])))
        ends = range(run, start + 1, -1) if len(found[start]) == 1 else ()
        end = next((end for end in ends if vocabulary.knows("".join(found[start:end]))), start + 1)
        yield "".join(found[start:end])
        start = end


def _is_letter_or_figure(word: str) -> bool:
    return len(word) == 1 or word.isdigit()


def _corrections(typed: str, vocabulary: Vocabulary) -> dict[str, str]:
    asked = dict.fromkeys(telling(typed)[:MOST_WORDS])
    strange = [word for word in asked if not vocabulary.knows(word) and not spelling.is_ordinary(word)]
    nearest = {
        word: spelling.nearest(word, vocabulary.spellings, names=vocabulary.names)
        for word in strange[:MOST_CORRECTIONS]
    }
    return {word: right for word, right in nearest.items() if right}


def _terms(asked: list[str], listed: Synonyms) -> Iterator[Term]:
    """The longest phrases that readers use first; what is no such phrase is a term of one word."""
    stems = tuple(map(stem, asked))
    start = 0
    while start < len(asked):
        for end in range(min(len(asked), start + listed.longest), start, -1):
            found = listed.ours.get(stems[start:end])
            if found or end == start + 1:
                break
        yield Term((tuple(asked[start:end]), *(found or ())))
        start = end
