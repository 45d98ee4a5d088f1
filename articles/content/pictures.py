"""Picture files that documents name: kept under content/media/, by the names that they have on the site."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models

from articles.freezing import Frozen, content_fields, rows_of


def export_pictures(frozen: Frozen, folder: Path) -> None:
    """Copy the pictures of a frozen state from the site to `folder`; one that the site has lost is left out."""
    for name in picture_names(frozen):
        if default_storage.exists(name):
            path = _path_in(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with default_storage.open(name) as file:
                path.write_bytes(file.read())


def digest_on_site(name: str) -> str | None:
    """64 hexadecimal digits of the picture that the site has under this name; None where it has none."""
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return _digest(file.read())


def digest_in(folder: Path, name: str) -> str | None:
    """The same of the picture in `folder`."""
    path = _path_in(folder, name)
    return _digest(path.read_bytes()) if path.is_file() else None


def put_on_site(name: str, folder: Path) -> None:
    """Copy a picture from `folder` to the site, in place of one of the same name."""
    with _path_in(folder, name).open("rb") as file:
        default_storage.delete(name)  # or the new one would get another name
        default_storage.save(name, File(file))


def picture_names(frozen: Frozen) -> Iterator[str]:
    """The names, below media/, of the pictures of a frozen state."""
    for model, row in rows_of(frozen):
        for field in content_fields(model):
            if isinstance(field, models.FileField) and row[field.name]:
                yield row[field.name]


def _path_in(folder: Path, name: str) -> Path:
    return folder / "media" / name


def _digest(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()
