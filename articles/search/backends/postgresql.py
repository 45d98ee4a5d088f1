"""Weighted search vectors. The query language is spelt out of quoted words: none of its signs can be typed."""

from articles.search.synonyms import Words

AND, OR = " & ", " | "

#: The keys that are best for a query, and how many. Titles have the weight A, names B, bodies D; the array begins with
#: the last.
BEST = """
    (SELECT id FROM articles_searchentry, to_tsquery('english', %s) AS query WHERE vector @@ query
    ORDER BY ts_rank('{0.1, 0.1, 0.8, 1}', vector, query) DESC LIMIT %s)
"""


def phrase(words: Words, is_common: bool) -> str:
    """That all of these words stand there; common ones, in a title or name."""
    quoted = [f"'{word}'{':AB' if is_common else ''}" for word in words]
    return f"({AND.join(quoted)})"
