"""What readers do: write a comment, write it anew, take it back, ask for another look. Each is one transaction.

The thread of the page is locked first and the comment second, here and in `deeds`, so that nobody waits in a ring.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Page

from . import mailing, sanctions
from .errors import NotNowError
from .judging import fingerprint, judge_comment, line_up, note_findings, status_for
from .models import Arrival, Comment, EarlierText, Kind, Lane, Status, Thread, most_pressing
from .models.comments import HIDDEN, MOST_TEXTS, new_version
from .reporting import lane_asked_for
from .senders import Sender, is_too_much
from .threads import settle

#: Texts from one network, and from all that are unknown: more than rules and moderators should have to deal with.
MOST_AN_HOUR, MOST_AN_HOUR_OF_UNKNOWN = 15, 150


@transaction.atomic
def post(page: Page, *, parent: Comment | None, form_key: str, sender: Sender, **written: Any) -> Comment:
    """Keep a new comment; the same form sent twice with the same words is the comment that is there already.

    `written` holds `name`, `body`, `email` and `wants_replies`. Raises NotNowError, with nothing written, where the
    thread is closed, a moderator keeps the sender from writing, the form was sent before with other words or for a
    comment that was erased, or too much comes from one network.
    """
    thread = Thread.objects.locked(page.pk)
    if there := Comment.objects.filter(form_key=form_key).first():
        if all(getattr(there, name) == value for name, value in written.items()):
            return there
        raise NotNowError(
            "This form was sent before, with other words in it. Send it again, and it is a comment of its own. "
            "The first one can be withdrawn on its own page."
        )
    if Arrival.objects.filter(form_key=form_key).exists():
        raise NotNowError("This form was sent before, and what it brought was erased. Send it again to write it anew.")
    _refuse_where_closed(thread)
    _refuse_banned(sender.addresses, written["email"])
    if parent and not Comment.objects.threads(page).filter(pk=parent.pk).exists():
        raise NotNowError("What you answer has been moved or taken away meanwhile.")
    comment = Comment(page_id=page.pk, parent=parent, form_key=form_key, address=sender.address, **written)
    comment.email_given_at = timezone.now() if comment.email else None
    _judge_and_save(comment, thread, sender)
    if comment.wants_replies:
        mailing.ask_to_confirm(comment, sender.addresses)
    return comment


def _judge_and_save(
    comment: Comment, thread: Thread, sender: Sender, *, by_a_person: bool = False, least: Lane = Lane.NEW
) -> None:
    """Where `by_a_person`, nothing but a moderator shows it to readers; it stands in the lane `least`, or a worse one.

    Who may be in danger, or asked for another look, waits for a moderator whatever the rules say.
    """
    _refuse_flood(sender.addresses)
    waited_in_crisis = comment.waits_in_crisis
    judgement = judge_comment(comment, sender)
    comment.lane = most_pressing(comment.lane, least, lane_asked_for(comment))
    status = status_for(comment, judgement, thread)
    waits = comment.lane == Lane.CRISIS or comment.appeal or (by_a_person and status == Status.APPROVED)
    comment.place(Status.PENDING if waits else status)
    line_up(comment)
    comment.version = new_version()
    told = mailing.to_announce([comment]) if comment.status == Status.APPROVED else []
    comment.save()
    note_findings(comment, judgement)
    _note_arrival(comment, sender)
    settle([comment])
    mailing.announce(told)
    if comment.waits_in_crisis and not waited_in_crisis:
        mailing.alert_moderators(comment)


def _note_arrival(comment: Comment, sender: Sender) -> None:
    Arrival.objects.create(
        address=sender.address,
        fingerprint=fingerprint(comment.body),
        comment=comment.pk,
        form_key=comment.form_key or "",
    )


def _refuse_where_closed(thread: Thread) -> None:
    if not thread.is_open:
        raise NotNowError("Comments on this page are closed.")


def _refuse_banned(addresses: Iterable[str], email: str, *, is_confirmed: bool = False) -> None:
    if why := sanctions.refusal(addresses, email, is_confirmed=is_confirmed):
        raise NotNowError(why)


def _refuse_flood(addresses: Sequence[str]) -> None:
    last_hour = Arrival.objects.filter(at__gt=timezone.now() - timedelta(hours=1))
    if is_too_much(last_hour, addresses, MOST_AN_HOUR, of_unknown=MOST_AN_HOUR_OF_UNKNOWN):
        raise NotNowError("Too many comments have come from your network in the last hour. Please send it later.")


@transaction.atomic
def rewrite(comment: Comment, body: str, *, sender: Sender) -> Comment:
    """Replace the text by `body` and judge it anew: within minutes of posting, or to send a refused comment again.

    What was refused or withdrawn, or decided on by a moderator, is read by a moderator first. What readers or a
    moderator may see, and says the same already, stays as it is: so a form that is sent twice is done once. Raises
    NotNowError, with nothing written, where the time is over, a moderator keeps its author from writing, or it has been
    written anew too often.
    """
    row, thread = _locked(comment)
    if row.status not in HIDDEN and row.body == body:
        return row
    if not row.can_be_edited and not row.can_be_sent_again:
        raise NotNowError("This comment can no longer be changed.")
    _refuse_where_closed(thread)
    _refuse_banned([row.address, *sender.addresses], row.confirmed_email, is_confirmed=True)
    if row.earlier_texts.count() >= MOST_TEXTS:
        raise NotNowError("This comment has been written anew too often.")
    by_a_person = row.can_be_sent_again or _is_moderated(row)
    least = Lane.CRISIS if _is_unheard(row) else Lane.NEW
    EarlierText.objects.create(comment=row, body=row.body)
    row.body, row.edited_at = body, timezone.now()
    row.reason = ""
    if row.status != Status.PENDING:
        row.appeal = ""  # was of other words; where it waits, it is still to be read
    row.is_pinned = False  # other words were
    _judge_and_save(row, thread, sender, by_a_person=by_a_person, least=least)
    return row


def _is_moderated(comment: Comment) -> bool:
    """Whether a moderator has done anything to it that stands, or readers asked one to."""
    done = comment.decisions.filter(deed__undone_at__isnull=True).exclude(deed__kind=Kind.LIFTED)
    return done.exists() or comment.reports.unanswered().exists()


def _is_unheard(comment: Comment) -> bool:
    """Whether it is in the crisis lane and no moderator decided on the words that brought it there."""
    since = comment.decisions.verdicts().filter(deed__at__gte=comment.edited_at or comment.posted_at)
    return comment.waits_in_crisis or (comment.lane == Lane.CRISIS and not since.exists())


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Hide the comment; its author may send it again until its text is forgotten."""
    row, _ = _locked(comment)
    row.place(Status.WITHDRAWN)
    row.unqueue()
    row.version = new_version()
    row.save()
    settle([row])


