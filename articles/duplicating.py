"""Copies of sections, within a page or from one to another, made in frozen states."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from .freezing import Frozen, completed, part_models
from .models import Section

STEP = 10  # between the orderings of sections that follow each other

Place = tuple[str, Frozen]  # label of the type of a section, and its row


def duplicate(data: Frozen, key: str) -> Frozen:
    """`data` with a copy of the section with this key, <label>:<id>, right after it. Raises KeyError without one."""
    places = list(_in_order(data))
    number = next((n for n, (label, row) in enumerate(places, 1) if f"{label}:{row['id']}" == key), None)
    if number is None:
        raise KeyError(key)
    return _with_sections(data, [*places[:number], _copy(places[number - 1]), *places[number:]])


def append_copies(data: Frozen, source: Frozen, keys: set[str]) -> Frozen:
    """`data` with copies of those sections of `source` at its end, in their order."""
    copies = [_copy(place) for place in _in_order(source) if f"{place[0]}:{place[1]['id']}" in keys]
    return _with_sections(data, [*_in_order(data), *copies])


def _in_order(data: Frozen) -> Iterator[Place]:
    data = completed(data)
    model: Any = apps.get_model(data["kind"])
    labels = [part._meta.label_lower for part in part_models(model) if issubclass(part, Section)]
    places = [(label, row) for label in labels for row in data["parts"][label]]
    yield from sorted(places, key=lambda place: (place[1]["ordering"], place[1]["id"]))


def _copy(place: Place) -> Place:
    label, row = place
    return label, {**row, "id": str(uuid.uuid4())}


def _with_sections(data: Frozen, places: list[Place]) -> Frozen:
    parts = {**data["parts"], **{label: [] for label, _ in places}}
    for number, (label, row) in enumerate(places, 1):
        parts[label].append({**row, "ordering": number * STEP})
    return {**data, "parts": parts}
