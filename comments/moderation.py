"""What moderators do, each over many comments at once and in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from . import mailing
from .models import Comment, Decision, Status, Thread, Verdict
from .threads import settle
from .training import retrain_soon

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
    comments: Iterable[Comment], verdict: Verdict, *, by: User | None, reason: str = "", seen_at: datetime | None = None
) -> list[Comment]:
    """Approve or refuse `comments`; returns those that it was done to.

    Left alone are those that stand so already, those that their authors withdrew, and, as nobody would know what they
    decide on, those that were written anew since `seen_at`.
    """
    pages = {comment.page_id for comment in comments}
    for page in sorted(pages):
        Thread.objects.locked(page)
    rows = Comment.objects.select_for_update().filter(pk__in=[comment.pk for comment in comments])
    decided = [row for row in rows if _is_open_to(row, verdict, seen_at)]
    Decision.objects.bulk_create(
        Decision(comment=row, verdict=verdict, before=row.status, reason=reason, by=by) for row in decided
    )
    for row in decided:
        row.status, row.reason, row.due_at = Status(verdict), reason, None
    Comment.objects.bulk_update(decided, ["status", "reason", "due_at"], batch_size=100)
    settle(decided)
    if verdict == Verdict.APPROVED:
        mailing.announce(decided)
    if decided:
        retrain_soon()
    return decided


def _is_open_to(comment: Comment, verdict: Verdict, seen_at: datetime | None) -> bool:
    is_unseen = seen_at is not None and comment.edited_at is not None and comment.edited_at > seen_at
    return comment.status not in {Status.WITHDRAWN, verdict.value} and not is_unseen


def overdue(now: datetime | None = None) -> list[Comment]:
    """What should have been read by now, the most pressing first."""
    return list(Comment.objects.filter(status=Status.PENDING, due_at__lt=now or timezone.now()).order_by("due_at"))
