"""What a file says of a row and its parts: names instead of keys, Markdown instead of HTML, no default values.

A document and a frozen state carry the same information, but for the identities of rows.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.fields import LinesField, RichTextField
from articles.freezing import (
    Frozen,
    canonical,
    completed,
    content_fields,
    is_plain,
    part_models,
    relation_fields,
    sections_in_order,
    tag_fields,
)
from articles.models import Page, Part, Section

from . import markdown
from .keys import Keys

Document = dict[str, Any]


@cache
def part_named(model: type[models.Model], content_name: str) -> Any:
    """The part of `model` that documents call by this name, or None."""
    return next((part for part in part_models(model) if part.content_name == content_name), None)


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in nested lists and mappings, with where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{place}: {key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value, 1):
            yield from strings(inner, f"{place}[{index}]")


# --- to documents ---------------------------------------------------------------------------------------------------


def to_document(frozen: Frozen, model: type[models.Model], keys: Keys) -> Document:
    frozen = completed(frozen)
    document = _describe(model, frozen["fields"], keys)
    document.pop("slug", None)
    for part in part_models(model):
        rows = frozen["parts"][part._meta.label_lower]
        if rows and not issubclass(part, Section):
            described = [_describe(part, row, keys) for row in rows]
            document[part.content_name] = [row[part.content_value] if part.content_value else row for row in described]
    if sections := sections_in_order(frozen):
        document["sections"] = [{"type": part.content_name, **_describe(part, row, keys)} for part, row in sections]
    return document


def _describe(model: type[models.Model], frozen: Frozen, keys: Keys) -> Document:
    described = {
        field.name: _describe_value(field, frozen[field.name], keys)
        for field in content_fields(model)
        if field.name not in _implied(model) and frozen[field.name] not in (None, "", _default(field))
    }
    for relation in relation_fields(model):
        described[relation.name] = sorted(keys.name(relation.related_model, pk) for pk in frozen[relation.name])
    described |= {name: frozen[name] for name in tag_fields(model)}
    return {name: value for name, value in described.items() if value != []}


def _describe_value(field: models.Field, value: Any, keys: Keys) -> Any:
    if field.remote_field:
        return keys.name(field.related_model, value)
    if isinstance(field, RichTextField):
        return markdown.to_markdown(value)
    return value.splitlines() if isinstance(field, LinesField) else value


def _default(field: models.Field) -> Any:
    default = field.get_default()
    return default if is_plain(default) else None


def _implied(model: type[models.Model]) -> tuple[str, ...]:
    """Fields that follow from where a part stands in its list."""
    return ("position", "ordering") if issubclass(model, Part) else ()


# --- to frozen states -----------------------------------------------------------------------------------------------


class Reader:
    """Turns documents into frozen states; collects `errors`, each with its place, instead of stopping at the first."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.errors: list[str] = []

    def to_frozen(self, document: Document, model: Any, pk: Any, name: str, place: str) -> Frozen:
        """A frozen state in which parts have no ids yet."""
        document = dict(document)
        parts: dict[str, list[Frozen]] = {part._meta.label_lower: [] for part in part_models(model)}
        for part in part_models(model):
            if not issubclass(part, Section):
                rows = document.pop(part.content_name, None)
                parts[part._meta.label_lower] = self._parts(rows, part, f"{place}: {part.content_name}")
        for index, row in enumerate(document.pop("sections", None) or []):
            part = part_named(model, row["type"])
            fields = {field: value for field, value in row.items() if field != "type"}
            frozen = self._fields(fields, part, f"{place}: section {index + 1} ({row['type']})")
            parts[part._meta.label_lower].append(frozen | {"ordering": (index + 1) * 10})
        fields = self._fields(document, model, place)
        if issubclass(model, Page):
            fields["slug"] = name
        return {"kind": model._meta.label_lower, "id": str(pk), "fields": fields, "parts": parts}

    def _parts(self, rows: Any, part: Any, place: str) -> list[Frozen]:
        found = []
        for index, row in enumerate(self._list(rows, place)):
            row = {part.content_value: row} if part.content_value else row
            if not isinstance(row, dict):
                self.errors.append(f"{place}[{index + 1}]: expected fields with values, found {row!r}"[:200])
                continue
            found.append(self._fields(row, part, f"{place}[{index + 1}]") | {"position": index + 1})
        return found

    def _fields(self, document: Document, model: Any, place: str) -> Frozen:
        document = dict(document)
        frozen: Frozen = {}
        for field in content_fields(model):
            given = document.pop(field.name, None)
            if given is None:
                frozen[field.name] = blank = _default(field)
                if not field.blank and blank in (None, "") and field.name not in {"slug", *_implied(model)}:
                    self.errors.append(f"{place}: {field.name}: missing")
            else:
                frozen[field.name] = self._value(field, given, f"{place}: {field.name}")
        for field in relation_fields(model):
            names = self._list(document.pop(field.name, None), f"{place}: {field.name}")
            found = [self._name(field.related_model, name, f"{place}: {field.name}") for name in names]
            frozen[field.name] = sorted({str(pk) for pk in found if pk is not None})
        for name in tag_fields(model):
            tags = self._list(document.pop(name, None), f"{place}: {name}")
            frozen[name] = sorted({str(tag) for tag in tags})
        self.errors += [f"{place}: {name}: no such field" for name in document]
        return frozen

    def _list(self, given: Any, place: str) -> list[Any]:
        if given is None or isinstance(given, list):
            return given or []
        self.errors.append(f"{place}: expected a list, found {given!r}"[:200])
        return []

    def _value(self, field: Any, given: Any, place: str) -> Any:
        if field.remote_field:
            pk = self._name(field.related_model, given, place)
            return None if pk is None else str(pk)
        if isinstance(field, LinesField):
            return "\n".join(map(str, self._list(given, place)))
        if isinstance(given, list | dict | float):
            self.errors.append(f"{place}: expected a single value, found {given!r}"[:200])
            return None
        if isinstance(field, RichTextField):
            return markdown.to_html(str(given))
        if isinstance(field, models.CharField | models.TextField):
            given = str(given)
        try:
            value = field.to_python(given)
        except ValidationError as error:
            self.errors.append(f"{place}: {' '.join(error.messages)}")
            return None
        return value if is_plain(value) else field.value_to_string(field.model(**{field.name: value}))

    def _name(self, model: Any, name: Any, place: str) -> Any:
        try:
            return self.keys.pk(model, str(name))
        except KeyError:
            self.errors.append(f"{place}: unknown {model._meta.verbose_name} {name!r}")
            return None


def with_ids(frozen: Frozen, now: Frozen | None) -> Frozen:
    """`frozen` with an id for each part: that of the same part `now`, else of one that gave way, else a new one."""
    parts = {
        label: _rows_with_ids(rows, now["parts"].get(label, []) if now else [])
        for label, rows in frozen["parts"].items()
    }
    return {**frozen, "parts": parts}


def _rows_with_ids(rows: list[Frozen], now: list[Frozen]) -> list[Frozen]:
    places = {"position", "ordering", "id"}

    def content(row: Frozen) -> str:
        return canonical({name: value for name, value in row.items() if name not in places})

    same = defaultdict(list)
    for row in now:
        same[content(row)].append(row["id"])
    found = [same[content(row)].pop(0) if same[content(row)] else None for row in rows]
    spare = [row["id"] for row in now if row["id"] not in set(found)]
    return [
        {**row, "id": pk or (spare.pop(0) if spare else str(uuid.uuid4()))} for row, pk in zip(rows, found, strict=True)
    ]
