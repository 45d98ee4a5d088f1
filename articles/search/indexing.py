"""Writing the entries. What readers see changes in `articles.publishing`, in the admin of lists, and by imports."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from articles.freezing import content_models
from articles.models import Page, SearchEntry, SearchState
from articles.reading import texts_of
from articles.snapshot import Snapshot

from .folding import without_aside, words

PLACES = "places.yaml"  # below content/: lists and pages that are not written by editors


@transaction.atomic
def index(page: Page) -> None:
    """Let readers find `page` as its live revision has it."""
    _renew()
    SearchEntry.objects.filter(page=page.pk).delete()
    _of_page(Page.objects.for_detail().get(pk=page.pk)).save()


@transaction.atomic
def forget(page: Page) -> None:
    _renew()
    SearchEntry.objects.filter(page=page.pk).delete()


@transaction.atomic
def index_list(model: Any) -> None:
    """Let readers find the rows of a model without pages, which stand together in one list, as they are now."""
    _renew()
    SearchEntry.objects.filter(page=None, kind=model.list_name).delete()
    SearchEntry.objects.bulk_create(_of_list(model))


@transaction.atomic
def reindex() -> int:
    """Write all entries anew, and return how many there are."""
    _renew()
    entries = [_of_page(page) for page in Page.objects.for_detail()]
    for model in content_models():
        if hasattr(model, "search_text"):
            entries += _of_list(model)
    entries += _of_places(settings.CONTENT_DIR / PLACES)
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(entries, batch_size=100)
    return len(entries)


def _renew() -> None:
    """Before entries are written: a new version, whose row is locked, so that those who write them take turns.

    Who waits here sees afterwards what the one before has published and written, and loses nothing of it.
    """
    SearchState.objects.update_or_create(defaults={"version": uuid4()})


def _of_page(page: Page) -> SearchEntry:
    """Tags name what a page has to do with, not the page: they are found as its text is."""
    data = page.live_revision.data  # type: ignore[union-attr]
    snapshot = Snapshot(data)
    root = snapshot.root
    texts = list(texts_of(snapshot.model, snapshot.data))
    headings = dict.fromkeys(text.heading for text in texts if text.is_headed)
    return entry(
        page=page,
        path=root.path,
        kind=root.kind_name,
        title=root.title,
        names=root.search_names(snapshot),
        text=[text.text for text in texts if text.stands_alone],
        unshown=[*headings, *(text.text for text in texts if not text.stands_alone), *snapshot.tags],
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
    unshown: Iterable[str] = (),
    terms: Iterable[str] = (),
    page: Any = None,
) -> SearchEntry:
    """An unsaved entry; of `names` and `text`, what is empty is left out. What is `unshown` is found all the same.

    The first line of the text says what the whole is. What stands in brackets behind a name is not this name.
    """
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
        names_words="\n".join(" ".join(words(without_aside(name))) for name in names),
        body_words=" ".join(words(" ".join([*text, *unshown]))),
    )
