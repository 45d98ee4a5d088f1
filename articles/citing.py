"""Which sources a frozen state cites: in its texts, and with its relations to references."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from . import html
from .freezing import Frozen, completed, content_fields, part_models, relation_fields, rich_text_fields
from .models import Reference


def cited_keys(data: Frozen) -> set[str]:
    """Keys of the references that `data` cites, whether they exist or not."""
    return text_keys(data) | {key for model, row in _rows(data) for key in _related_keys(model, row)}


def text_keys(data: Frozen) -> set[str]:
    """Keys that its rich texts cite with links to #source-<key>."""
    texts = (row[name] for model, row in _rows(data) for name in rich_text_fields(model))
    return {key for text in texts for key in html.cited_keys(text)}


def _rows(data: Frozen) -> Iterator[tuple[Any, Frozen]]:
    """The page itself and each of its parts, with their models."""
    data = completed(data)
    model: Any = apps.get_model(data["kind"])
    yield model, data["fields"]
    for part in part_models(model):
        yield from ((part, row) for row in data["parts"][part._meta.label_lower])


def _related_keys(model: Any, row: Frozen) -> Iterator[str]:
    for field in content_fields(model):
        if field.related_model is Reference and row[field.name]:
            yield row[field.name]
    for field in relation_fields(model):
        if field.related_model is Reference:
            yield from row[field.name]
