"""The one way from a draft to what readers see, and back.

Rows of a live page are always what readers see; its unpublished changes are one `Draft`. The rows of a page that is not
live are its draft. Every function that writes is one transaction, and locks the page first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .auditing import Person, audited, record, standing
from .checking import check
from .citing import cited_keys
from .freezing import Frozen, are_equal, canonical, digest, freeze, thaw
from .models import Action, Citation, Draft, OldPath, Page, Revision, Schedule
from .search import indexing

__all__ = [
    "ConflictError",
    "canonical",
    "discard_draft",
    "drafting",
    "freeze",
    "hand_over",
    "lock",
    "lock_all",
    "publish",
    "refuse_conflict",
    "restore",
    "save_draft",
    "state_of",
    "thaw",
    "unpublish",
]


#: What only a clinician's sign-off sets, for the text that was read: it goes when that changes before readers see it.
SIGN_OFF = ("reviewed_by", "reviewed_on")


class ConflictError(Exception):
    """Somebody else saved the page since the state was read that is now to be replaced."""


def state_of(page: Page) -> Frozen:
    """The page as its editors have it: its draft, or else what is live; the rows of a page that is not live."""
    row = Page.objects.select_related("draft", "live_revision").get(pk=page.pk)
    if hasattr(row, "draft"):
        data: Frozen = row.draft.data
        return data
    return row.live_revision.data if row.live_revision else freeze(row.concrete)


@contextmanager
def drafting(page: Page) -> Iterator[None]:
    """The rows of `page` hold its draft inside this block, and nobody else changes the page meanwhile.

    Whatever the block writes to the database is rolled back: freeze the page before the block ends to keep it.
    """
    with transaction.atomic():
        lock(page)
        savepoint = transaction.savepoint()
        try:
            if draft := Draft.objects.filter(page=page.pk).first():
                thaw(_with_free_slug(draft.data))
            yield
        finally:
            transaction.savepoint_rollback(savepoint)


@transaction.atomic
def save_draft(
    page: Page,
    data: Frozen,
    *,
    by: Person,
    began_with: str | None = None,
    action: Action = Action.SAVED,
    note: str = "",
) -> Draft | None:
    """Keep `data` as the unpublished state of `page`; None where nothing is left that differs from what is live.

    `began_with` is the digest of the state that the changes were made to. Raises ConflictError, with nothing written,
    where the page has another state by now, unless that is what is to be saved anyway.
    """
    locked = lock(page)
    if data["id"] != str(page.pk):
        raise ValueError(f"frozen data of page {data['id']} given for page {page.pk}")
    now = state_of(page)
    if action not in {Action.SIGNED_OFF, Action.RESTORED}:
        data = _without_outdated_sign_off(locked, data, now)
    if are_equal(data, now):
        return Draft.objects.filter(page=page.pk).first()
    refuse_conflict(began_with, now)
    with audited(locked, action, by=by, note=note):
        return _write_draft(locked, data, by=by, is_signing_off=action == Action.SIGNED_OFF)


def refuse_conflict(began_with: str | None, now: Frozen) -> None:
    """Raise ConflictError where `now` is not the state with the digest `began_with`; None asks for no such check."""
    if began_with not in {None, digest(now)}:
        raise ConflictError


def _without_outdated_sign_off(locked: Page, data: Frozen, now: Frozen) -> Frozen:
    """`data` without a sign-off that readers have not seen yet, if it was given for another text than this one."""
    live = locked.live_revision.data["fields"] if locked.live_revision else {}
    seen = {name: live.get(name) for name in SIGN_OFF}
    is_new = any(data["fields"].get(name) != seen[name] for name in SIGN_OFF)
    if not is_new or are_equal(_text_of(now), _text_of(data)):
        return data
    return {**data, "fields": {**data["fields"], **seen}}


def _text_of(data: Frozen) -> Frozen:
    no_text = {*SIGN_OFF, "review_due_on"}
    return {**data, "fields": {name: value for name, value in data["fields"].items() if name not in no_text}}


def _write_draft(locked: Page, data: Frozen, *, by: Person, is_signing_off: bool) -> Draft | None:
    if not locked.live_revision:
        thaw(_with_free_slug(data))
        return None
    draft = Draft.objects.filter(page=locked.pk).first()
    if are_equal(data, locked.live_revision.data):
        if draft:
            draft.delete()
        return None
    draft = draft or Draft(page_id=locked.pk, by=by)
    draft.data = data
    if not is_signing_off:  # which adds no work of its own
        draft.is_shared = draft.is_shared or draft.by != by
        draft.by = by
    draft.save()
    return draft


@transaction.atomic
def discard_draft(page: Page, *, by: Person, began_with: str | None = None) -> None:
    """Forget the unpublished changes of a live page. Raises ConflictError where they are not those of `began_with`."""
    row = lock(page)
    draft = Draft.objects.filter(page=row.pk)
    if draft.exists():
        refuse_conflict(began_with, state_of(row))
        with audited(row, Action.DISCARDED, by=by):
            draft.delete()


@transaction.atomic
def publish(
    page: Page,
    *,
    by: Person,
    note: str = "",
    is_substantial: bool = False,
    data: Frozen | None = None,
    at: datetime | None = None,
    began_with: str | None = None,
) -> Revision:
    """Show readers the draft of `page`, or `data`, a state from before the last changes, which then stay a draft.

    Publishing what is live already is no publication: it returns that revision. Any plan to publish the page ends.
    `at` is the moment of the publication, by default now.

    Raises ValidationError, with nothing written, where the state may not be shown as it is, or where a change of
    substance has no note; ConflictError where the page has another state than the one with the digest `began_with`.
    """
    row = lock(page)
    before = standing(row)
    draft = Draft.objects.filter(page=row.pk).first()
    edited = draft.data if draft else freeze(row)
    wanted = data or edited
    refuse_conflict(began_with, edited)
    check_publication(wanted, note=note, is_substantial=is_substantial)
    if are_equal(wanted, edited):
        Draft.objects.filter(page=row.pk).delete()
    elif not row.is_live:
        Draft.objects.create(page_id=row.pk, data=edited, by=row.writer, is_shared=True)
    if draft or data:  # elsewhere the rows are what is wanted
        row = thaw(wanted)
        wanted = freeze(row)
    return _show(row, wanted, before=before, by=by, note=note, is_substantial=is_substantial, at=at)


def check_publication(data: Frozen, *, note: str, is_substantial: bool) -> None:
    """Raise ValidationError where `data` may not be shown, or a change of substance is not explained to readers."""
    if is_substantial and not note:
        raise ValidationError("Readers are told of a change of substance: say in the note what changed.")
    check(data)


def _show(
    row: Any, data: Frozen, *, before: str, by: Person, note: str, is_substantial: bool, at: datetime | None
) -> Revision:
    Schedule.objects.filter(page=row.pk).delete()
    latest = Revision.objects.filter(page=row.pk).order_by("-number").first()
    if latest and row.live_revision_id == latest.pk and are_equal(data, latest.data):
        return latest
    at = at or timezone.now()
    changes = latest.changes if latest else []
    revision = Revision.objects.create(
        page_id=row.pk,
        number=latest.number + 1 if latest else 1,
        data=data,
        by=by,
        note=note,
        is_substantial=is_substantial,
        changes=[{"at": at.isoformat(), "note": note}, *changes] if is_substantial else changes,
        at=at,
    )
    Page.objects.filter(pk=row.pk).update(live_revision=revision)
    _keep_old_path(row, latest)
    _keep_citations(row, cited_keys(data))
    indexing.index(row)
    record(row, Action.PUBLISHED, by=by, before=before, note=note)
    return revision


@transaction.atomic
def unpublish(page: Page, *, by: Person) -> None:
    """Hide `page` from readers. Its draft, or else what was live, stays in its rows for the editors."""
    row = lock(page)
    if not row.is_live:
        return
    with audited(row, Action.UNPUBLISHED, by=by):
        if draft := Draft.objects.filter(page=row.pk).first():
            thaw(_with_free_slug(draft.data))
            draft.delete()
        Schedule.objects.filter(page=row.pk).delete()
        Page.objects.filter(pk=row.pk).update(live_revision=None)
        _keep_citations(row, set())
        indexing.forget(row)


def restore(revision: Revision, *, by: Person, began_with: str | None = None) -> Draft | None:
    """Make the state of an earlier publication the draft of its page; readers see it when that is published.

    Raises ConflictError where the page has another state than the one with the digest `began_with`.
    """
    note = f"Publication {revision.number}"
    return save_draft(revision.page, revision.data, by=by, began_with=began_with, action=Action.RESTORED, note=note)


@transaction.atomic
def hand_over(page: Page, writer: Person, *, by: Person) -> None:
    """Let `writer`, or no writer at all, change the page from now on."""
    row = lock(page)
    with audited(row, Action.HANDED_OVER, by=by, note=f"To {writer.get_username() if writer else 'nobody'}"):
        Page.objects.filter(pk=row.pk).update(writer=writer)


def _with_free_slug(data: Frozen) -> Frozen:
    """`data` with the slug that its page has now, where another page has taken the slug that it asks for."""
    wanted = Page.objects.filter(kind=data["kind"], slug=data["fields"]["slug"])
    if not wanted.exclude(pk=data["id"]).exists():
        return data
    slug = Page.objects.get(pk=data["id"]).slug
    return {**data, "fields": {**data["fields"], "slug": slug}}


def lock(page: Page) -> Any:
    """The page as an instance of its own kind, locked until the transaction ends: always by its row among all pages."""
    Page.objects.select_for_update().get(pk=page.pk)
    return apps.get_model(page.kind)._base_manager.get(pk=page.pk)


def lock_all() -> None:
    """Let nobody else change a page until the transaction ends.

    Who is going to change many pages locks them at once, before anything else: one by one, two who each wait for what
    the other holds would wait forever.
    """
    list(Page.objects.select_for_update().order_by("pk").values_list("pk"))


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
