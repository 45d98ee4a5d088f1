"""Publications planned for a moment: from then on readers see them, without any job having run.

The first request after the moment settles what is due, and `manage.py tick` does it where nobody looks.
"""

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils import timezone

from . import drafts, locking, publishing
from .auditing import Person, audited
from .checking import describe
from .models import Action, Page, Schedule

logger = logging.getLogger(__name__)


@transaction.atomic
def schedule(
    page: Page,
    *,
    at: datetime,
    by: Person,
    note: str = "",
    is_substantial: bool = False,
    began_with: str | None = None,
) -> Schedule:
    """Plan to publish the draft of `page` as it is now; another plan for the page ends.

    Raises ValidationError, with nothing written, where the moment has passed or the draft may not be published;
    drafts.ConflictError where the page has another state than the one with the digest `began_with`.
    """
    if at <= timezone.now():
        raise ValidationError("Choose a moment that is still to come.")
    locking.lock(page)
    data = drafts.state_of(page)
    drafts.refuse_conflict(began_with, data)
    publishing.check_publication(data, note=note, is_substantial=is_substantial)
    fields: dict[str, Any] = {"at": at, "data": data, "by": by, "note": note, "is_substantial": is_substantial}
    with audited(page, Action.SCHEDULED, by=by, note=note):
        planned, _ = Schedule.objects.update_or_create(page_id=page.pk, defaults=fields | {"failure": ""})
    return planned


@transaction.atomic
def unschedule(page: Page, *, by: Person) -> None:
    """Give up the plan to publish `page`; its draft stays."""
    locking.lock(page)
    planned = Schedule.objects.filter(page=page.pk)
    if planned.exists():
        with audited(page, Action.UNSCHEDULED, by=by):
            planned.delete()


def settle_due() -> list[Schedule]:
    """Publish what is due, each in a transaction of its own, and return what was due: one query where nothing is.

    Of several requests at once, one publishes and the others wait for it. What may not be published is left as it was,
    with its `failure`; where the database refuses, it stays due.
    """
    return [found for key in Schedule.objects.due().values_list("pk", flat=True) if (found := _settle(key))]


def _settle(key: Any) -> Schedule | None:
    try:
        with transaction.atomic():
            if due := _locked(key):
                _publish(due)
            return due
    except ValidationError as error:
        return _note_failure(key, "\n".join(describe(error)))
    except (IntegrityError, DataError) as error:  # trying again would not help
        return _note_failure(key, f"The database refuses it: {error}")
    except DatabaseError:
        logger.exception("The planned publication of page %s was not written; it stays due.", key)
    except Exception as error:  # a plan that cannot be carried out must not take every page down with it
        logger.exception("The planned publication of page %s failed.", key)
        return _note_failure(key, f"The site failed to publish it ({type(error).__name__}).")
    return None


def _locked(key: Any) -> Schedule | None:
    """The plan, if it is still due: another request may have settled it while this one waited for the page."""
    Page.objects.select_for_update().filter(pk=key).first()
    return Schedule.objects.due().select_related("by", "page").filter(pk=key).first()


def _publish(due: Schedule) -> None:
    publishing.publish(due.page, by=due.by, note=due.note, is_substantial=due.is_substantial, data=due.data, at=due.at)


@transaction.atomic
def _note_failure(key: Any, failure: str) -> Schedule | None:
    due = _locked(key)
    if due:
        with audited(due.page, Action.FAILED, by=due.by, note=failure):
            due.failure = failure
            due.save(update_fields=["failure"])
    return due
