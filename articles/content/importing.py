"""Loading content/ into the database, all of it or nothing, without writing over what editors changed."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import drafts, locking, publishing, terminology
from articles.checking import check, describe
from articles.freezing import Frozen, canonical, content_models, freeze, thaw
from articles.models import ContentRecord, Page
from articles.search.indexing import reindex
from articles.snapshot import Snapshot

from . import files
from .documents import Document, Reader, strings, to_document, with_ids
from .errors import ContentError
from .keys import Keys, path_of
from .pictures import digest_in, digest_on_site, picture_names, put_on_site


@dataclass
class Entry:
    """One row that content/ describes."""

    model: Any
    name: str
    place: str
    document: Document
    pk: Any = None
    row: Any = None
    frozen: Frozen = field(default_factory=dict)

    @property
    def path(self) -> str:
        return path_of(self.model, self.name)


@dataclass
class Report:
    """Paths of entries, and of pictures that were there before, by what became of them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def import_content(folder: Path, *, overwrite: bool = False) -> Report:
    """Make the database say what the files under `folder` say, and publish it.

    An entry that editors changed, removed or unpublished since its last import is left alone unless `overwrite`.
    Raises ContentError, with nothing written, naming every file and field that cannot be loaded.
    """
    try:
        with transaction.atomic():
            locking.lock_all()
            return _Import(folder, overwrite=overwrite).run()
    except IntegrityError as error:
        raise ContentError(f"{folder.name}: the database refuses the content: {error}") from error


def _rows(model: Any) -> dict[Any, Any]:
    """All rows of a model by key, pages with what readers see of them: one query."""
    rows = model._base_manager.all()
    if issubclass(model, Page):
        rows = rows.select_related("live_revision", "draft", "schedule")
    return {row.pk: row for row in rows}


class _Import:
    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        self.folder = folder
        self.overwrite = overwrite
        self.keys = Keys()
        self.reader = Reader(self.keys)
        self.report = Report()
        self.pictures: dict[str, tuple[str | None, str | None]] = {}  # digests of what the site has, and the folder
        self.records = ContentRecord.objects.in_bulk()
        self.entries = [
            Entry(model, name, place, document)
            for model in content_models()
            for name, place, document in files.read(folder, model)
        ]
        if not self.entries:
            raise ContentError(f"{folder}: no content here")

    def run(self) -> Report:
        self._name_rows()
        self._read()
        chosen = [entry for entry in self.entries if self._is_entry_to_be_written(entry)]
        for entry in chosen:
            if entry.row is None:
                self._create(entry)
        self._stop_on_errors()
        for entry in chosen:
            self._write(entry)
        self._stop_on_errors()
        reindex()  # lists change with their files, and a site may be older than its index
        self._write_pictures()  # last, because no transaction takes a file back
        return self.report

    def _name_rows(self) -> None:
        """Find or promise a primary key for each entry, so that entries can name each other in any order."""
        rows = {model: _rows(model) for model in content_models()}
        for entry in self.entries:
            try:
                entry.pk = self.keys.pk(entry.model, entry.name)
            except KeyError:
                entry.pk = self.keys.add(entry.model, entry.name)  # that of an earlier import, if editors renamed it
            entry.row = rows[entry.model].get(entry.pk)

    def _read(self) -> None:
        for entry in self.entries:
            for place, text in strings(entry.document, entry.place):
                self.reader.errors += [f"{place}: {complaint}" for complaint in terminology.complaints(text)]
            entry.frozen = self.reader.to_frozen(entry.document, entry.model, entry.pk, entry.name, entry.place)
            for name in picture_names(entry.frozen):
                self.pictures[name] = digest_on_site(name), digest_in(self.folder, name)
                if self.pictures[name] == (None, None):
                    self.reader.errors.append(f"{entry.place}: there is no picture media/{name}")
        self._stop_on_errors()

    def _is_entry_to_be_written(self, entry: Entry) -> bool:
        return self._is_to_be_written(entry.path, now=self._now(entry), wanted=self._digest(entry, entry.frozen))

    def _is_to_be_written(self, path: str, *, now: str | None, wanted: str) -> bool:
        """Whether what stands at `path`, by its digest, is to become what is wanted there; reports it."""
        record = self.records.get(path)
        if now == wanted:
            self.report.unchanged.append(path)
            self._record(path, wanted)
            return False
        untouched = now == (record.digest if record else None)
        if not untouched and not self.overwrite:
            self.report.left_alone.append(path)
            return False
        (self.report.created if now is None else self.report.updated).append(path)
        return True

    def _now(self, entry: Entry) -> str | None:
        """Digest of what stands in the database; None where there is no row, "" where editors are at work on it."""
        if entry.row is None:
            return None
        if not issubclass(entry.model, Page):
            return self._digest(entry, freeze(entry.row))
        if not entry.row.is_live or hasattr(entry.row, "draft") or hasattr(entry.row, "schedule"):
            return ""
        return self._digest(entry, entry.row.live_revision.data)

    def _digest(self, entry: Entry, frozen: Frozen) -> str:
        document = to_document(frozen, entry.model, self.keys) | {"slug": frozen["fields"].get("slug")}
        return hashlib.sha256(canonical(document).encode()).hexdigest()

    def _create(self, entry: Entry) -> None:
        """Insert the row with its own columns; what it points at may come later in the same transaction."""
        row = Snapshot(with_ids(entry.frozen, None)).root
        if hasattr(row, "slug"):
            row.slug = entry.name
        pointers = {field.name for field in row._meta.concrete_fields if field.remote_field}
        try:
            row.clean_fields(exclude=pointers)
            row.validate_constraints(exclude=pointers)
        except ValidationError as error:
            self._complain(entry, error)
        else:
            row.save()
            entry.row = row

    def _write(self, entry: Entry) -> None:
        data = with_ids(entry.frozen, freeze(entry.row))
        try:
            check(data)
            if isinstance(entry.row, Page):
                drafts.save_draft(entry.row, data, by=None)
                publishing.publish(entry.row, by=None, note="Imported from the content files")
            else:
                thaw(data)
        except ValidationError as error:
            self._complain(entry, error)
        else:
            self._record(entry.path, self._digest(entry, data))

    def _write_pictures(self) -> None:
        """Those that the site lacks, and in place of the last import's those that are other ones now."""
        for name, (now, wanted) in self.pictures.items():
            path = f"media/{name}"
            if wanted and (now is None or self._is_to_be_written(path, now=now, wanted=wanted)):
                put_on_site(name, self.folder)
                self._record(path, wanted)

    def _record(self, path: str, digest: str) -> None:
        record = self.records.get(path)
        if record is None or record.digest != digest:
            ContentRecord.objects.update_or_create(path=path, defaults={"digest": digest})

    def _complain(self, entry: Entry, error: ValidationError) -> None:
        self.reader.errors += [f"{entry.place}: {line}" for line in describe(error)]

    def _stop_on_errors(self) -> None:
        if self.reader.errors:
            raise ContentError(*self.reader.errors)
