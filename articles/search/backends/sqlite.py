"""FTS5, whose query language is spelt out of quoted words: none of its own words or signs can be typed."""

from articles.search.synonyms import Words

AND, OR = " AND ", " OR "

#: The keys that are best for a query, and how many. bm25 counts what is better as less; its weights are those of title,
#: names and body.
BEST = """
    SELECT id FROM (SELECT rowid AS id FROM articles_searchindex WHERE articles_searchindex MATCH %s
    ORDER BY bm25(articles_searchindex, 10, 8, 1) LIMIT %s)
"""


def phrase(words: Words, is_common: bool) -> str:
    """That all of these words stand there; common ones, in a title or name."""
    quoted = [f'"{word}"' for word in words]
    found = f"({AND.join(quoted)})"
    return f"{{title_words names_words}} : {found}" if is_common else found
