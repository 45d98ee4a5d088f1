"""What we hold about a person who commented, handed out and forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .judging import TOLD
from .models import (
    AddressKey,
    Arrival,
    Comment,
    Decision,
    Deed,
    EarlierText,
    Finding,
    Measure,
    Report,
    Sanction,
    SentMail,
    Status,
    Thread,
)
from .senders import KEY_LASTS
from .threads import settle
from .training import retrain

#: How long what is not shown is kept, counted from when it was hidden.
KEPT = {
    Status.WITHDRAWN: timedelta(days=30),
    Status.REJECTED: timedelta(days=90),
    Status.SPAM: timedelta(days=365),  # the model learns from it
}
ADDRESSES = timedelta(days=30)
UNCONFIRMED_EMAILS = timedelta(days=30)
EARLIER_TEXTS = timedelta(days=90)
NOTES = timedelta(days=90)  # with reports


def export(comments: Iterable[Comment]) -> list[dict[str, Any]]:
    """What is kept with these comments, in words; of a report, that there was one, for its words are another's."""
    return [
        {
            **_written(comment),
            **_standing(comment),
            "what the rules found": [_found(comment, finding) for finding in comment.findings.all()],
            "decisions": [_decided(decision) for decision in comment.decisions.all()],
            "reports by readers": [
                {"at": report.at, "reason": report.get_complaint_display()} for report in comment.reports.all()
            ],
            "warnings and bans": [_imposed(sanction) for sanction in comment.sanctions.all()],
            **_sender(comment),
        }
        for comment in comments
    ]


def _written(comment: Comment) -> dict[str, Any]:
    return {
        "page": comment.page.path,
        "in answer to": comment.parent_id,
        "name": comment.name,
        "text": comment.body,
        "posted at": comment.posted_at,
        "changed at": comment.edited_at,
        "earlier texts": [{"until": text.until, "text": text.body} for text in comment.earlier_texts.all()],
        "appeal": comment.appeal,
        "appealed at": comment.appealed_at,
        "written by a moderator": comment.is_by_staff,
    }


def _standing(comment: Comment) -> dict[str, Any]:
    return {
        "status": comment.get_status_display(),
        "hidden since": comment.hidden_at,
        "words taken out at": comment.redacted_at,
        "pinned": comment.is_pinned,
        "waits since": comment.queued_at,
        "lane": comment.get_lane_display(),
        "points": comment.points,
        "to be read by": comment.due_at,
        "reason given": comment.reason,
    }


def _found(comment: Comment, finding: Finding) -> dict[str, Any]:
    return {
        "what": TOLD.get(finding.rule, finding.rule),
        "why": finding.why,
        "where": comment.body[finding.start : finding.end],
        "lane": finding.get_lane_display(),
        "points": finding.points,
        "said to be wrong": finding.disputed_id is not None,
    }


def _decided(decision: Decision) -> dict[str, Any]:
    return {
        "at": decision.deed.at,
        "decision": decision.deed.get_kind_display(),
        "reason": decision.deed.reason,
        "undone at": decision.deed.undone_at,
        "stood in lane": decision.get_lane_display(),
        "had waited": decision.waited,
        "stood before": decision.before,
    }


def _imposed(sanction: Sanction) -> dict[str, Any]:
    return {
        "what": sanction.get_measure_display(),
        "reason": sanction.reason,
        "until": sanction.until,
        "code of the network address": sanction.address,
        "code of the e-mail address": sanction.email,
    }


def _sender(comment: Comment) -> dict[str, Any]:
    return {
        "e-mail": comment.email,
        "e-mail given at": comment.email_given_at,
        "e-mail confirmed at": comment.email_confirmed_at,
        "told of replies": comment.wants_replies,
        "replied to others at": comment.announced_at,
        "code of the network address": comment.address,
        "key of the form": comment.form_key,
    }


