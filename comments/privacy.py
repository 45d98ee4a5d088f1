"""What we hold about a person who commented, handed out and forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .judging import TOLD
from .models import AddressKey, Comment, EarlierText, SentMail, Status, Thread
from .senders import KEY_LASTS
from .threads import settle
from .training import retrain_soon

#: How long what is not shown is kept.
ADDRESSES = timedelta(days=30)
UNCONFIRMED_EMAILS = timedelta(days=30)
WITHDRAWN = timedelta(days=30)
REJECTED = timedelta(days=90)
SPAM = timedelta(days=365)  # the model learns from it
EARLIER_TEXTS = timedelta(days=90)


def export(comments: Iterable[Comment]) -> list[dict[str, Any]]:
    """Everything that is kept with these comments, in words."""
    return [
        {
            "page": comment.page.path,
            "name": comment.name,
            "text": comment.body,
            "posted at": comment.posted_at,
            "changed at": comment.edited_at,
            "status": comment.get_status_display(),
            "reason given": comment.reason,
            "what the rules found": [TOLD.get(finding.rule, finding.rule) for finding in comment.findings.all()],
            "decisions": [
                {"at": decision.at, "decision": decision.get_verdict_display(), "reason": decision.reason}
                for decision in comment.decisions.all()
            ],
            "earlier texts": [{"until": text.until, "text": text.body} for text in comment.earlier_texts.all()],
            "appeal": comment.appeal,
            "e-mail": comment.email,
            "e-mail confirmed at": comment.email_confirmed_at,
            "told of replies": comment.wants_replies,
            "hash of the network address": comment.address,
        }
        for comment in comments
    ]


def to_export(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """The same, with all that `export` reads: five queries, however many there are."""
    return comments.select_related("page").prefetch_related("findings", "decisions", "earlier_texts")


@transaction.atomic
def erase(comments: Iterable[Comment]) -> None:
    """Delete comments and all that is kept with them; where others answered, an empty place remains."""
    doomed = sorted(comments, key=lambda comment: str(comment.page_id))
    for comment in doomed:
        Thread.objects.locked(comment.page_id)
    keys = [comment.pk for comment in doomed]
    answered = set(Comment.objects.filter(parent__in=keys).exclude(pk__in=keys).values_list("parent", flat=True))
    Comment.objects.filter(pk__in=keys, parent__isnull=False).delete()
    Comment.objects.filter(pk__in=keys).exclude(pk__in=answered).delete()
    for kept in Comment.objects.filter(pk__in=answered):
        _empty(kept)
    settle(doomed)
    retrain_soon()


def _empty(comment: Comment) -> None:
    for rows in (comment.findings, comment.decisions, comment.earlier_texts):
        rows.all().delete()
    page, posted_at = comment.page_id, comment.posted_at
    Comment(pk=comment.pk, page_id=page, posted_at=posted_at, status=Status.WITHDRAWN).save(force_update=True)


def forget(now: datetime | None = None) -> dict[str, int]:
    """Let go of what has been kept long enough; returns how much of what."""
    now = now or timezone.now()
    comments = Comment.objects.all()
    unconfirmed = Q(email_confirmed_at__isnull=True) | Q(wants_replies=False)
    old_texts = (
        Q(status=Status.WITHDRAWN, posted_at__lt=now - WITHDRAWN)
        | Q(status=Status.REJECTED, posted_at__lt=now - REJECTED)
        | Q(status=Status.SPAM, posted_at__lt=now - SPAM)
    )
    hidden = list(comments.filter(old_texts).exclude(body=""))
    if hidden:
        erase(hidden)
    return {
        "hidden comments": len(hidden),
        "network addresses": comments.exclude(address="").filter(posted_at__lt=now - ADDRESSES).update(address=""),
        "keys of addresses": AddressKey.objects.filter(since__lt=now - KEY_LASTS - ADDRESSES).delete()[0],
        "e-mail addresses": comments.exclude(email="")
        .filter(unconfirmed, posted_at__lt=now - UNCONFIRMED_EMAILS)
        .update(email="", wants_replies=False),
        "earlier texts": EarlierText.objects.filter(until__lt=now - EARLIER_TEXTS).delete()[0],
        "counts of letters": SentMail.objects.filter(at__lt=now - timedelta(days=1)).delete()[0],
    }
