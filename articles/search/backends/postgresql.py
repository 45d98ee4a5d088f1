"""Weighted search vectors. The query language is spelt out of quoted words: none of its signs can be typed."""

from articles.search.synonyms import Words

AND, OR = " & ", " | "
CANDIDATES = "SELECT search_candidates(%s, %s, %s, %s, %s)"  # see the migration
PARAMETERS = ("named", "every", "telling", "best", "weighed")


def phrase(words: Words) -> str:
    """That all of these words stand there."""
    quoted = [f"'{word}'" for word in words]
    return f"({AND.join(quoted)})"
