"""What differs between two frozen states of one page, for editors: in words, and by place."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import dateformat
from django.utils.text import Truncator, capfirst
from taggit.managers import TaggableManager

from . import html
from .fields import RichTextField
from .freezing import (
    Frozen,
    completed,
    content_fields,
    fill,
    part_models,
    parts_by_key,
    relation_fields,
    sections_in_order,
    tag_fields,
)
from .models import Part, Section
from .wording import Piece, elided, pieces

PAGE = "page"
DELETED = "(deleted)"
LONGEST_LABEL = 80  # characters

#: Rows that relations point at, by model and primary key as text; those that are gone are missing.
Related = dict[Any, dict[str, models.Model]]


class Kind(models.TextChoices):
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    CHANGED = "changed", "Changed"
    MOVED = "moved", "Moved"


@dataclass(frozen=True)
class FieldChange:
    """The two texts of one field: the old one is what is the same or removed, the new one the same or added."""

    label: str
    name: str
    pieces: list[Piece]

    @property
    def has_same_text(self) -> bool:
        """Whether the values differ in what their text does not show, such as the numbers of a list."""
        return all(piece.op == "same" for piece in self.pieces)

    @property
    def shown(self) -> list[Piece]:
        """The pieces with "…" for runs of unchanged lines, except those beside a change."""
        last = len(self.pieces) - 1
        return [
            Piece(piece.op, elided(piece.text, is_first=n == 0, is_last=n == last)) if piece.op == "same" else piece
            for n, piece in enumerate(self.pieces)
        ]


@dataclass(frozen=True)
class Change:
    """What happened to the page itself, whose key is PAGE, or to a part, which has its own."""

    kind: Kind
    place: str
    key: str
    fields: list[FieldChange]
    is_moved: bool = False


def compare(old: Frozen, new: Frozen) -> list[Change]:
    """What differs: the page's own fields, then sections in reading order, then other parts by model.

    Two states that differ only in the numbers that order their parts, but not in the order, are the same. One query for
    each model that the fields of what differs point at.
    """
    old, new = completed(old), completed(new)
    differing = [row for row in _rows(old, new) if row.differs]
    related = _related(differing)
    return [row.change(related) for row in differing]


# --- rows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """The page or a part in both states; {} where it is not there."""

    key: str
    model: Any
    old: Frozen
    new: Frozen
    is_moved: bool = False

    @property
    def differs(self) -> bool:
        return not (self.old and self.new) or self.is_moved or bool(self.fields)

    @property
    def kind(self) -> Kind:
        """What happened to a row that differs."""
        if not self.old:
            return Kind.ADDED
        if not self.new:
            return Kind.REMOVED
        return Kind.CHANGED if self.fields else Kind.MOVED

    @cached_property
    def fields(self) -> list[Any]:
        """The fields that differ."""
        return [field for field in _compared_fields(self.model) if self._values(field)[0] != self._values(field)[1]]

    def _values(self, field: Any) -> tuple[Any, Any]:
        """The old value and the new one; None is any empty one, and in a part that is added or removed any default."""
        empty: tuple[Any, ...] = ("", []) if self.old and self.new else ("", [], field.get_default())
        old, new = (row.get(field.name) for row in (self.old, self.new))
        return (None if old in empty else old), (None if new in empty else new)

    def change(self, related: Related) -> Change:
        fields = [self._field_change(field, related) for field in self.fields]
        return Change(self.kind, self._place(related), self.key, fields, self.is_moved)

    def _field_change(self, field: Any, related: Related) -> FieldChange:
        old, new = (_text(field, value, related) for value in self._values(field))
        return FieldChange(capfirst(field.verbose_name), field.name, pieces(old, new))

    def _place(self, related: Related) -> str:
        if self.key == PAGE:
            return "Page"
        kind = capfirst(self.model._meta.verbose_name)
        label = str(_instance(self.model, self.new or self.old, related))
        return kind if label == kind else f"{kind}: {Truncator(label).chars(LONGEST_LABEL)}"


def _rows(old: Frozen, new: Frozen) -> Iterator[_Row]:
    model: Any = apps.get_model(new["kind"])
    yield _Row(PAGE, model, old["fields"], new["fields"])
    yield from _paired(_sections(old), _sections(new))
    for part in part_models(model):
        if not issubclass(part, Section):
            yield from _paired(parts_by_key(old, part), parts_by_key(new, part))


def _sections(data: Frozen) -> dict[str, Frozen]:
    return {section.key_of(row["id"]): row for section, row in sections_in_order(data)}


def _paired(old: dict[str, Frozen], new: dict[str, Frozen]) -> Iterator[_Row]:
    moved = _moved(list(old), list(new))
    for key in _merged(list(old), list(new)):
        model = apps.get_model(key.partition(":")[0])
        yield _Row(key, model, old.get(key, {}), new.get(key, {}), key in moved)


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The keys in their new order, each removed one behind the one that it stood behind."""
    merged, kept = list(new), set(new)
    for before, key in pairwise(["", *old]):
        if key not in kept:
            merged.insert(merged.index(before) + 1 if before else 0, key)
    return merged


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The fewest keys of both orders whose move leads from one to the other."""
    places = {key: place for place, key in enumerate(old)}
    kept = {places[key]: key for key in new if key in places}
    unmoved = _longest_rise(kept)
    return {key for place, key in kept.items() if place not in unmoved}


def _longest_rise(numbers: Iterable[int]) -> set[int]:
    """The longest increasing subsequence of numbers of which no two are equal."""
    ends: list[int] = []  # the least number that a rise of each length ends with
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    rise, last = set(), ends[-1] if ends else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise


# --- values ---------------------------------------------------------------------------------------------------------


@cache
def _compared_fields(model: Any) -> tuple[Any, ...]:
    """The fields whose text is compared: all frozen ones but those that give a part its place, or are derived."""
    places = {*model._meta.ordering, "region"} if issubclass(model, Part) else set()
    tags = (model._meta.get_field(name) for name in tag_fields(model))
    fields = (*content_fields(model), *relation_fields(model), *tags)
    return tuple(field for field in fields if field.editable and field.name not in places)


def _points_at_rows(field: Any) -> bool:
    """Whether its values are primary keys; those of tags are names."""
    return field.is_relation and not isinstance(field, TaggableManager)


def _keys(value: Any) -> list[str]:
    """The primary keys that a frozen relation holds: a list of them, one or none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [str(value)]


