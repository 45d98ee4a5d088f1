"""Whether moderators keep up: what waits now, and what became of comments since a day.

A decision is a verdict that nobody undid. Each function asks a fixed number of queries, and counts in the database:
reading a hundred thousand rows into Python takes longer than all the rest of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, DateField, Exists, F, Func, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from .judging import RULES, time_allowed
from .models import Comment, Decision, Deed, Kind, Lane, Report, Verdict

MEDIAN, NINE_IN_TEN = 50, 90

#: Of the decisions that a deed made, those that say what becomes of a comment.
_IS_VERDICT = Q(decisions__verdict__in=Verdict.values)


def first_moment(days: int, now: datetime) -> datetime:
    """When a period of so many days of UTC began, of which today is the last."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)


def percent(part: int, whole: int) -> int | None:
    """The share in whole percent; None of nothing."""
    return round(100 * part / whole) if whole else None


def _decisions(since: datetime) -> QuerySet[Decision]:
    """Deeds are found first, by their time: else SQLite would read every decision that was ever made."""
    deeds = Deed.objects.standing().filter(at__gte=since).order_by()
    return Decision.objects.filter(deed__in=deeds.values("pk")).exclude(verdict="").order_by()


# --- lanes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LaneHealth:
    """What waits in a lane now, and how long those waited that were decided; times are None where there are none."""

    lane: Lane
    waiting: int = 0
    late: int = 0
    oldest: timedelta | None = None
    decided: int = 0
    in_time: int = 0
    median: timedelta | None = None
    nine_in_ten: timedelta | None = None  # waited no longer than this

    @property
    def allowed(self) -> timedelta:
        return time_allowed(self.lane)

    @property
    def percent_in_time(self) -> int | None:
        return percent(self.in_time, self.decided)


def lanes(since: datetime, now: datetime) -> list[LaneHealth]:
    """Every lane in its order: three queries."""
    queue = _queue(now)
    waited = _decisions(since).filter(waited__isnull=False)
    decided = _decided(waited)
    waits = _waits_at(waited, {lane: row["decided"] for lane, row in decided.items()})
    return [LaneHealth(lane, **queue.get(lane, {}), **decided.get(lane, {}), **waits.get(lane, {})) for lane in Lane]


def _queue(now: datetime) -> dict[str, dict[str, Any]]:
    rows = Comment.objects.waiting().order_by().values_list("lane")
    counted = rows.annotate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)), first=Min("queued_at"))
    return {lane: {"waiting": waiting, "late": late, "oldest": now - first} for lane, waiting, late, first in counted}


def _decided(waited: QuerySet[Decision]) -> dict[str, dict[str, Any]]:
    in_time = Q(pk__in=())
    for lane in Lane:
        in_time |= Q(lane=lane, waited__lte=time_allowed(lane))
    rows = waited.values("lane").annotate(decided=Count("pk"), in_time=Count("pk", filter=in_time))
    return {row.pop("lane"): row for row in rows}


