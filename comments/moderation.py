"""What moderators do, each over many comments at once and in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from . import mailing
from .models import Comment, Decision, Status, Thread, Verdict
from .threads import settle
from .training import retrain

MARGIN = timedelta(seconds=10)  # more than a text takes to be saved

#: What can be said to an author whose comment is refused, in plain words.
REASONS = (
    "It tells others to take, change or stop a treatment. Only somebody who knows the person can advise that.",
    "It holds personal data, such as a telephone number or a clinician's name.",
    "It advertises something.",
    "It states as a fact what the evidence on this site does not support.",
    "It is unkind to somebody.",
    "It is about something else than this page.",
    "It is a question that only somebody's own doctor can answer.",
)


@transaction.atomic
def decide(
    comments: Iterable[Comment],
    verdict: Verdict,
    *,
    by: User | None,
    reason: str = "",
    drawn_at: datetime | None = None,
) -> list[Comment]:
    """Approve or refuse `comments`; returns those that it was done to.

    Left alone are those that stand so already, those that their authors withdrew, and those that are not what somebody
    saw on a page drawn at `drawn_at`: newer, written anew, or decided on by another since.
    """
    for page in sorted({comment.page_id for comment in comments}):
        Thread.objects.locked(page)
    rows = Comment.objects.select_for_update().filter(pk__in=[comment.pk for comment in comments])
    rows = rows.exclude(status__in=[Status.WITHDRAWN, verdict.value])
    decided = list(_as_drawn(rows, drawn_at) if drawn_at else rows)
    Decision.objects.bulk_create(
        Decision(comment=row, verdict=verdict, before=row.status, reason=reason, by=by) for row in decided
    )
    for row in decided:
        row.place(Status(verdict))
        row.reason, row.due_at = reason, None
    Comment.objects.bulk_update(decided, ["status", "hidden_at", "reason", "due_at"], batch_size=100)
    settle(decided)
    if verdict == Verdict.APPROVED:
        mailing.announce(decided)
    if decided:
        retrain.enqueue()
    return decided


def _as_drawn(rows: QuerySet[Comment], drawn_at: datetime) -> QuerySet[Comment]:
    """Those of `rows` that are what a page drawn then showed; a text may have been on its way into the database."""
    written_anew = Q(edited_at__gt=drawn_at - MARGIN)
    decided_since = Decision.objects.filter(comment=OuterRef("pk"), at__gt=drawn_at)
    return rows.filter(posted_at__lte=drawn_at).exclude(written_anew).exclude(Exists(decided_since))


def overdue(now: datetime | None = None) -> list[Comment]:
    """What should have been read by now, the most pressing first."""
    return list(Comment.objects.filter(status=Status.PENDING, due_at__lt=now or timezone.now()).order_by("due_at"))
