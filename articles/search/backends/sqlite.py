"""FTS5, whose query language is spelt out of quoted words: none of its own words or signs can be typed.

bm25 counts what is better as less; its weights are those of titles, names and bodies.
"""

from articles.search.synonyms import Words

AND, OR = " AND ", " OR "
_NAMED = """
    SELECT id FROM (SELECT rowid AS id FROM articles_searchindex
    WHERE articles_searchindex MATCH '{title_words names_words} : (' || %s || ')'
    ORDER BY bm25(articles_searchindex, 10, 8, 1) LIMIT %s)
"""
_SOMEWHERE = """
    SELECT id FROM (SELECT id FROM (SELECT rowid AS id, bm25(articles_searchindex, 10, 8, 1) AS rank
    FROM articles_searchindex WHERE articles_searchindex MATCH %s LIMIT %s) ORDER BY rank LIMIT %s)
"""
CANDIDATES = " UNION ".join([_NAMED, _SOMEWHERE, _SOMEWHERE])
PARAMETERS = ("named", "best", "every", "weighed", "best", "telling", "weighed", "best")


def phrase(words: Words) -> str:
    """That all of these words stand there."""
    quoted = [f'"{word}"' for word in words]
    return f"({AND.join(quoted)})"