def to_export(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """The same, with all that `export` reads: seven queries, however many there are."""
    kept = "findings", "decisions__deed", "earlier_texts", "reports", "sanctions"
    return comments.select_related("page").prefetch_related(*kept)


@transaction.atomic
def erase(comments: QuerySet[Comment]) -> int:
    """Delete comments and all that is kept with them; where others answered, an empty place remains.

    Returns how many. `comments` is asked again once the threads are locked: what is no longer one of them stays. Bans
    stay, too, or else erasing a comment would lift one; and so does the audit, to which nobody adds words of readers:
    that something was decided, when, by whom, and the reason that was given.
    """
    for page in sorted(set(comments.order_by().values_list("page", flat=True))):
        Thread.objects.locked(page)
    doomed = list(comments)
    keys = [comment.pk for comment in doomed]
    deeds = set(Decision.objects.filter(comment__in=keys).values_list("deed", flat=True))
    answered = set(Comment.objects.filter(parent__in=keys).exclude(pk__in=keys).values_list("parent", flat=True))
    Comment.objects.filter(pk__in=keys, parent__isnull=False).delete()
    Comment.objects.filter(pk__in=keys).exclude(pk__in=answered).delete()
    for kept in Comment.objects.filter(pk__in=answered):
        _empty(kept)
    Deed.objects.filter(pk__in=deeds, decisions=None, sanction=None).update(reason="")  # it may quote them
    settle(doomed)
    if doomed:
        retrain.enqueue()
    return len(doomed)


def _empty(comment: Comment) -> None:
    for rows in (comment.findings, comment.decisions, comment.earlier_texts, comment.reports):
        rows.all().delete()
    comment.sanctions.update(comment=None)
    bare = Comment(pk=comment.pk, page_id=comment.page_id, parent_id=comment.parent_id, posted_at=comment.posted_at)
    bare.place(Status.WITHDRAWN)
    bare.save(force_update=True)


def forget(now: datetime | None = None) -> dict[str, int]:
    """Let go of what has been kept long enough; returns how much of what."""
    now = now or timezone.now()
    comments = Comment.objects.all()
    long_hidden = Q(pk__in=())
    for status, span in KEPT.items():
        long_hidden |= Q(status=status, hidden_at__lt=now - span)
    unconfirmed = Q(email_confirmed_at__isnull=True) | Q(wants_replies=False)
    last_week = int((now - KEY_LASTS).timestamp() // KEY_LASTS.total_seconds())
    long_ago = now - ADDRESSES
    ended = Q(until__lt=long_ago) | Q(lifted__at__lt=long_ago) | Q(measure=Measure.WARNING, deed__at__lt=long_ago)
    return {
        "hidden comments": erase(comments.filter(long_hidden).exclude(body="")),
        "network addresses": comments.exclude(address="").filter(posted_at__lt=long_ago).update(address=""),
        "arrivals": Arrival.objects.filter(at__lt=long_ago).delete()[0],
        "keys of addresses": AddressKey.objects.filter(week__lt=last_week).delete()[0],
        "e-mail addresses": comments.exclude(email="")
        .filter(unconfirmed, email_given_at__lt=now - UNCONFIRMED_EMAILS)
        .update(email="", email_given_at=None, email_confirmed_at=None, wants_replies=False),
        "networks of banned people": Sanction.objects.exclude(address="")
        .filter(deed__at__lt=long_ago)
        .update(address=""),
        "e-mail addresses of banned people": Sanction.objects.exclude(email="").filter(ended).update(email=""),
        "earlier texts": EarlierText.objects.filter(until__lt=now - EARLIER_TEXTS).delete()[0],
        "networks of reporters": Report.objects.exclude(address="").filter(at__lt=long_ago).update(address=""),
        "notes with reports": Report.objects.exclude(note="").filter(at__lt=now - NOTES).update(note=""),
        "counts of letters": SentMail.objects.filter(at__lt=now - timedelta(days=1)).delete()[0],
    }
