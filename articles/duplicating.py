"""Copies of sections, within a page or from one to another, made in frozen states."""

import uuid

from .freezing import Frozen, completed, sections_in_order
from .models import Section

STEP = 10  # between the orderings of sections that follow each other

Place = tuple[type[Section], Frozen]


def duplicate(data: Frozen, key: str) -> Frozen:
    """`data` with a copy of the section with this key right after it. Raises KeyError without one."""
    places = _places(data)
    number = next((n for n, place in enumerate(places, 1) if _key(place) == key), None)
    if number is None:
        raise KeyError(key)
    return _with_sections(data, [*places[:number], _copy(places[number - 1]), *places[number:]])


def append_copies(data: Frozen, source: Frozen, keys: set[str]) -> Frozen:
    """`data` with copies of those sections of `source` at its end, in their order."""
    copies = [_copy(place) for place in _places(source) if _key(place) in keys]
    return _with_sections(data, [*_places(data), *copies])


def _places(data: Frozen) -> list[Place]:
    return sections_in_order(completed(data))


def _key(place: Place) -> str:
    section, row = place
    return section.key_of(row["id"])


def _copy(place: Place) -> Place:
    section, row = place
    return section, {**row, "id": str(uuid.uuid4())}


def _with_sections(data: Frozen, places: list[Place]) -> Frozen:
    parts = {**data["parts"], **{section._meta.label_lower: [] for section, _ in places}}
    for number, (section, row) in enumerate(places, 1):
        parts[section._meta.label_lower].append({**row, "ordering": number * STEP})
    return {**data, "parts": parts}
