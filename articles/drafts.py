"""The unpublished state of a page, and the one way to change it.

The unpublished changes of a live page are its `Draft`; the rows of a page that is not live are its draft. Every
function that writes is one transaction, and locks the page first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from .auditing import Person, audited
from .freezing import Frozen, are_equal, digest, freeze, thaw
from .locking import lock
from .models import Action, Draft, Page, Revision

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
                thaw(with_free_slug(draft.data))
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
        thaw(with_free_slug(data))
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


def restore(revision: Revision, *, by: Person, began_with: str | None = None) -> Draft | None:
    """Make the state of an earlier publication the draft of its page; readers see it when that is published.

    Raises ConflictError where the page has another state than the one with the digest `began_with`.
    """
    note = f"Publication {revision.number}"
    return save_draft(revision.page, revision.data, by=by, began_with=began_with, action=Action.RESTORED, note=note)


def with_free_slug(data: Frozen) -> Frozen:
    """`data` with the slug that its page has now, where another page has taken the slug that it asks for."""
    wanted = Page.objects.filter(kind=data["kind"], slug=data["fields"]["slug"])
    if not wanted.exclude(pk=data["id"]).exists():
        return data
    slug = Page.objects.get(pk=data["id"]).slug
    return {**data, "fields": {**data["fields"], "slug": slug}}
