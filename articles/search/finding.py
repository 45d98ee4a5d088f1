"""From what is typed to results."""

from dataclasses import dataclass

from django.db.models import Q

from articles.models import SearchEntry

from . import backends, vocabulary
from .folding import words
from .ranking import ranked
from .understanding import Query, tidy, understand
from .vocabulary import Vocabulary

MOST_RESULTS = 20  # as many as a page shows, and as many of each sort as the database gives


@dataclass(frozen=True)
class Found:
    """Entries, best first, and what they were looked for with."""

    query: Query
    entries: list[SearchEntry]


def search(text: str, *, is_literal: bool = False) -> Found:
    """At most MOST_RESULTS entries for any text whatever: two queries, and a third after an entry changed."""
    typed = tidy(text)
    if not words(typed):
        return Found(Query(typed, ()), [])
    known = vocabulary.current()
    query = understand(typed, known, is_literal=is_literal)
    found = list(SearchEntry.objects.filter(_wanted(query, known))) if query.terms or query.lead else []
    first = [entry for entry in found if query.lead and entry.path == query.lead.path]
    others = [entry for entry in ranked(found, query.terms, known) if entry not in first]
    return Found(query, [*first, *others][:MOST_RESULTS])


def _wanted(query: Query, known: Vocabulary) -> Q:
    """Which entries may answer: there are terms, of which those that nothing has are left out, or one comes first."""
    wanted = Q(path=query.lead.path) if query.lead else Q()
    if query.terms:
        terms = [term for term in query.terms if any(map(known.has, term.alternatives))] or query.terms
        telling = [phrase for term in terms for phrase in term.alternatives if known.tells(phrase)]
        wanted |= Q(pk__in=backends.candidates(terms, telling, best=MOST_RESULTS))
    return wanted
