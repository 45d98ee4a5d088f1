"""How alike two texts are: by their words, or by all runs of a few words."""

import re
from typing import Any

SHINGLE = 3  # words


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of SHINGLE words."""
    found = words(text)
    return {tuple(found[start : start + SHINGLE]) for start in range(len(found) - SHINGLE + 1)}


def jaccard(ours: set[Any], theirs: set[Any]) -> float:
    """How alike two sets are: from 0, with nothing in common, to 1, the same."""
    return len(ours & theirs) / (len(ours | theirs) or 1)
