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
from .judging import put_in_queue
from .models import Comment, Complaint, Kind, Lane, Report, Status, Thread, most_pressing
from .models.comments import new_version
from .threads import settle

MOST_AN_HOUR = 10  # reports from one network

#: What unanswered reports of a comment weigh together to put it before moderators, and to hide it until they decide.
TO_QUEUE, TO_HOLD = 1, 3


@transaction.atomic
def report(comment: Comment, complaint: Complaint, note: str, addresses: list[str]) -> Report | None:
    """Keep a report by the network with these hashes, and do with the comment what its reports ask for by now.

    None, with nothing changed, where this network reported it before, or readers do not see it any more. Raises
    NotNowError, with nothing written, where too much comes from the network.
    """
    Thread.objects.locked(comment.page_id)
    row = Comment.objects.approved().select_for_update().filter(pk=comment.pk).first()
    if row is None or row.reports.filter(address__in=addresses).exists():
        return None
    _refuse_flood(addresses)
    made = Report.objects.create(comment=row, complaint=complaint, note=note, address=next(iter(addresses), ""))
    _heed(row)
    return made


def _refuse_flood(addresses: Iterable[str]) -> None:
    hour = timezone.now() - timedelta(hours=1)
    if Report.objects.filter(address__in=addresses, at__gt=hour).count() >= MOST_AN_HOUR:
        raise NotNowError("Too many reports have come from your network in the last hour. Please send it later.")


def _heed(row: Comment) -> None:
    """Put it before moderators, and out of sight until they decide, as far as its unanswered reports ask for that."""
    lane, weight = _asked_for(row)
    if weight < TO_QUEUE:
        return
    before = copy(row)
    row.lane = most_pressing(row.lane, lane)
    put_in_queue(row)
    if weight >= TO_HOLD:
        row.place(Status.PENDING)
    if (row.lane, row.due_at, row.status) == (before.lane, before.due_at, before.status):
        return
    row.version = new_version()
    row.save()
    if row.status != before.status:
        settle([row])
    if row.lane == Lane.CRISIS and not (before.lane == Lane.CRISIS and before.due_at):
        mailing.alert_moderators(row)


def lane_asked_for(comment: Comment) -> Lane:
    """The lane that unanswered reports of a comment ask for; NEW where they weigh too little. Two queries at most."""
    return _asked_for(comment)[0]


def _asked_for(comment: Comment) -> tuple[Lane, float]:
    """The lane that unanswered reports ask for, and what they weigh together.

    All those of unknown networks weigh as one: they may all be of one reader.
    """
    reports = list(comment.reports.filter(settled=None))
    each = weights(reports)
    weight = sum({report.address: each[report.pk] for report in reports}.values())
    if weight < TO_QUEUE:
        return Lane.NEW, weight
    is_danger = any(report.complaint == Complaint.DANGER for report in reports)
    return Lane.CRISIS if is_danger else Lane.REPORTED, weight


def weights(reports: Iterable[Report]) -> dict[int, float]:
    """What each report weighs, by its key: one query, however many there are.

    A report was right if the verdict that answered it was not to approve the comment. What nobody has answered yet, and
    what was undone, says nothing about a network.
    """
    reports = list(reports)
    known = {report.address for report in reports} - {""}
    answered = Report.objects.filter(address__in=known, settled__isnull=False).order_by().values("address")
    right = Count("pk", filter=~Q(settled__kind=Kind.APPROVED))
    records = answered.annotate(right=right, all=Count("pk")).values_list("address", "right", "all")
    record = {address: (right, all_) for address, right, all_ in records}
    return {report.pk: weight(*record.get(report.address, (0, 0))) for report in reports}


def weight(right: int, answered: int) -> float:
    """Of one report by somebody who was right in so many of the reports that were answered.

    It is twice the chance, by Laplace's rule of succession, that this one is right too: 1 of somebody unknown, towards
    2 of somebody always right, towards 0 of somebody always wrong.
    """
    return 2 * (right + 1) / (answered + 2)
