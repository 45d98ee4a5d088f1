"""What somebody who is typing may be about to ask for."""

from collections.abc import Sequence

from . import vocabulary
from .finding import search
from .folding import words
from .understanding import LONGEST_QUERY
from .vocabulary import Place

MOST = 8
SHORTEST = 2  # letters


def suggestions(typed: str) -> list[Place]:
    """Places with a name that begins with what is typed, then those that have its words, then what search finds."""
    asked = words(typed[:LONGEST_QUERY])
    if len("".join(asked)) < SHORTEST:
        return []
    places = vocabulary.current().places
    begins = " ".join(asked)
    found = [place for place in places if any(name.startswith(begins) for name in place.names)]
    if len(found) < MOST:
        found += [place for place in places if any(_has(name, asked) for name in place.names)]
    if len(found) < MOST:
        by_path = {place.path: place for place in places}
        found += [by_path[entry.path] for entry in search(typed, is_literal=True).entries if entry.path in by_path]
    return list(dict.fromkeys(found))[:MOST]


def _has(name: str, asked: Sequence[str]) -> bool:
    """Whether each word that is asked for begins a word of `name`."""
    return all(f" {word}" in f" {name}" for word in asked)
