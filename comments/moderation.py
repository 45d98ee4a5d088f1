"""What moderators make of comments. How anything is done and undone is in `deeds`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Page

from . import mailing
from .deeds import CHANGED, ENOUGH_PINNED, Done, Seen, doing
from .errors import NotNowError
from .models import Comment, Deed, Finding, Kind, Lane, Report, Status, Thread, Verdict
from .models.comments import LONGEST_REASON, MOST_PINNED
from .reporting import weigh_again
from .training import retrain

WITHDRAWN = "Its author withdrew it."
ALREADY = "It is so already."
NOT_SHOWN = "Readers do not see it."
IS_REPLY = "Only what begins a thread can be pinned."
SAME_PAGE = "It stands on that page."
SENT_TWICE = "This reply has been sent."
TWICE = timedelta(minutes=5)  # within which the same reply is the same press of a button
ANSWERED_MEANWHILE = "Another comment in its thread has changed meanwhile, or somebody is reading one."


@transaction.atomic
def decide(
    comments: Iterable[Comment], verdict: Verdict, *, by: User | None, reason: str = "", seen: Seen | None = None
) -> Done:
    """Approve or refuse comments; what readers reported of them is answered by it."""
    with doing(Kind(verdict), comments, by=by, reason=reason, seen=seen) as done:
        unanswered = Report.objects.unanswered().filter(comment__in=done.comments)
        reported = set(unanswered.values_list("comment", flat=True))
        for row in list(done.comments):
            if row.status == Status.WITHDRAWN:
                done.leave(row, WITHDRAWN)
            elif row.status == verdict and row.due_at is None and row.pk not in reported:
                done.leave(row, ALREADY)
            else:
                settle_on(row, verdict, done.deed)
        answer_reports(done)
        told = mailing.to_announce(done.comments) if verdict == Verdict.APPROVED else []
    mailing.announce(told, wait=mailing.LETTERS_WAIT)
    if done.comments:
        retrain.enqueue()
    return done


def settle_on(row: Comment, verdict: Verdict, deed: Deed) -> None:
    """Give it what was decided, unsaved; it waits no longer."""
    row.place(Status(verdict), deed.at)
    row.reason = deed.reason
    row.unqueue()


def answer_reports(done: Done) -> None:
    Report.objects.unanswered().filter(comment__in=done.comments).update(settled=done.deed)


def dispute(finding: Finding, *, by: User | None, seen: Seen | None = None) -> Done:
    """Say that a rule was wrong about a comment: it then stands where it would without that finding."""
    # The reason is kept for good; what the rule saw may be words of the text.
    with doing(Kind.DISPUTED, [finding.comment], by=by, reason=finding.rule, seen=seen) as done:
        for row in list(done.comments):
            if not row.findings.filter(pk=finding.pk, disputed=None).update(disputed=done.deed):
                done.leave(row, ALREADY)
                continue
            weigh_again(row, may_be_safe=finding.lane == Lane.CRISIS)
    return done


def pin(comment: Comment, *, by: User | None, seen: Seen | None = None) -> Done:
    """Let its thread stand above the others of the page, or no longer where it does."""
    kind = Kind.UNPINNED if comment.is_pinned else Kind.PINNED
    with doing(kind, [comment], by=by, seen=seen) as done:
        for row in list(done.comments):
            if row.is_pinned == (kind == Kind.PINNED):
                done.leave(row, ALREADY)
            elif kind == Kind.PINNED and (why := _why_not_pinned(row)):
                done.leave(row, why)
            else:
                row.is_pinned = kind == Kind.PINNED
    return done


def _why_not_pinned(row: Comment) -> str:
    if row.parent_id:
        return IS_REPLY
    if not row.is_shown:
        return NOT_SHOWN
    pinned = Comment.objects.pinned().filter(page=row.page_id).count()
    return ENOUGH_PINNED if pinned >= MOST_PINNED else ""


@transaction.atomic
def move(comment: Comment, page: Page, *, by: User | None, seen: Seen | None = None) -> Done:
    """Move a thread with all replies to another page; a reply alone begins a thread there."""
    for key in sorted({comment.page_id, page.pk}):
        Thread.objects.locked(key)  # before its replies are read
    replies = list(comment.replies.all())
    versions = None if seen is None else {**{reply.pk: reply.version for reply in replies}, **seen}
    reason = f"From {comment.page.path} to {page.path}"[:LONGEST_REASON]
    with doing(Kind.MOVED, [comment, *replies], by=by, reason=reason, seen=versions, to_page=page) as done:
        for row in list(done.comments):
            if done.left:  # a thread stays together: all of it moves, or nothing
                done.leave(row, done.left.get(comment.pk, ANSWERED_MEANWHILE))
            elif row.page_id == page.pk:
                done.leave(row, SAME_PAGE)
            else:
                row.page, row.is_pinned = page, False
                if row.pk == comment.pk:
                    row.parent = None
    return done


@transaction.atomic
def reply(comment: Comment, text: str, *, name: str, by: User | None, seen: Seen | None = None) -> Done:
    """Answer in the thread of a comment as a moderator, shown at once as such; undoing it takes it away.

    Raises NotNowError where readers do not see what is answered, or see something else than the moderator did.
    """
    Thread.objects.locked(comment.page_id)
    row = Comment.objects.approved().filter(pk=comment.pk, page=comment.page_id).first()
    if row is None:
        raise NotNowError(NOT_SHOWN)
    if seen is not None and seen.get(row.pk) != row.version:
        raise NotNowError(CHANGED)
    just_now = Comment.objects.filter(parent=row.thread_key, is_by_staff=True, posted_at__gt=timezone.now() - TWICE)
    if just_now.filter(body=text).exists():
        raise NotNowError(SENT_TWICE)
    answer = Comment(page_id=comment.page_id, parent_id=comment.thread_key, name=name, body=text, is_by_staff=True)
    answer.place(Status.APPROVED)
    answer.save()
    with doing(Kind.REPLIED, [answer], by=by) as done:
        told = mailing.to_announce(done.comments)
    mailing.announce(told, wait=mailing.LETTERS_WAIT)
    return done


def overdue(now: datetime | None = None) -> list[Comment]:
    """What should have been read by now, what has been late for longest first."""
    return list(Comment.objects.waiting().filter(due_at__lt=now or timezone.now()).order_by("due_at"))
