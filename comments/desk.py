"""What lies on the moderators' desk: the queue in its order, what else is looked for, and how much was done today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Case, Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from articles.models import Page

from .models import Comment, CommentQuerySet, Decision, Deed, Kind, Lane, Report
from .moderators import moderators

PER_PAGE = 25
WAITING, ALL = "waiting", "all"

#: The place of a comment's lane in the order of lanes.
_RANK = Case(*(When(lane=lane, then=Value(place)) for place, lane in enumerate(Lane.values)))


@dataclass(frozen=True)
class LaneCount:
    """What waits in a lane; `first_due` is None where nothing does."""

    lane: Lane
    count: int
    first_due: datetime | None
    is_skipped: bool

    @property
    def is_late(self) -> bool:
        return self.first_due is not None and self.first_due < timezone.now()


@dataclass(frozen=True)
class Wanted:
    """What a list was asked for: comments that wait, in one lane or in all but `skipped`, or those of a status."""

    status: str = WAITING
    lane: str = ""
    search: str = ""
    has_appeal: bool = False
    skipped: tuple[str, ...] = ()

    def comments(self) -> CommentQuerySet:
        """The comments in their order: what waits by lane and by the time it is due, others the newest first."""
        found = Comment.objects.all()
        if self.lane:
            found = found.filter(lane=self.lane)
        elif self.status == WAITING:
            found = found.exclude(lane__in=self.skipped)
        if self.has_appeal:
            found = found.filter(appealed_at__isnull=False)
        if self.search:
            words = Q(body__icontains=self.search) | Q(name__icontains=self.search)
            found = found.filter(words | Q(page__in=Page.objects.filter(title__icontains=self.search)))
        if self.status == WAITING:
            return found.waiting().order_by(_RANK, "due_at", "pk")
        return (found if self.status == ALL else found.filter(status=self.status)).order_by("-posted_at", "pk")

    def page(self, number: int) -> tuple[list[Comment], bool]:
        """A page full of them, the first being 1, and whether there are more.

        The keys come first, from an index alone: a hundred thousand rows would take long to sort.
        """
        start = (number - 1) * PER_PAGE
        keys = list(self.comments().values_list("pk", flat=True)[start : start + PER_PAGE + 1])
        rows = with_what_cards_show(Comment.objects.all()).in_bulk(keys[:PER_PAGE])
        return [rows[key] for key in keys[:PER_PAGE] if key in rows], len(keys) > PER_PAGE

    def next_after(self, comment: Comment | None, user: User) -> Comment | None:
        """What waits behind `comment`, or first of all, and nobody else reads; in the end, what waits before it."""
        waiting = self.comments().free_for(user)
        if comment is None:
            return waiting.first()
        others = waiting.exclude(pk=comment.pk)
        if comment.due_at is None:
            return others.first()
        rank = Lane.values.index(comment.lane)
        behind = Q(rank__gt=rank) | Q(rank=rank, due_at__gt=comment.due_at)
        behind |= Q(rank=rank, due_at=comment.due_at, pk__gt=comment.pk)
        return others.annotate(rank=_RANK).filter(behind).first() or others.first()


def with_what_cards_show(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With page, claim, answered comment, findings and unanswered reports: three queries for any number."""
    unanswered = Report.objects.unanswered()
    return comments.select_related("page", "claimed_by", "parent").prefetch_related(
        "findings", Prefetch("reports", unanswered, to_attr="unanswered_reports")
    )


def lanes(skipped: Iterable[str] = ()) -> list[LaneCount]:
    """Every lane with what waits in it: one query over an index."""
    found = Comment.objects.waiting().order_by().values_list("lane").annotate(count=Count("pk"), first=Min("due_at"))
    counts = {lane: (count, first) for lane, count, first in found}
    return [LaneCount(lane, *counts.get(lane, (0, None)), is_skipped=lane in skipped) for lane in Lane]


def lanes_that_nobody_reads() -> list[Lane]:
    """Those that all moderators leave to others; none where there are no moderators. One query."""
    skipped = moderators().values_list("desk__skipped", flat=True)  # None of whoever has changed nothing
    left = [lanes or [] for lanes in skipped]
    return [lane for lane in Lane if left and all(lane in lanes for lanes in left)]


@dataclass(frozen=True)
class Shift:
    """What a moderator has decided since midnight UTC."""

    decided: int
    in_danger: int  # of them in the crisis lane
    last: Deed | None  # of what they did today and can undo; None where there is nothing

    @classmethod
    def of(cls, user: User) -> "Shift":
        """Two queries."""
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        decided = Decision.objects.verdicts().filter(deed__by=user, deed__at__gte=today)
        counts = decided.aggregate(all=Count("pk"), crisis=Count("pk", filter=Q(lane=Lane.CRISIS)))
        mine = Deed.objects.standing().filter(by=user, at__gte=today).exclude(kind=Kind.REDACTED)
        as_left = Decision.objects.filter(deed=OuterRef("pk"), comment__version=OuterRef("version"))
        stands_alone = Q(sanction__isnull=False) | Q(lifted__isnull=False) | Q(rule_book__isnull=False)
        can_be_undone = Exists(as_left) | stands_alone
        last = mine.filter(can_be_undone).counted().order_by("-at", "-pk").first()
        return cls(counts["all"], counts["crisis"], last)
