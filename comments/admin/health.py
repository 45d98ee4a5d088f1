"""The page on how the queue is doing; its figures come from `comments.health`, its charts from `comments.charts`."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comments import health as figures
from comments.charts import Columns, stacked_columns, wait_bars
from comments.health import DayHealth
from comments.models import Lane

from .base import desk_page, drawn

PERIODS, USUAL = (7, 30, 90), 30  # days


@desk_page
def health(request: HttpRequest) -> HttpResponse:
    """Whether the queue is healthy, now and over a period: ten queries."""
    now = timezone.now()
    days = next((days for days in PERIODS if str(days) == request.GET.get("days")), USUAL)
    since = figures.first_moment(days, now)
    lanes, volume = figures.lanes(since, now), figures.volume(since, now)
    return drawn(
        request,
        "admin/desk_health.html",
        "Health",
        page="health",
        days=days,
        periods=PERIODS,
        since=since,
        lanes=lanes,
        waiting=sum(lane.waiting for lane in lanes),
        late=sum(lane.late for lane in lanes),
        crisis=next(lane for lane in lanes if lane.lane == Lane.CRISIS),
        waits=wait_bars(lanes),
        volume=volume,
        charts=_charts(volume),
        rules=figures.rules(since),
        shifts=figures.shifts(since),
    )


def _charts(volume: Sequence[DayHealth]) -> list[dict[str, Any]]:
    """What came in and what was decided are drawn to one scale, so that one sees whether moderators keep up."""
    posted = [{"posted": day.posted} for day in volume]
    decided = [{"approved": day.approved, "rejected": day.rejected, "spam": day.spam} for day in volume]
    others = [{"reports": day.reports, "undone": day.undone} for day in volume]
    top = max(sum(counts.values()) for counts in [*posted, *decided])
    return [
        _chart("Comments posted", stacked_columns(posted, top=top), {"posted": "Posted"}),
        _chart(
            "Comments decided",
            stacked_columns(decided, top=top),
            {"approved": "Approved", "rejected": "Rejected", "spam": "Spam"},
        ),
        _chart("Reports and undone decisions", stacked_columns(others), {"reports": "Reports", "undone": "Undone"}),
    ]


def _chart(title: str, columns: Columns, key: dict[str, str]) -> dict[str, Any]:
    return {"title": title, "columns": columns, "key": key}
