"""What somebody who is typing may be about to ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import vocabulary
from .finding import search
from .folding import words
from .understanding import LONGEST_QUERY
from .vocabulary import Place

MOST = 8
SHORTEST = 2  # letters


@dataclass(frozen=True)
class Suggestion:
    """A place to go to; `called` is the name that has what is typed, where the title has not."""

    title: str
    kind: str
    path: str
    called: str = ""


def suggestions(typed: str) -> list[Suggestion]:
    """Places whose title begins with what is typed, then whose title has its words, then whose other names have them,
    then what search finds.

    The shortest come first, for of these the most is typed: the alphabet would put "Cannot move" before "Calf".
    """
    asked = words(typed[:LONGEST_QUERY])
    if len("".join(asked)) < SHORTEST:
        return []
    places = vocabulary.current().places
    found = _titled(places, asked)
    if len(found) < MOST:
        found += _named(places, asked)
    if len(found) < MOST:
        entries = search(typed, is_literal=True).entries
        found += [Suggestion(entry.title, entry.kind, entry.path) for entry in entries]
    first: dict[str, Suggestion] = {}
    for suggestion in found:
        first.setdefault(suggestion.path, suggestion)
    return list(first.values())[:MOST]


def _titled(places: Sequence[Place], asked: list[str]) -> list[Suggestion]:
    for word in asked:
        places = [place for place in places if f" {word}" in place.title_words]
    ordered = sorted(places, key=lambda place: _distance(place.title_words, asked))
    return [Suggestion(place.title, place.kind, place.path) for place in ordered]


def _named(places: Sequence[Place], asked: list[str]) -> list[Suggestion]:
    for word in asked:
        places = [place for place in places if f" {word}" in place.names_words]
    named = [(*nearest, place) for place in places if (nearest := min(_names(place, asked), default=None))]
    named.sort(key=lambda found: found[0])
    return [Suggestion(place.title, place.kind, place.path, called) for _, called, place in named]


def _names(place: Place, asked: list[str]) -> Iterator[tuple[tuple[bool, int], str]]:
    """The names that have each word that is asked for, and how far each is from it."""
    for name, folded in zip(place.names.split("\n"), place.names_words.split("\n"), strict=False):
        if all(f" {word}" in folded for word in asked):
            yield _distance(folded, asked), name


def _distance(folded: str, asked: list[str]) -> tuple[bool, int]:
    return not folded.startswith(f" {' '.join(asked)}"), len(folded)
