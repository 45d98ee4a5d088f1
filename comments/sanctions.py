"""Warnings, suspensions and bans. Whoever is kept from writing is told so, and why, each time they try.

A person is not known here: only the network a comment came from, as long as the key of its hash lives, and the e-mail
address that they confirmed, if any. A network can be shared: moderators see which comments are meant before they act.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from articles.models import Action
from articles.moments import moment

from .deeds import Done, Seen, doing
from .errors import NotNowError
from .models import Comment, CommentQuerySet, Deed, Kind, Measure, Sanction, Verdict
from .models.comments import HIDDEN, has_email
from .moderation import answer_reports, settle_on
from .records import write_down_sanction
from .senders import hash_of_email, recognised_until
from .training import retrain

SUSPENDED_FOR = (1, 7, 30)  # days

NOBODY = (
    "Nothing that whoever wrote it could be recognised by is known any more: they can be warned, but not be kept from "
    "writing."
)

_KINDS = {Measure.WARNING: Kind.WARNED, Measure.SUSPENSION: Kind.SUSPENDED, Measure.BAN: Kind.BANNED}


def of_same_person(comment: Comment) -> CommentQuerySet:
    """The comment, and all that came from the same network in its week or carry the same e-mail address, confirmed."""
    same = Q(pk=comment.pk)
    if comment.address:
        same |= Q(address=comment.address)
    if comment.confirmed_email:
        same |= has_email(comment.email) & Q(email_confirmed_at__isnull=False)
    return Comment.objects.filter(same)


@transaction.atomic
def impose(
    comment: Comment,
    measure: Measure,
    *,
    reason: str,
    by: User | None,
    days: int | None = None,
    hide_all: bool = False,
    seen: Seen | None = None,
) -> Done:
    """Warn whoever wrote a comment, or keep them from writing: for `days`, which a suspension needs, or until lifted.

    With `hide_all`, all their comments that are not hidden are refused for the same reason, however many there are;
    one that another moderator reads is left alone. Where `comment` itself has to be, so is everything.
    """
    others = list(of_same_person(comment).exclude(status__in=HIDDEN).exclude(pk=comment.pk)) if hide_all else []
    versions = None if seen is None else {**{other.pk: other.version for other in others}, **seen}
    with doing(_KINDS[measure], [comment, *others], by=by, reason=reason, seen=versions) as done:
        if why := done.left.get(comment.pk) or _why_not(comment, measure):
            for row in list(done.comments):
                done.leave(row, why)
        else:
            _note(done, comment, measure, days)
            if hide_all:
                _hide(done)
    if hide_all and done.comments:
        retrain.enqueue()
    return done


def _why_not(cause: Comment, measure: Measure) -> str:
    is_known = cause.confirmed_email or known_until(cause)
    return "" if is_known or measure == Measure.WARNING else NOBODY


def known_until(comment: Comment) -> datetime | None:
    """Until when the network that it came from can be recognised; None where it no longer can."""
    until = recognised_until(comment.posted_at)
    return until if comment.address and until > timezone.now() else None


def _note(done: Done, cause: Comment, measure: Measure, days: int | None) -> None:
    Sanction.objects.create(
        measure=measure,
        comment=cause,
        address=cause.address if known_until(cause) else "",
        email=hash_of_email(cause.confirmed_email),
        reason=done.deed.reason,
        until=done.deed.at + timedelta(days=days) if measure == Measure.SUSPENSION and days else None,
        deed=done.deed,
    )


def _hide(done: Done) -> None:
    for row in done.comments:
        if row.status not in HIDDEN:
            settle_on(row, Verdict.REJECTED, done.deed)
    answer_reports(done)


@transaction.atomic
def lift(sanction: Sanction, *, by: User | None, reason: str) -> Deed:
    """Let somebody write again before the time is over; the comment that was the cause stays as it stands.

    Raises NotNowError, with nothing written, where it is no longer in force or another moderator reads the comment.
    """
    if sanction.comment:
        deed = _deed_on(sanction.comment, by=by, reason=reason)
    else:
        deed = _deed_without_comment(sanction, by=by, reason=reason)
    if not Sanction.objects.in_force().filter(pk=sanction.pk).update(lifted=deed):
        raise NotNowError("It has ended, or somebody lifted it meanwhile.")
    return deed


def _deed_on(comment: Comment, *, by: User | None, reason: str) -> Deed:
    with doing(Kind.LIFTED, [comment], by=by, reason=reason) as done:
        pass
    if done.left:
        raise NotNowError(done.left[comment.pk])
    return done.deed


def _deed_without_comment(sanction: Sanction, *, by: User | None, reason: str) -> Deed:
    """The same where the comment has been erased: the line of the audit is about the sanction."""
    deed = Deed.objects.create(kind=Kind.LIFTED, reason=reason, by=by)
    write_down_sanction(Action.MODERATED, deed, sanction, sanction.get_measure_display(), "Lifted", by=by)
    return deed


def refusal(addresses: Iterable[str], email: str, *, is_confirmed: bool = False) -> str:
    """Why whoever sends from there, with that e-mail address, may not write now, in words for them; "" if they may.

    Whoever types an address that is not known to be theirs learns neither the reason nor how long: it is another's.
    """
    theirs = Q(address__in=[address for address in addresses if address])
    by_email = Q(email=hash_of_email(email)) if email else Q(pk__in=())
    if longest := _longest(theirs | by_email if is_confirmed else theirs):
        end = f" until {moment(longest.until)}" if longest.until else ""
        return (
            f"A moderator decided that no comments are taken from you{end}. If one of yours was refused, you can still "
            f"ask for another look on its own page. The moderator's reason: {longest.reason}"
        )
    if _longest(by_email):
        return "No comments are taken with this e-mail address. If it is yours, the page of your comment says why."
    return ""


def _longest(meant: Q) -> Sanction | None:
    return Sanction.objects.in_force().filter(meant).order_by(F("until").desc(nulls_first=True)).first()
