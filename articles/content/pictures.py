"""Picture files that documents name: kept under content/media/, by the names that they have on the site."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models

from articles.freezing import Frozen, content_fields, rows_of


def export_pictures(frozen: Frozen, folder: Path) -> None:
    """Copy the pictures of a frozen state from the site to `folder`; one that the site has lost is left out."""
    for name in _names(frozen):
        if default_storage.exists(name):
            path = folder / "media" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with default_storage.open(name) as file:
                path.write_bytes(file.read())


def import_pictures(frozen: Frozen, folder: Path) -> Iterator[str]:
    """Copy the pictures of a frozen state to the site where it lacks them; yields the names that `folder` lacks too."""
    for name in _names(frozen):
        path = folder / "media" / name
        if default_storage.exists(name):
            continue
        if not path.is_file():
            yield name
            continue
        with path.open("rb") as file:
            default_storage.save(name, File(file))


def _names(frozen: Frozen) -> Iterator[str]:
    for model, row in rows_of(frozen):
        for field in content_fields(model):
            if isinstance(field, models.FileField) and row[field.name]:
                yield row[field.name]
