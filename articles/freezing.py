"""Freezing: a row and its parts as one JSON document, and back.

A frozen state has the shape

    {"kind": "articles.article", "id": "<uuid>",
     "fields": {"title": "...", "tags": ["sleep"], ...},
     "parts": {"articles.textsection": [{"id": "<uuid>", "heading": "...", ...}, ...], ...}}

Values are JSON's own or what the model field's `value_to_string` gives; relations are primary keys as strings, sorted;
tags are names, because a tag that a draft adds does not exist yet. Parts stand in the order of their model's Meta.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from taggit.managers import TaggableManager

from .fields import RichTextField
from .models import Page, Part, Section

Frozen = dict[str, Any]


def canonical(data: Any) -> str:
    """The one JSON text of `data`."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_models() -> list[type[models.Model]]:
    """Models whose rows are frozen by themselves and have entries of their own under content/.

    Those whose entries share a file come first, then the kinds of pages.
    """
    found = [model for model in apps.get_models() if _is_entry(model)]
    return sorted(found, key=lambda model: (issubclass(model, Page), model._meta.label))


def _is_entry(model: type[models.Model]) -> bool:
    return bool(getattr(model, "content_name", "")) and not hasattr(model, "owner")


@cache
def part_models(model: Any) -> tuple[type[Part], ...]:
    """Models of the rows that are frozen with a row of `model`, those of its parent models included, by label."""
    found = {
        relation.related_model
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.owner
    }
    return tuple(sorted(found, key=lambda part: part._meta.label_lower))


@cache
def content_fields(model: Any) -> tuple[Any, ...]:
    """The columns of `model` that say what it says: no keys, no owner, nothing about its publication."""
    skipped = {"id", getattr(model, "owner", None), *getattr(model, "unfrozen", ())}
    return tuple(field for field in model._meta.concrete_fields if field.name not in skipped and not field.primary_key)


def rich_text_fields(model: Any) -> list[str]:
    """The names of those content fields that hold rich text, and so may cite sources."""
    return [field.name for field in content_fields(model) if isinstance(field, RichTextField)]


@cache
def relation_fields(model: Any) -> tuple[Any, ...]:
    """The many-to-many fields of `model` that are plain sets of keys; ordered ones are parts."""
    return tuple(
        field
        for field in model._meta.many_to_many
        if not isinstance(field, TaggableManager) and field.remote_field.through._meta.auto_created
    )


@cache
def tag_fields(model: Any) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.many_to_many if isinstance(field, TaggableManager))


def completed(data: Frozen) -> Frozen:
    """`data` with the defaults of columns that were added since it was frozen, and without those that are gone."""
    model: Any = apps.get_model(data["kind"])
    parts = {
        part._meta.label_lower: [_completed_row(part, row) for row in data["parts"].get(part._meta.label_lower, [])]
        for part in part_models(model)
    }
    return {**data, "fields": _completed_row(model, data["fields"]), "parts": parts}


def _completed_row(model: Any, frozen: Frozen) -> Frozen:
    blank = model()
    row = {field.name: frozen.get(field.name, to_json(field, blank)) for field in content_fields(model)}
    row |= {field.name: frozen.get(field.name, []) for field in relation_fields(model)}
    row |= {name: frozen.get(name, []) for name in tag_fields(model)}
    return row | ({"id": frozen["id"]} if "id" in frozen else {})


def rows_of(data: Frozen) -> Iterator[tuple[Any, Frozen]]:
    """The page itself and each of its parts, with their models; what is missing has its default."""
    data = completed(data)
    model: Any = apps.get_model(data["kind"])
    yield model, data["fields"]
    for part in part_models(model):
        yield from ((part, row) for row in data["parts"][part._meta.label_lower])


def parts_by_key(data: Frozen, part: type[Part]) -> dict[str, Frozen]:
    """The parts of one model in their order, by what names each among those of all types."""
    return {part.key_of(row["id"]): row for row in data["parts"][part._meta.label_lower]}


def sections_in_order(data: Frozen) -> list[tuple[type[Section], Frozen]]:
    """The sections of all types in the order of reading, with their models."""
    model: Any = apps.get_model(data["kind"])
    types = [part for part in part_models(model) if issubclass(part, Section)]
    found = [(section, row) for section in types for row in data["parts"].get(section._meta.label_lower, [])]
    return sorted(found, key=lambda place: (place[1]["ordering"], place[1].get("id", "")))


def are_equal(one: Frozen, other: Frozen) -> bool:
    """Whether two states say the same; JSONB reorders keys, so they are compared as canonical JSON."""
    return canonical(completed(one)) == canonical(completed(other))


