"""The few letters that the site writes. Each is a task that is queued in the transaction of the deed it tells of.

A task carries keys, never a text or an address, and looks everything up when it runs: what was erased, hidden or
stopped meanwhile is not written about.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from .models import Comment, SentMail, Status
from .tokens import author_token, email_token, replies_token

MOST_UNASKED = 5  # letters a day to somebody who has not said that they want them
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=2)  # before a letter that the mail server refused is tried again; then doubled


def is_on() -> bool:
    """Whether the site can send mail at all; where it cannot, nothing offers to."""
    return bool(settings.EMAIL_URL)


def address(name: str, *args: Any) -> str:
    """The whole address of one of our pages, as a letter needs it."""
    return settings.SITE_URL + reverse(name, args=args)


# --- what there is to tell ------------------------------------------------------------------------------------------


def ask_to_confirm(comment: Comment) -> None:
    """Ask whoever reads the address on `comment` whether they want to hear of replies."""
    if is_on() and may_write_unasked(comment.email):
        send.enqueue("confirmation", str(comment.pk))


def announce(comments: Iterable[Comment]) -> None:
    """Tell those who wait for it that these comments, which readers see from now on, answer theirs."""
    for comment in comments:
        if is_on() and comment.parent_id and comment.announced_at is None:
            send.enqueue("reply", str(comment.pk))


def alert_moderators(comment: Comment) -> None:
    """Tell those who moderate that somebody may be in danger."""
    if is_on():
        send.enqueue("crisis", str(comment.pk))


def send_own_comments(email: str) -> None:
    """Write to `email` where all comments with this address can be seen and erased, if there are any."""
    comment = Comment.objects.filter(email__iexact=email).first()
    if comment and is_on() and may_write_unasked(email):
        send.enqueue("own", str(comment.pk))


def may_write_unasked(email: str) -> bool:
    """Whether one more letter to somebody who did not ask is bearable; it is counted as sent."""
    recipient = salted_hmac("comments.mailing", email.casefold(), algorithm="sha256").hexdigest()
    today = SentMail.objects.filter(recipient=recipient, at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= MOST_UNASKED:
        return False
    SentMail.objects.create(recipient=recipient)
    return True


# --- the letters ----------------------------------------------------------------------------------------------------


@task()
def send(letter: str, comment_id: str, attempt: int = 1) -> None:
    """Write the letters of one kind about a comment; tried again, ever later, while the mail server refuses."""
    comment = Comment.objects.select_related("page", "parent").filter(pk=comment_id).first()
    if comment is None:
        return
    try:
        for message in LETTERS[letter](comment):
            message.send()
    except (OSError, SMTPException):
        if attempt == ATTEMPTS:
            raise
        later = timezone.now() + FIRST_PAUSE * 2 ** (attempt - 1)
        send.using(run_after=later).enqueue(letter, comment_id, attempt + 1)


def _confirmation(comment: Comment) -> Iterator[EmailMessage]:
    if not comment.wants_replies or comment.email_confirmed_at or not comment.email:
        return
    link = address("comment-confirm", replies_token(comment.pk, comment.email))
    text = f"""Somebody gave this address with a comment on "{_title(comment)}", to be told of replies.

If that was you, open this page and press the button:
{link}

If it was not, you need do nothing. We will not write again about it, and the address is forgotten within 30 days."""
    yield _letter(comment.email, "Do you want to hear of replies?", text)


def _reply(comment: Comment) -> Iterator[EmailMessage]:
    """To everybody in the thread who asked for it, once, and not to whoever wrote the reply."""
    if comment.status != Status.APPROVED or comment.parent_id is None or comment.announced_at:
        return
    waiting = Comment.objects.filter(wants_replies=True, email_confirmed_at__isnull=False).exclude(email="")
    thread = waiting.filter(parent=comment.parent_id) | waiting.filter(pk=comment.parent_id)
    told = {comment.email.casefold()}
    for other in thread.order_by("posted_at"):
        if other.email.casefold() in told:
            continue
        told.add(other.email.casefold())
        stop = address("comment-stop", replies_token(other.pk, other.email))
        text = f"""{comment.name} answered in a thread on "{_title(comment)}" that you wrote in:

{comment.body}

Read it on the page: {settings.SITE_URL}{comment.path}
Your comment, to change or withdraw it: {address("comment-own", author_token(other.pk))}
Hear no more of this thread: {stop}"""
        yield _letter(other.email, f'A reply on "{_title(comment)}"', text, stop=stop)
    Comment.objects.filter(pk=comment.pk).update(announced_at=timezone.now())


def _crisis(comment: Comment) -> Iterator[EmailMessage]:
    """Without a word of the text: it is read where it can be acted on."""
    if comment.status != Status.PENDING:
        return
    link = address("admin:comments_comment_change", comment.pk)
    text = f"""A comment that may come from somebody in danger waits for a moderator. Please read it now.

{link}"""
    moderators = get_user_model().objects.with_perm(
        "comments.moderate_comment", backend="django.contrib.auth.backends.ModelBackend", include_superusers=False
    )
    for moderator in moderators.exclude(email="").filter(is_staff=True):
        yield _letter(moderator.email, "A comment in the crisis lane", text)


def _own(comment: Comment) -> Iterator[EmailMessage]:
    link = address("comment-found", email_token(comment.email))
    text = f"""Somebody, we hope you, asked which comments carry this address.

See them, take a copy, or erase them, within a day: {link}

If it was not you, you need do nothing."""
    yield _letter(comment.email, "Your comments", text)


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
