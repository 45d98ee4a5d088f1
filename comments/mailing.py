"""The few letters that the site writes. Each is a task that is queued in the transaction of the deed it tells of.

A task carries keys, never a text or an address, and looks everything up when it runs: what was erased, hidden or
stopped meanwhile is not written about.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from articles.models import Page

from .models import Comment, SentMail, Status
from .models.comments import HIDDEN, has_email
from .moderators import moderators
from .senders import hash_of_email, is_too_much
from .tokens import email_token, replies_token

#: Letters a day that somebody did not ask for: to one address, and caused by one network or by all that are unknown.
MOST_TO_ONE, MOST_FROM_ONE, MOST_FROM_UNKNOWN = 5, 10, 50
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=2)  # before a letter that the mail server refused is tried again; then doubled
URGENT = 10  # priority of a task

#: Letters about a decision wait so long, so that it can be undone before anybody reads of it.
LETTERS_WAIT = timedelta(minutes=5)

logger = logging.getLogger(__name__)


class LetterError(Exception):
    """A letter was not sent. Without the cause: what is noted of a failed task must not hold an address."""


def is_on() -> bool:
    """Whether the site can send mail at all; where it cannot, nothing offers to."""
    return bool(settings.EMAIL_URL)


def address(name: str, *args: Any) -> str:
    """The whole address of one of our pages, as a letter needs it."""
    return settings.SITE_URL + reverse(name, args=args)


# --- what there is to tell ------------------------------------------------------------------------------------------


def ask_to_confirm(comment: Comment, addresses: list[str]) -> bool:
    """Ask whoever reads the address on `comment` whether they want to hear of replies; whether a letter is queued."""
    is_wanted = _may_be_written_to(comment.email, addresses)
    if is_wanted:
        send.enqueue("confirmation", str(comment.pk))
    return is_wanted


def send_own_comments(email: str, addresses: list[str]) -> None:
    """Write to `email` where all comments with this address can be seen and erased, if there are any.

    It counts as a letter either way, or else the limits would tell whether there are.
    """
    if _may_be_written_to(email, addresses) and (comment := Comment.objects.filter(has_email(email)).first()):
        send.enqueue("own", str(comment.pk))


def to_announce(comments: Iterable[Comment]) -> list[Comment]:
    """The replies of these that nobody was told of yet; each carries from now on, unsaved, when that was."""
    replies = [comment for comment in comments if is_on() and comment.parent_id and comment.announced_at is None]
    for reply in replies:
        reply.announced_at = timezone.now()
    return replies


def announce(replies: Iterable[Comment], *, wait: timedelta = timedelta()) -> None:
    """Tell those who wait for it that these replies, which readers see from now on, answer theirs: one query.

    The letters go out after `wait`, unless `announced_at` is another by then: so an undo takes them back.
    """
    later = send.using(run_after=timezone.now() + wait) if wait else send
    for reply, others in _waiting_for(list(replies)):
        for other in others:
            later.enqueue("reply", str(reply.pk), str(other.pk), stamp=_stamp(reply))


def announce_again(comments: Iterable[Comment]) -> None:
    """Tell of replies that an undo shows again, where their letters came due while they were hidden."""
    replies = to_announce(comment for comment in comments if comment.status == Status.APPROVED)
    Comment.objects.bulk_update(replies, ["announced_at"])
    announce(replies, wait=LETTERS_WAIT)


def is_under_way(reply: Comment) -> bool:
    """Whether letters about it may have been written by now, so that no undo takes them back."""
    return reply.announced_at is not None and reply.announced_at + LETTERS_WAIT <= timezone.now()


def alert_moderators(comment: Comment) -> None:
    """Tell those who moderate that somebody may be in danger."""
    for moderator in moderators().exclude(email="") if is_on() else ():
        send.using(priority=URGENT).enqueue("crisis", str(comment.pk), str(moderator.pk))


def _waiting_for(replies: list[Comment]) -> Iterator[tuple[Comment, list[Comment]]]:
    """With each reply, one comment of each address in its thread that waits for it, but for its author's own."""
    threads = {reply.parent_id for reply in replies}
    waiting = Comment.objects.filter(wants_replies=True, email_confirmed_at__isnull=False).exclude(email="")
    in_threads = waiting.filter(Q(parent__in=threads) | Q(pk__in=threads)).exclude(status__in=HIDDEN)
    found: defaultdict[UUID, dict[str, Comment]] = defaultdict(dict)
    for other in in_threads.order_by("-posted_at"):
        found[other.thread_key][other.email.casefold()] = other
    for reply in replies:
        own = reply.confirmed_email.casefold()
        yield reply, [other for email, other in found[reply.thread_key].items() if email != own]


