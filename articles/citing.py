"""Which sources a frozen state cites: in its texts, and with its relations to references."""

from collections.abc import Iterator
from typing import Any

from . import html
from .freezing import Frozen, content_fields, relation_fields, rich_text_fields, rows_of
from .models import Reference


def cited_keys(data: Frozen) -> set[str]:
    """Keys of the references that `data` cites, whether they exist or not."""
    return text_keys(data) | {key for model, row in rows_of(data) for key in _related_keys(model, row)}


def text_keys(data: Frozen) -> set[str]:
    """Keys that its rich texts cite with links to #source-<key>."""
    texts = (row[name] for model, row in rows_of(data) for name in rich_text_fields(model))
    return {key for text in texts for key in html.cited_keys(text)}


def _related_keys(model: Any, row: Frozen) -> Iterator[str]:
    for field in content_fields(model):
        if field.related_model is Reference and row[field.name]:
            yield row[field.name]
    for field in relation_fields(model):
        if field.related_model is Reference:
            yield from row[field.name]
