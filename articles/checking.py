"""Whether a frozen state may be shown to readers: all that a form would refuse, and what only readers would miss."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst

from . import terminology
from .citing import text_keys
from .freezing import Frozen, content_fields, part_models
from .models import Reference
from .snapshot import Snapshot


def check(data: Frozen) -> None:
    """Raise a ValidationError that names every part and field that may not be published as it is."""
    errors = list(_errors(Snapshot(data)))
    if errors:
        raise ValidationError(errors)


def describe(error: ValidationError) -> Iterator[str]:
    """The messages of an error, each with the name of its field."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for field, messages in error.message_dict.items():
        place = "" if field == NON_FIELD_ERRORS else f"{field.replace('_', ' ')}: "
        yield from (f"{place}{message}" for message in messages)


def _errors(snapshot: Snapshot) -> Iterator[str]:
    root = snapshot.root
    yield from _invalid(root, "", exclude={"page_ptr", *getattr(root, "unfrozen", ())})
    for model in part_models(snapshot.model):
        parts = snapshot.parts(model)
        for number, part in enumerate(parts, 1):
            place = capfirst(f"{model._meta.verbose_name} {number}: ")
            yield from _invalid(part, place, exclude={model.owner})
            try:
                part.check_publishable(snapshot.frozen_part(part))
            except ValidationError as error:
                yield from (f"{place}{line}" for line in describe(error))
        yield from _doubles(model, parts)
    yield from _unknown_sources(text_keys(snapshot.data))


def _invalid(row: models.Model, place: str, *, exclude: set[str]) -> Iterator[str]:
    row._state.adding = False  # uniqueness is checked against other rows alone
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        yield from (f"{place}{line}" for line in describe(error))
    for field in content_fields(type(row)):
        value = getattr(row, field.attname)
        if isinstance(value, str):
            yield from (f"{place}{field.verbose_name}: {line}" for line in terminology.complaints(value))


def _doubles(part: Any, rows: list[Any]) -> Iterator[str]:
    """Rows of one owner that a unique constraint forbids beside each other."""
    for constraint in part._meta.total_unique_constraints:
        names = [name for name in constraint.fields if name != part.owner]
        seen = set()
        for row in rows:
            value = tuple(getattr(row, part._meta.get_field(name).attname) for name in names)
            if value in seen and None not in value:  # to a database, no value equals no other
                yield capfirst(f"{part._meta.verbose_name}: “{row}” comes twice")
            seen.add(value)


def _unknown_sources(cited: set[str]) -> Iterator[str]:
    known = set(Reference.objects.filter(pk__in=cited).values_list("pk", flat=True))
    yield from (f"The text cites a source that does not exist: {key}" for key in sorted(cited - known))