def _related(rows: Collection[_Row]) -> Related:
    keys: defaultdict[Any, set[str]] = defaultdict(set)
    for row in rows:
        for field in filter(_points_at_rows, _compared_fields(row.model)):
            for state in (row.old, row.new):
                keys[field.related_model].update(_keys(state.get(field.name)))
    return {model: _by_key(model._base_manager.in_bulk(wanted)) for model, wanted in keys.items()}


def _by_key(rows: dict[Any, models.Model]) -> dict[str, models.Model]:
    return {str(key): row for key, row in rows.items()}


def _instance(model: Any, frozen: Frozen, related: Related) -> models.Model:
    """A part that can say what it is called, which may need rows it points at, without a query."""
    row: models.Model = model()
    fill(row, frozen)
    for field in content_fields(model):
        if field.is_relation and frozen[field.name] is not None:
            field.set_cached_value(row, related[field.related_model].get(str(frozen[field.name]), DELETED))
    return row


def _text(field: Any, value: Any, related: Related) -> str:
    if value is None:
        return ""
    if isinstance(field, TaggableManager):
        return ", ".join(value)
    if field.is_relation:
        rows = related[field.related_model]
        return "\n".join(sorted(str(rows.get(key, DELETED)) for key in _keys(value)))
    return _plain_text(field, value)


def _plain_text(field: Any, value: Any) -> str:
    if isinstance(field, RichTextField):
        return html.plain_text(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DateField):
        return dateformat.format(field.to_python(value), "j F Y")
    return PurePosixPath(value).name if isinstance(field, models.FileField) else str(value)
