"""FTS5, whose query language is spelt out of quoted words: none of its own words or signs can be typed."""

from collections.abc import Collection, Sequence

from django.db.models.expressions import RawSQL

from articles.search.synonyms import Words
from articles.search.understanding import Term

# bm25 counts what is better as less; its weights are those of title, names and body.
_BEST = """
    SELECT id FROM (SELECT rowid AS id FROM articles_searchindex WHERE articles_searchindex MATCH %s
    ORDER BY bm25(articles_searchindex, 10, 8, 1) LIMIT %s)
"""


def candidates(terms: Sequence[Term], common: Collection[Words], limit: int) -> RawSQL:
    each = [" OR ".join(_phrase(words, words in common) for words in term.alternatives) for term in terms]
    texts = dict.fromkeys(operator.join(f"({one})" for one in each) for operator in (" AND ", " OR "))
    parameters = [value for text in texts for value in (text, limit)]
    return RawSQL(" UNION ".join([_BEST] * len(texts)), parameters)  # noqa: S611 - parameters alone


def _phrase(words: Words, is_common: bool) -> str:
    quoted = [f'"{word}"' for word in words]
    phrase = f"({' AND '.join(quoted)})"
    return f"{{title_words names_words}} : {phrase}" if is_common else phrase
