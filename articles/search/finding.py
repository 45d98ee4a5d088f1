"""From what is typed to results."""

from dataclasses import dataclass

from articles.models import SearchEntry

from . import backends, vocabulary
from .folding import telling
from .ranking import ranked
from .understanding import Query, tidy, understand

MOST_RESULTS = 20


@dataclass(frozen=True)
class Found:
    """Entries, best first, and what they were looked for with."""

    query: Query
    entries: list[SearchEntry]


def search(text: str, *, is_literal: bool = False) -> Found:
    """At most MOST_RESULTS entries for any text whatever: two queries, and a third after an entry changed."""
    typed = tidy(text)
    if not telling(typed):
        return Found(Query(typed, ()), [])
    words = vocabulary.current()
    query = understand(typed, words, is_literal=is_literal)
    decisive = tuple(term for term in query.terms if any(map(words.tells, term.alternatives))) or query.terms
    common = {phrase for term in query.terms for phrase in term.alternatives if words.is_common(phrase)}
    entries = SearchEntry.objects.filter(pk__in=backends.candidates(decisive, common))
    return Found(query, ranked(entries, query.terms, words)[:MOST_RESULTS])
