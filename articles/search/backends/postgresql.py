"""Weighted search vectors. The query language is spelt out of quoted words: none of its signs can be typed."""

from collections.abc import Collection, Sequence

from django.db.models.expressions import RawSQL

from articles.search.synonyms import Words
from articles.search.understanding import Term

# Titles have the weight A, names B, bodies D; the array begins with D.
_BEST = """
    (SELECT id FROM articles_searchentry, to_tsquery('english', %s) AS query WHERE vector @@ query
    ORDER BY ts_rank('{0.1, 0.1, 0.8, 1}', vector, query) DESC LIMIT %s)
"""


def candidates(terms: Sequence[Term], common: Collection[Words], limit: int) -> RawSQL:
    each = [" | ".join(_phrase(words, words in common) for words in term.alternatives) for term in terms]
    texts = dict.fromkeys(operator.join(f"({one})" for one in each) for operator in (" & ", " | "))
    parameters = [value for text in texts for value in (text, limit)]
    return RawSQL(" UNION ".join([_BEST] * len(texts)), parameters)  # noqa: S611 - parameters alone


def _phrase(words: Words, is_common: bool) -> str:
    quoted = [f"'{word}'{':AB' if is_common else ''}" for word in words]
    return f"({' & '.join(quoted)})"
