"""The order of results, the same on every database."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from articles.models import SearchEntry

from .folding import stem, stems
from .synonyms import Words
from .understanding import Term
from .vocabulary import Vocabulary

# How well words fit an entry, by where they stand.
IS_NAME, IN_TITLE, IN_NAME, SPREAD_IN_TITLE, SPREAD_IN_NAMES, IN_BODY = 12.0, 8.0, 6.0, 5.0, 3.0, 1.0
OUR_WORDS = 0.9  # of what the words that were typed would count
LEAST = 0.3  # what a word counts that every entry has
WHOLE = 3.0  # of how well all that was typed, as it stands, fits


class Candidate:
    """An entry with its words as stems."""

    def __init__(self, entry: SearchEntry) -> None:
        self.title = stems(entry.title_words)
        self.names = [stems(name) for name in entry.names_words.splitlines()]
        self.named = {*self.title, *chain.from_iterable(self.names)}
        self.words = self.named | {stem(word) for word in set(entry.body_words.split())}

    def fit(self, words: Words) -> float:
        """From 0, for words that do not all stand here, to IS_NAME."""
        if not self.named.issuperset(words):
            return IN_BODY if self.words.issuperset(words) else 0.0
        if words == self.title or words in self.names:
            return IS_NAME
        if _stand_in(words, self.title):
            return IN_TITLE + len(words) / len(self.title)
        if names := [name for name in self.names if _stand_in(words, name)]:
            return IN_NAME + max(len(words) / len(name) for name in names)
        return SPREAD_IN_TITLE if set(words) <= set(self.title) else SPREAD_IN_NAMES


def _stand_in(words: Words, text: Words) -> bool:
    """Whether `words` stand in `text` one after another."""
    return any(text[start : start + len(words)] == words for start in range(len(text) - len(words) + 1))


def ranked(entries: Iterable[SearchEntry], terms: Sequence[Term], vocabulary: Vocabulary) -> list[SearchEntry]:
    """Entries with any term, best first: by where they have which terms, and how rare those are."""
    weighed = [list(_weighed(term, vocabulary)) for term in terms]
    whole = tuple(stem(word) for term in terms for word in term.typed)

    def score(entry: SearchEntry) -> float:
        candidate = Candidate(entry)
        of_terms = sum(max(candidate.fit(words) * weight for words, weight in term) for term in weighed)
        return of_terms + WHOLE * candidate.fit(whole) if of_terms and len(terms) > 1 else of_terms

    scored = [(-score(entry), entry.title, entry.path, entry) for entry in entries]
    return [entry for negative, *_, entry in sorted(scored, key=lambda row: row[:3]) if negative]


def _weighed(term: Term, vocabulary: Vocabulary) -> Iterator[tuple[Words, float]]:
    """The alternatives of a term as stems, and what each counts: more for more words, and for rarer ones."""
    for number, words in enumerate(term.alternatives):
        weight = (LEAST + vocabulary.rarity(words)) * len(term.typed)
        yield tuple(map(stem, words)), weight * OUR_WORDS if number else weight
