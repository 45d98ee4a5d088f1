"""What readers report, and how much each report weighs.

A report can be a mistake or malice, and whoever sends it is not known. So it weighs as much as moderators agreed with
its network before, for as long as the hash of that is kept; what is reported enough waits for a moderator out of sight.
"""

from collections.abc import Iterable
from copy import copy
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from . import mailing
from .errors import NotNowError
from .judging import put_in_queue, wait_anew
from .models import Comment, Complaint, Kind, Lane, Report, Status, Thread, Verdict, most_pressing
from .models.comments import new_version
from .rules.book import Book
from .rules.pipeline import judgement_of
from .senders import is_too_much
from .threads import settle
from .training import decided

#: For one network, and for all that are unknown: reports, and letters a day to moderators.
MOST_AN_HOUR, MOST_AN_HOUR_OF_UNKNOWN = 10, 100
MOST_LETTERS, MOST_LETTERS_OF_UNKNOWN = 3, 10

#: What unanswered reports of a comment weigh together to put it before moderators, and to hide it until they decide.
TO_QUEUE, TO_HOLD = 1, 3


@transaction.atomic
def report(comment: Comment, complaint: Complaint, note: str, addresses: list[str]) -> Report | None:
    """Keep a report by the network with these hashes, and do with the comment what its reports ask for by now.

    Each report that is kept makes what a moderator has open one that was changed: nobody answers a report unread.
    Returns None, with nothing changed, where this network reported it before, or readers do not see it any more. Raises
    NotNowError, with nothing written, where too much comes from the network.
    """
    Thread.objects.locked(comment.page_id)
    row = Comment.objects.approved().select_for_update().filter(pk=comment.pk).first()
    if row is None or _is_told(row, complaint, addresses):
        return None
    _refuse_flood(addresses)
    made = Report.objects.create(comment=row, complaint=complaint, note=note, address=next(iter(addresses), ""))
    _heed(row, addresses)
    return made


def _is_told(row: Comment, complaint: Complaint, addresses: list[str]) -> bool:
    """Whether this network reported it before. Unknown ones may be one reader: of them, each complaint is kept once."""
    if addresses:
        return row.reports.filter(address__in=addresses).exists()
    return row.reports.unanswered().filter(address="", complaint=complaint).exists()


def _refuse_flood(addresses: list[str]) -> None:
    last_hour = Report.objects.filter(at__gt=timezone.now() - timedelta(hours=1))
    if is_too_much(last_hour, addresses, MOST_AN_HOUR, of_unknown=MOST_AN_HOUR_OF_UNKNOWN):
        raise NotNowError("Too many reports have come from your network in the last hour. Please send it later.")


def _heed(row: Comment, addresses: list[str]) -> None:
    """Put it before moderators, and out of sight until they decide, as far as its unanswered reports ask for that.

    What waits moves to no lane that is less pressing; what a moderator approved as it is stays in sight.
    """
    before = copy(row)
    weight = weigh(row, least=Lane(before.lane) if before.due_at else Lane.NEW)
    if weight >= TO_QUEUE:
        put_in_queue(row)
    if weight >= TO_HOLD and not decided().filter(pk=row.pk, verdict=Verdict.APPROVED).exists():
        row.place(Status.PENDING)
    row.version = new_version()
    row.save()
    if row.status != before.status:
        settle([row])
    if row.waits_in_crisis and not before.waits_in_crisis and _is_bearable(addresses):
        mailing.alert_moderators(row)


def _is_bearable(addresses: list[str]) -> bool:
    """Whether moderators get a letter: so many reports of danger from there a day, this one among them, cause one."""
    today = Report.objects.filter(complaint=Complaint.DANGER, at__gt=timezone.now() - timedelta(days=1))
    return not is_too_much(today, addresses, MOST_LETTERS + 1, of_unknown=MOST_LETTERS_OF_UNKNOWN + 1)


def weigh(row: Comment, *, least: Lane = Lane.NEW) -> float:
    """Note on it, unsaved, where what was found in it, and is not disputed, and its unanswered reports put it: in the
    lane `least`, or a more pressing one.

    Returns what those reports weigh together.
    """
    asked_for, weight = _asked_for(row)
    judgement = judgement_of(row.findings.filter(disputed=None), Book.in_force())
    row.points = judgement.points
    row.lane = most_pressing(judgement.lane, asked_for, least)
    return weight


def weigh_again(row: Comment, *, may_be_safe: bool = False) -> None:
    """Weigh what waits once more, unsaved, with the clock of the lane that it comes to.

    Unless it `may_be_safe`, what may tell of danger stays where that is read: until a moderator has decided on it.
    """
    lane_before = row.lane
    weigh(row, least=Lane.NEW if may_be_safe or not row.waits_in_crisis else Lane.CRISIS)
    wait_anew(row, lane_before=lane_before)


def lane_asked_for(comment: Comment) -> Lane:
    """The lane that unanswered reports of a comment ask for; NEW where they weigh too little. Two queries at most."""
    return _asked_for(comment)[0]


def _asked_for(comment: Comment) -> tuple[Lane, float]:
    """The lane that unanswered reports ask for, and what they weigh together.

    All those of unknown networks weigh as one: they may all be of one reader.
    """
    reports = list(comment.reports.unanswered())
    each = weights(reports)
    weight = sum({report.address: each[report.pk] for report in reports}.values())
    if weight < TO_QUEUE:
        return Lane.NEW, weight
    is_danger = any(report.complaint == Complaint.DANGER for report in reports)
    return Lane.CRISIS if is_danger else Lane.REPORTED, weight


def weights(reports: Iterable[Report]) -> dict[int, float]:
    """What each report weighs, by its key: one query, however many there are.

    A report was right if what answered it was not that the comment was approved. What nobody has answered yet, and what
    was undone, says nothing about a network; nor does a report of danger: whoever worries is not wrong.
    """
    reports = list(reports)
    known = {report.address for report in reports} - {""}
    answered = Report.objects.filter(address__in=known, settled__isnull=False).exclude(complaint=Complaint.DANGER)
    right = Count("pk", filter=~Q(settled__kind=Kind.APPROVED))
    counted = answered.order_by().values("address").annotate(right=right, all=Count("pk"))
    record = {address: (right, all_) for address, right, all_ in counted.values_list("address", "right", "all")}
    return {report.pk: weight(*record.get(report.address, (0, 0))) for report in reports}


def weight(right: int, answered: int) -> float:
    """Of one report by somebody who was right in so many of the reports that were answered.

    It is twice the chance, by Laplace's rule of succession, that this one is right too: 1 of somebody unknown, towards
    2 of somebody always right, towards 0 of somebody always wrong.
    """
    return 2 * (right + 1) / (answered + 2)
