"""What readers do: write a comment, write it anew, take it back, ask for another look. Each is one transaction.

The thread of the page is locked first and the comment second, here and in `moderation`, so that nobody waits in a ring.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Page

from . import mailing
from .judging import OTHERS_WAIT, examine, fingerprint, note_findings, place
from .models import Comment, EarlierText, Lane, Status, Thread
from .models.comments import MOST_TEXTS
from .rules.base import Circumstances
from .threads import settle

MOST_AN_HOUR = 15  # comments from one network; more than rules and moderators should have to deal with


class NotNowError(Exception):
    """It cannot be done as things are; the message says why, in words for the author."""


@dataclass(frozen=True)
class Sender:
    """What is known of whoever sends a form."""

    addresses: list[str]  # hashes, the one under the present key first
    seconds: float  # since the form was handed out
    trap: str = ""

    def circumstances(self, text: str, comment: Comment | None = None) -> Circumstances:
        written_anew = comment.pk if comment else None
        return Circumstances(self.seconds, self.trap, tuple(self.addresses), fingerprint(text), written_anew)


@transaction.atomic
def post(page: Page, *, parent: Comment | None, form_key: str, sender: Sender, **written: Any) -> Comment:
    """Keep a new comment; the same form sent twice with the same text is the comment that is there already.

    `written` holds `name`, `body`, `email` and `wants_replies`. Raises NotNowError, with nothing written, where the
    thread is closed, the form was sent before with another text, or too much comes from one network.
    """
    thread = Thread.objects.locked(page.pk)
    if there := Comment.objects.filter(form_key=form_key).first():
        if there.body == written["body"]:
            return there
        raise NotNowError(
            "This form was sent before, with another text. Send it again, and it is a comment of its own."
        )
    if not thread.is_open:
        raise NotNowError("Comments on this page are closed.")
    _refuse_flood(sender.addresses)
    comment = Comment(page_id=page.pk, parent=parent, form_key=form_key, **written)
    comment.address = next(iter(sender.addresses), "")
    _judge_and_save(comment, thread, sender)
    if comment.wants_replies:
        mailing.ask_to_confirm(comment)
    return comment


def _refuse_flood(addresses: list[str]) -> None:
    hour = timezone.now() - timedelta(hours=1)
    if addresses and Comment.objects.filter(address__in=addresses, posted_at__gt=hour).count() >= MOST_AN_HOUR:
        raise NotNowError("Too many comments have come from your network in the last hour. Please send it later.")


def _judge_and_save(comment: Comment, thread: Thread, sender: Sender) -> None:
    judgement = examine(comment, sender.circumstances(comment.body, comment))
    place(comment, judgement, thread)
    comment.save()
    note_findings(comment, judgement)
    settle([comment])
    if comment.status == Status.APPROVED:
        mailing.announce([comment])
    if comment.lane == Lane.CRISIS and comment.status == Status.PENDING:
        mailing.alert_moderators(comment)


@transaction.atomic
def rewrite(comment: Comment, body: str, *, sender: Sender) -> Comment:
    """Replace the text by `body` and judge it anew: within minutes of posting, or to send a refused comment again.

    Raises NotNowError, with nothing written, where the time is over or it has been written anew too often.
    """
    row, thread = _locked(comment)
    if not row.can_be_edited and not row.can_be_sent_again:
        raise NotNowError("This comment can no longer be changed.")
    if not thread.is_open:
        raise NotNowError("Comments on this page are closed.")
    if row.earlier_texts.count() >= MOST_TEXTS:
        raise NotNowError("This comment has been written anew too often.")
    EarlierText.objects.create(comment=row, body=row.body)
    row.body, row.edited_at, row.reason = body, timezone.now(), ""
    _judge_and_save(row, thread, sender)
    return row


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Hide the comment; its author may send it again until its text is forgotten."""
    row, _ = _locked(comment)
    row.status, row.due_at = Status.WITHDRAWN, None
    row.save()
    settle([row])


@transaction.atomic
def appeal(comment: Comment, why: str) -> None:
    """Put a refused comment before a moderator once more. Raises NotNowError where that was done before."""
    row, _ = _locked(comment)
    if not row.can_be_appealed:
        raise NotNowError("A comment can be looked at again once, and only while it is refused.")
    row.appeal, row.appealed_at = why, timezone.now()
    row.status = Status.PENDING
    row.due_at = timezone.now() + OTHERS_WAIT
    row.save()
    settle([row])


def _locked(comment: Comment) -> tuple[Comment, Thread]:
    thread = Thread.objects.locked(comment.page_id)
    return Comment.objects.select_for_update().get(pk=comment.pk), thread


def ask_for_replies(comment: Comment, email: str) -> None:
    """Write to `email` to ask whether replies are wanted there. Raises NotNowError where the site sends no mail."""
    if not mailing.is_on():
        raise NotNowError("This site cannot send e-mail.")
    with transaction.atomic():
        row, _ = _locked(comment)
        is_same = row.email == email
        row.email, row.wants_replies = email, True
        row.email_confirmed_at = row.email_confirmed_at if is_same else None
        row.save()
        if row.email_confirmed_at is None:
            mailing.ask_to_confirm(row)


def confirm_email(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(email_confirmed_at=timezone.now(), wants_replies=True)


def stop_replies(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)
