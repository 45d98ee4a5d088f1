"""Which entries may answer a query: one small module for each database, named as Django names it."""

from collections.abc import Iterable, Sequence
from importlib import import_module

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.search.synonyms import Words
from articles.search.understanding import Term

WEIGHED = 300  # entries, at the most, of which the best are chosen, unless they are named so: weighing takes its time


def candidates(terms: Sequence[Term], telling: Iterable[Words], *, best: int) -> RawSQL:
    """A subquery of keys of entries: the `best` that are named by any phrase of `terms`; that have each of the terms
    somewhere; and that have any of the `telling` phrases somewhere.

    Telling are those that few entries have. What is typed reaches the database in parameters alone.
    """
    backend = import_module(f"{__name__}.{connection.vendor}")

    def any_of(phrases: Iterable[Words]) -> str:
        return str(backend.OR.join(dict.fromkeys(map(backend.phrase, phrases))))

    named = any_of(phrase for term in terms for phrase in term.alternatives)
    every = backend.AND.join(f"({any_of(term.alternatives)})" for term in terms)
    parameters = {"named": named, "every": every, "telling": any_of(telling) or every, "best": best, "weighed": WEIGHED}
    return RawSQL(backend.CANDIDATES, [parameters[name] for name in backend.PARAMETERS])  # noqa: S611 - parameters alone
