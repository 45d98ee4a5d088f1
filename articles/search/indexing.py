"""Writing the entries. What readers see changes in `articles.publishing`, in the admin of lists, and by imports."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from articles.content.files import content_models
from articles.models import Page, SearchEntry, SearchState
from articles.reading import sections_of
from articles.snapshot import Snapshot

from .folding import words

PLACES = "places.yaml"  # below content/: lists and pages that are not written by editors


@transaction.atomic
def index(page: Page) -> None:
    """Let readers find `page` as its live revision has it."""
    SearchEntry.objects.filter(page=page.pk).delete()
    _of_page(Page.objects.for_detail().get(pk=page.pk)).save()
    _renew()


@transaction.atomic
def forget(page: Page) -> None:
    SearchEntry.objects.filter(page=page.pk).delete()
    _renew()


@transaction.atomic
def index_list(model: Any) -> None:
    """Let readers find the rows of a model without pages, which stand together in one list, as they are now."""
    SearchEntry.objects.filter(page=None, kind=model.list_name).delete()
    SearchEntry.objects.bulk_create(_of_list(model))
    _renew()


@transaction.atomic
def reindex() -> int:
    """Write all entries anew, and return how many there are. Nobody publishes meanwhile."""
    pages = list(Page.objects.for_detail().select_for_update(of=("self",)))
    entries = [_of_page(page) for page in pages]
    for model in content_models():
        if hasattr(model, "search_text"):
            entries += _of_list(model)
    entries += _of_places(settings.CONTENT_DIR / PLACES)
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(entries, batch_size=100)
    _renew()
    return len(entries)


def _renew() -> None:
    SearchState.objects.update_or_create(defaults={"version": uuid4()})


def _of_page(page: Page) -> SearchEntry:
    """Tags name what a page has to do with, not the page: they are found as its text is."""
    data = page.live_revision.data  # type: ignore[union-attr]
    snapshot = Snapshot(data)
    root = snapshot.root
    sections = sections_of(snapshot.model, snapshot.data)
    text = [line for heading, lines in sections.items() for line in ("" if heading == "in short" else heading, *lines)]
    return entry(
        page=page,
        path=root.path,
        kind=root.kind_name,
        title=root.title,
        names=root.search_names(snapshot),
        text=[*text, ", ".join(snapshot.tags)],
        terms=root.mentioned_as(snapshot),
    )


def _of_list(model: Any) -> list[SearchEntry]:
    return [
        entry(
            path=row.path,
            kind=model.list_name,
            title=str(row),
            names=row.search_names(),
            text=row.search_text(),
            terms=row.mentioned_as(),
        )
        for row in model._base_manager.all()
    ]


def _of_places(path: Path) -> list[SearchEntry]:
    """The file names places by their URL patterns, and says what readers see there and what they call it."""
    places = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        entry(path=reverse(name), kind="On this site", title=place["title"], names=place["names"], text=[place["text"]])
        for name, place in places.items()
    ]


def entry(
    *,
    path: str,
    kind: str,
    title: str,
    names: Iterable[str],
    text: Iterable[str],
    terms: Iterable[str] = (),
    page: Any = None,
) -> SearchEntry:
    """An unsaved entry; of `names` and `text`, what is empty is left out."""
    names = list(dict.fromkeys(name for name in names if name))
    text = [line for block in text for line in block.splitlines() if line.strip()]
    return SearchEntry(
        page=page,
        path=path,
        kind=kind,
        title=title,
        names="\n".join(names),
        body="\n".join(text),
        terms="\n".join(filter(None, terms)),
        title_words=" ".join(words(title)),
        names_words="\n".join(" ".join(words(name)) for name in names),
        body_words=" ".join(words(" ".join(text))),
    )
