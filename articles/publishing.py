"""The one way from a draft to what readers see, and back.

Rows of a live page are always what readers see; its unpublished changes are one `Draft`. The rows of a page that is not
live are its draft. Every function that writes is one transaction, and locks the page first.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .auditing import Person, audited, record, standing
from .checking import check
from .citing import cited_keys
from .drafts import refuse_conflict, with_free_slug
from .freezing import Frozen, are_equal, freeze, thaw
from .locking import lock
from .models import Action, Citation, Draft, OldPath, Page, Revision, Schedule
from .search import indexing


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
            thaw(with_free_slug(draft.data))
            draft.delete()
        Schedule.objects.filter(page=row.pk).delete()
        Page.objects.filter(pk=row.pk).update(live_revision=None)
        _keep_citations(row, set())
        indexing.forget(row)


@transaction.atomic
def hand_over(page: Page, writer: Person, *, by: Person) -> None:
    """Let `writer`, or no writer at all, change the page from now on."""
    row = lock(page)
    with audited(row, Action.HANDED_OVER, by=by, note=f"To {writer.get_username() if writer else 'nobody'}"):
        Page.objects.filter(pk=row.pk).update(writer=writer)


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
