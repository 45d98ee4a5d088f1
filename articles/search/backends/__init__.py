"""Which entries may answer a query: one small module for each database, named as Django names it."""

from collections.abc import Collection, Sequence
from importlib import import_module

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.search.synonyms import Words
from articles.search.understanding import Term

CANDIDATES = 30  # of each sort: entries that have all terms, and entries that have any


def candidates(terms: Sequence[Term], common: Collection[Words]) -> RawSQL:
    """A subquery of keys of entries: the best that have each of the terms, and the best that have any.

    Phrases that are `common` are looked for in titles and names alone: that they stand in a text says nothing, and
    weighing all those texts takes long. What is typed reaches the database in parameters alone.
    """
    backend = import_module(f"{__name__}.{connection.vendor}")
    each = [backend.OR.join(backend.phrase(words, words in common) for words in term.alternatives) for term in terms]
    texts = dict.fromkeys(operator.join(f"({one})" for one in each) for operator in (backend.AND, backend.OR))
    parameters = [value for text in texts for value in (text, CANDIDATES)]
    return RawSQL(" UNION ".join([backend.BEST] * len(texts)), parameters)  # noqa: S611 - parameters alone