@transaction.atomic
def appeal(comment: Comment, why: str) -> None:
    """Put a refused comment before a moderator once more. Raises NotNowError where that was done before.

    The same words sent twice are one appeal.
    """
    row, _ = _locked(comment)
    if row.status == Status.PENDING and row.appeal == why:
        return
    if not row.can_be_appealed:
        raise NotNowError("A comment can be looked at again once, and only while it is refused.")
    row.appeal, row.appealed_at = why, timezone.now()
    row.place(Status.PENDING)
    line_up(row)
    row.version = new_version()
    row.save()
    settle([row])
    if row.waits_in_crisis:
        mailing.alert_moderators(row)


@transaction.atomic
def ask_for_replies(comment: Comment, email: str, addresses: list[str]) -> None:
    """Write to `email` to ask whether replies are wanted there. Raises NotNowError where no letter can be sent."""
    if not mailing.is_on():
        raise NotNowError("This site cannot send e-mail.")
    row, _ = _locked(comment)
    if row.email != email:
        row.email, row.email_given_at, row.email_confirmed_at = email, timezone.now(), None
    row.wants_replies = True
    row.save()
    if row.email_confirmed_at is None and not mailing.ask_to_confirm(row, addresses):
        raise NotNowError("Too many letters have been asked for. Please try it again tomorrow.")


def confirm_email(comment: Comment, email: str) -> None:
    """Note that whoever reads `email` wants to hear of replies, if it still is the address of the comment."""
    Comment.objects.filter(pk=comment.pk, email=email).update(email_confirmed_at=timezone.now(), wants_replies=True)


def stop_replies(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)


def _locked(comment: Comment) -> tuple[Comment, Thread]:
    thread = Thread.objects.locked(comment.page_id)
    row = Comment.objects.select_for_update().filter(pk=comment.pk).exclude(name="").first()
    if row is None:
        raise NotNowError("This comment has been erased meanwhile.")
    return row, thread