def digest(data: Frozen) -> str:
    """64 hexadecimal digits that are the same for equal states alone."""
    return hashlib.sha256(canonical(completed(data)).encode()).hexdigest()


# --- freeze ---------------------------------------------------------------------------------------------------------


def freeze(obj: models.Model) -> Frozen:
    """What the database holds of `obj` and its parts now: a fixed number of queries for each kind of part."""
    model: Any = type(obj)
    [row] = _rows(model, pk=obj.pk)
    fields = _freeze_row(row)
    for name in tag_fields(model):
        fields[name] = sorted(getattr(row, name).names())
    return {
        "kind": model._meta.label_lower,
        "id": str(obj.pk),
        "fields": fields,
        "parts": {
            part._meta.label_lower: [
                {"id": str(row.pk), **_freeze_row(row)} for row in _rows(part, **{part.owner: obj.pk})
            ]
            for part in part_models(model)
        },
    }


def _rows(model: Any, **lookup: Any) -> models.QuerySet[Any]:
    relations = [field.name for field in relation_fields(model)]
    ordering = model._meta.ordering if issubclass(model, Part) else ()
    rows: models.QuerySet[Any] = model._base_manager.filter(**lookup)
    return rows.order_by(*ordering, "pk").prefetch_related(*relations)


def _freeze_row(row: models.Model) -> Frozen:
    frozen = {field.name: to_json(field, row) for field in content_fields(type(row))}
    for field in relation_fields(type(row)):
        frozen[field.name] = sorted(str(other.pk) for other in getattr(row, field.name).all())
    return frozen


def to_json(field: Any, row: models.Model) -> Any:
    """The value that `row` has of `field`, as frozen states write it; `field.to_python` reads it, unless it is None."""
    value = field.value_from_object(row)
    return value if is_plain(value) else field.value_to_string(row)


def is_plain(value: Any) -> bool:
    """Whether frozen states hold the value as it is."""
    return value is None or isinstance(value, bool | int | str)


# --- thaw -----------------------------------------------------------------------------------------------------------


def fill(row: Any, frozen: Frozen) -> None:
    """Set the columns of `row` from its frozen fields."""
    model: Any = type(row)
    for field in content_fields(model):
        value = frozen[field.name]
        if value is not None:
            value = (field.target_field if field.remote_field else field).to_python(value)
        if isinstance(field, models.FileField):
            row.__dict__[field.attname] = value  # its descriptor would open the file to measure the picture
        else:
            setattr(row, field.attname, value)


def new_part(part: type[Part], owner: models.Model, frozen: Frozen) -> Part:
    """An unsaved instance of a frozen part."""
    row = part(**{part.owner: owner})
    row.id = part._meta.pk.to_python(frozen["id"])
    fill(row, frozen)
    return row


@transaction.atomic
def thaw(data: Frozen) -> Any:
    """Make the rows say what `data` says, and return the root row. Only rows that differ are written.

    Changed parts are deleted and written again rather than updated, so that values under a unique constraint can swap.
    """
    model: Any = apps.get_model(data["kind"])
    data = completed(data)
    obj = model._base_manager.get(pk=data["id"])
    now = freeze(obj)
    if now["fields"] != data["fields"]:
        fill(obj, data["fields"])
        obj.save()
        _thaw_relations(obj, data["fields"])
    for part in part_models(model):
        label = part._meta.label_lower
        _thaw_parts(part, obj, now["parts"][label], data["parts"][label])
    return obj


def _thaw_relations(obj: models.Model, frozen: Frozen) -> None:
    for field in relation_fields(type(obj)):
        getattr(obj, field.name).set(frozen[field.name])
    for name in tag_fields(type(obj)):
        getattr(obj, name).set(frozen[name])


def _thaw_parts(part: type[Part], obj: models.Model, now: list[Frozen], wanted: list[Frozen]) -> None:
    kept = {canonical(row) for row in now} & {canonical(row) for row in wanted}
    gone = [row["id"] for row in now if canonical(row) not in kept]
    new = [row for row in wanted if canonical(row) not in kept]
    if gone:
        part._base_manager.filter(pk__in=gone).delete()
    if new:
        part._base_manager.bulk_create([new_part(part, obj, row) for row in new])
        for field in relation_fields(part):
            field.remote_field.through._base_manager.bulk_create(_through_rows(field, new))


def _through_rows(field: Any, frozen: list[Frozen]) -> Iterator[models.Model]:
    through = field.remote_field.through
    here, there = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    for row in frozen:
        for key in row[field.name]:
            yield through(**{here: row["id"], there: key})