def _may_be_written_to(email: str, addresses: list[str]) -> bool:
    """Whether `email` gets a letter it may not have asked for; not where it, or the sender, had enough of them today.

    Where it does, that is counted.
    """
    recipient = hash_of_email(email)
    today = SentMail.objects.filter(at__gt=timezone.now() - timedelta(days=1))
    if not is_on() or today.filter(recipient=recipient).count() >= MOST_TO_ONE:
        return False
    if is_too_much(today, addresses, MOST_FROM_ONE, of_unknown=MOST_FROM_UNKNOWN, by="sender"):
        return False
    SentMail.objects.create(recipient=recipient, sender=next(iter(addresses), ""))
    return True


# --- the letters ----------------------------------------------------------------------------------------------------


@task()
def send(letter: str, comment_id: str, to: str = "", attempt: int = 1, stamp: str = "") -> None:
    """Write one letter about a comment, `to` the author of another or to a user where the letter asks for somebody.

    It is tried again, ever later, while the mail server does not answer; an address that is refused is let be.
    With a `stamp`, it is written only while that is when the comment was announced.
    """
    comment = Comment.objects.select_related("page").filter(pk=comment_id).first()
    message = LETTERS[letter](comment, to) if comment and _still_holds(comment, stamp) else None
    if message is None:
        if letter == "reply" and comment and comment.status != Status.APPROVED:  # it is told of if it is shown again
            Comment.objects.filter(pk=comment.pk, announced_at=comment.announced_at).update(announced_at=None)
        return
    try:
        message.send()
    except SMTPRecipientsRefused:
        logger.warning("A mail server refused the address of a letter about comment %s.", comment_id)
    except (OSError, SMTPException):
        if attempt == ATTEMPTS:
            raise LetterError(f"{letter} about comment {comment_id}, after {attempt} attempts") from None
        later = timezone.now() + FIRST_PAUSE * 2 ** (attempt - 1)
        send.using(run_after=later).enqueue(letter, comment_id, to, attempt + 1, stamp)


def _still_holds(comment: Comment, stamp: str) -> bool:
    return not stamp or _stamp(comment) == stamp


def _stamp(comment: Comment) -> str:
    return comment.announced_at.isoformat() if comment.announced_at else ""


def _confirmation(comment: Comment, to: str) -> EmailMessage | None:
    if not comment.wants_replies or comment.email_confirmed_at or not comment.email:
        return None
    link = address("comment-confirm", replies_token(comment.pk, comment.email))
    text = f"""Somebody gave this address with a comment on "{_title(comment)}", to be told of replies.

If that was you, open this page and press the button:
{link}

If it was not, you need do nothing. The address is forgotten within 30 days."""
    return _letter(comment.email, "Do you want to hear of replies?", text)


def _reply(comment: Comment, to: str) -> EmailMessage | None:
    other = Comment.objects.filter(pk=to, wants_replies=True, email_confirmed_at__isnull=False).first()
    is_seen = comment.status == Status.APPROVED and Page.objects.live().filter(pk=comment.page_id).exists()
    if not is_seen or other is None or not other.email:
        return None
    stop = address("comment-stop", replies_token(other.pk, other.email))
    text = f"""{comment.name} answered in a thread on "{_title(comment)}" that you wrote in:

{comment.body}

Read it on the page: {settings.SITE_URL}{comment.path}
Hear no more of this thread: {stop}"""
    return _letter(other.email, f'A reply on "{_title(comment)}"', text, stop=stop)


def _crisis(comment: Comment, to: str) -> EmailMessage | None:
    """Without a word of the text: it is read where it can be acted on."""
    moderator = get_user_model().objects.filter(pk=to, is_active=True).first()
    if comment.due_at is None or moderator is None:
        return None
    link = address("admin:comments_comment_change", comment.pk)
    text = f"""A comment that may come from somebody in danger waits for a moderator. Please read it now.

{link}"""
    return _letter(moderator.email, "A comment in the crisis lane", text)


def _own(comment: Comment, to: str) -> EmailMessage | None:
    if not comment.email:
        return None
    link = address("comment-found", email_token(comment.email))
    text = f"""Somebody, we hope you, asked which comments carry this address.

See them, take a copy, or erase them, within a day: {link}

If it was not you, you need do nothing."""
    return _letter(comment.email, "Your comments", text)


LETTERS = {"confirmation": _confirmation, "reply": _reply, "crisis": _crisis, "own": _own}


def _letter(to: str, subject: str, text: str, *, stop: str = "") -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    if stop:  # one click in the reader's own mail program: RFC 8058
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = " ".join(f"{subject} - {settings.SITE_NAME}".split())
    return EmailMessage(
        subject=subject, body=f"{text}\n\n{settings.SITE_NAME}\n{settings.SITE_URL}", to=[to], headers=headers
    )


def _title(comment: Comment) -> str:
    return " ".join(comment.page.title.split())
