"""The one way from a draft to what readers see, and back.

Rows of a live page are always what readers see; its unpublished changes are one `Draft`. The rows of a page that is not
live are its draft. Every function that writes is one transaction, and locks the page first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from .checking import check
from .citing import cited_keys
from .freezing import Frozen, are_equal, canonical, freeze, rich_text_fields, thaw
from .models import Citation, Draft, OldPath, Page, Reference, Revision

__all__ = [
    "canonical",
    "discard_draft",
    "drafting",
    "freeze",
    "is_pinned",
    "publish",
    "restore",
    "save_draft",
    "thaw",
    "unpublish",
]

Person = User | None


@contextmanager
def drafting(page: Page) -> Iterator[bool]:
    """The rows of `page` hold its draft inside this block, and nobody else changes the page meanwhile.

    Gives True for a live page: whatever the block writes to the database is rolled back, so freeze the page before the
    block ends to keep it. Gives False for a page that is not live: its rows are the draft, and what is written stays.
    """
    with transaction.atomic():
        if not _lock(page).is_live:
            yield False
            return
        savepoint = transaction.savepoint()
        try:
            if draft := Draft.objects.filter(page=page.pk).first():
                thaw(_with_free_slug(draft.data))
            yield True
        finally:
            transaction.savepoint_rollback(savepoint)


@transaction.atomic
def save_draft(page: Page, data: Frozen, *, by: Person) -> Draft | None:
    """Keep `data` as the unpublished state of `page`; None where nothing is left that differs from what is live."""
    locked = _lock(page)
    if data["id"] != str(page.pk):
        raise ValueError(f"frozen data of page {data['id']} given for page {page.pk}")
    if not locked.is_live:
        thaw(_with_free_slug(data))
        return None
    draft = Draft.objects.filter(page=page.pk).first()
    if are_equal(data, locked.live_revision.data):
        if draft:
            draft.delete()
        return None
    draft = draft or Draft(page_id=page.pk, version=0)
    draft.data, draft.by, draft.version = data, by, draft.version + 1
    draft.save()
    return draft


@transaction.atomic
def discard_draft(page: Page) -> None:
    """Forget the unpublished changes of a live page."""
    Draft.objects.filter(page=_lock(page)).delete()


@transaction.atomic
def publish(page: Page, *, by: Person, note: str = "") -> Revision:
    """Show readers the draft of `page`. Publishing what is live already is no publication: it returns that revision.

    Raises ValidationError, with nothing written, where the draft may not be shown as it is.
    """
    row = _lock(page)
    draft = Draft.objects.filter(page=page.pk).first()
    data = draft.data if draft else freeze(row)
    check(data)
    if draft:
        row = thaw(data)
        data = freeze(row)
        draft.delete()
    latest = Revision.objects.filter(page=page.pk).order_by("-number").first()
    if latest and row.live_revision_id == latest.pk and are_equal(data, latest.data):
        return latest
    number = latest.number + 1 if latest else 1
    revision = Revision.objects.create(page_id=page.pk, number=number, data=data, by=by, note=note)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    _keep_old_path(row, latest)
    _keep_citations(page, cited_keys(data))
    return revision


@transaction.atomic
def unpublish(page: Page) -> None:
    """Hide `page` from readers. Its draft, or else what was live, stays in its rows for the editors."""
    _lock(page)
    if draft := Draft.objects.filter(page=page.pk).first():
        thaw(_with_free_slug(draft.data))
        draft.delete()
    Page.objects.filter(pk=page.pk).update(live_revision=None)
    _keep_citations(page, set())


def restore(revision: Revision, *, by: Person) -> Draft | None:
    """Make the state of an earlier publication the draft of its page; readers see it when that is published."""
    return save_draft(revision.page, revision.data, by=by)


def is_pinned(obj: Model) -> bool:
    """Whether a draft or a publication names `obj` by its key, so that deleting it would break that state.

    Foreign keys guard rows only. Keys are UUIDs or reference keys, so finding one in the text is proof enough; this
    reads every state, which the rare deletion can afford.
    """
    key = str(obj.pk)
    if isinstance(obj, Reference) and _is_cited(key):
        return True
    named = Q(text__contains=f'"{key}"') | Q(text__contains=f'#source-{key}\\"')
    return any(
        states.annotate(text=Cast("data", TextField())).filter(named).exclude(data__id=key).exists()
        for states in (Draft.objects.all(), Revision.objects.all())
    )


def _is_cited(key: str) -> bool:
    """Whether the rich text of any row cites the reference: rows of hidden pages are their drafts."""
    return any(
        model._base_manager.filter(**{f"{name}__contains": f'#source-{key}"'}).exists()
        for model in apps.get_models()
        for name in rich_text_fields(model)
    )


def _with_free_slug(data: Frozen) -> Frozen:
    """`data` with the slug that its page has now, where another page has taken the slug that it asks for."""
    wanted = Page.objects.filter(kind=data["kind"], slug=data["fields"]["slug"])
    if not wanted.exclude(pk=data["id"]).exists():
        return data
    slug = Page.objects.get(pk=data["id"]).slug
    return {**data, "fields": {**data["fields"], "slug": slug}}


def _lock(page: Page) -> Any:
    """The page as an instance of its own kind, locked until the transaction ends."""
    return apps.get_model(page.kind)._base_manager.select_for_update().get(pk=page.pk)


def _keep_old_path(page: Page, latest: Revision | None) -> None:
    """Redirect from where the page last lived; a path where a page lives now redirects nowhere."""
    here = page.path
    OldPath.objects.filter(path=here).delete()
    there = page.path_for(latest.data["fields"]["slug"]) if latest else here
    if there != here:
        OldPath.objects.update_or_create(path=there, defaults={"page_id": page.pk})


def _keep_citations(page: Page, keys: set[str]) -> None:
    """Note what readers see the page cite, so that a source can say where it is cited."""
    Citation.objects.filter(page=page.pk).exclude(reference__in=keys).delete()
    Citation.objects.bulk_create([Citation(page_id=page.pk, reference_id=key) for key in keys], ignore_conflicts=True)