def _waits_at(waited: QuerySet[Decision], counts: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """The median and the ninth decile of each lane, by their places in its order: one query for all lanes.

    They are times that somebody waited, not means of two, and so the same in every database.
    """
    wanted = {lane: (place(MEDIAN, count), place(NINE_IN_TEN, count)) for lane, count in counts.items()}
    in_order = Window(RowNumber(), partition_by="lane", order_by="waited")
    rows = waited.annotate(place=in_order).filter(place__in=set(chain(*wanted.values())))
    found = {(lane, at): waited for lane, at, waited in rows.values_list("lane", "place", "waited")}
    return {
        lane: {"median": found.get((lane, median)), "nine_in_ten": found.get((lane, ninth))}
        for lane, (median, ninth) in wanted.items()
    }


def place(share: int, count: int) -> int:
    """Of `count` values in order, the first being 1, the one that `share` percent of them do not exceed."""
    return -(-share * count // 100)


# --- days -----------------------------------------------------------------------------------------------------------


class Day(Func):
    """The day of a time in UTC, in which both databases keep it. TruncDate asks Python for each row on SQLite."""

    function = "DATE"
    output_field = DateField()


@dataclass(frozen=True)
class DayHealth:
    """What readers sent and what moderators did on one day of UTC."""

    day: date
    posted: int = 0
    approved: int = 0
    rejected: int = 0
    spam: int = 0
    reports: int = 0
    undone: int = 0


def volume(since: datetime, now: datetime) -> list[DayHealth]:
    """Every day from `since` until `now`, the first first: four queries."""
    period = since, now
    readers = Comment.objects.filter(is_by_staff=False, posted_at__range=period)
    verdicts = {verdict.value: Count("decisions", filter=Q(decisions__verdict=verdict)) for verdict in Verdict}
    undone = Deed.objects.filter(undone_at__range=period)
    counts: dict[date, dict[str, int]] = {since.date() + timedelta(days=n): {} for n in range((now - since).days + 1)}
    for row in chain(
        _per_day(readers, "posted_at", posted=Count("pk")),
        _per_day(Deed.objects.standing().filter(at__range=period), "at", **verdicts),
        _per_day(Report.objects.filter(at__range=period), "at", reports=Count("pk")),
        _per_day(undone, "undone_at", undone=Count("decisions", filter=_IS_VERDICT)),
    ):
        counts[row.pop("on")] |= row
    return [DayHealth(day, **row) for day, row in counts.items()]


def _per_day(rows: QuerySet[Any], moment: str, **counts: Count) -> Any:
    return rows.order_by().values(on=Day(moment)).annotate(**counts)


# --- rules ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleHealth:
    """Decided comments in whose text, as it is now, a rule fired; each counts once, by its last verdict."""

    name: str
    decided: int = 0
    held: int = 0  # of them, waited for the decision
    approved: int = 0  # of them: the rule was overturned
    said_wrong: int = 0  # how often a moderator said that the rule was wrong

    @property
    def refused(self) -> int:
        return self.decided - self.approved

    @property
    def percent_overturned(self) -> int | None:
        return percent(self.approved, self.decided)


def rules(since: datetime) -> list[RuleHealth]:
    """Every rule that there is, and those that only old findings name, the most often overturned first: two queries."""
    counts: dict[str, dict[str, int]] = {rule.name: {} for rule in RULES}
    for row in chain(_fired(since), _disputed(since)):
        if name := row.pop("rule"):  # None stands for comments in which no rule fired
            counts.setdefault(name, {}).update(row)
    return sorted((RuleHealth(name, **row) for name, row in counts.items()), key=lambda rule: -rule.approved)


def _fired(since: datetime) -> QuerySet[Any]:
    """Comments are counted by their last decisions, as a rule may fire twice in one."""
    later = Decision.objects.verdicts().filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    last = _decisions(since).filter(~Exists(later))
    return last.values(rule=F("comment__findings__rule")).annotate(
        decided=Count("pk", distinct=True),
        held=Count("pk", distinct=True, filter=Q(waited__isnull=False)),
        approved=Count("pk", distinct=True, filter=Q(verdict=Verdict.APPROVED)),
    )


def _disputed(since: datetime) -> QuerySet[Any]:
    deeds = Deed.objects.standing().filter(kind=Kind.DISPUTED, at__gte=since)
    return deeds.order_by().values(rule=F("disputed__rule")).annotate(said_wrong=Count("disputed"))


# --- moderators -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShiftCount:
    """How many comments a moderator decided; `name` is "" for all whose accounts are gone."""

    name: str
    decided: int
    undone: int  # decisions of theirs that somebody undid since


def shifts(since: datetime) -> list[ShiftCount]:
    """By name: one query."""
    deeds = Deed.objects.filter(at__gte=since).order_by().values_list("by__username")
    counted = deeds.annotate(
        decided=Count("decisions", filter=_IS_VERDICT & Q(undone_at__isnull=True)),
        undone=Count("decisions", filter=_IS_VERDICT & Q(undone_at__isnull=False)),
    )
    counts = (ShiftCount(name or "", decided, undone) for name, decided, undone in counted if decided or undone)
    return sorted(counts, key=lambda shift: shift.name.casefold())
