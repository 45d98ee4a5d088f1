"""Where the parts of the charts stand that the server draws.

Across, places are in percent of the width, so that a chart fits every screen while its words keep their size; down, in
pixels. All are text, which no template writes with the separators of a language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .health import LaneHealth

COLUMNS_HIGH = 120  # pixels
GAP = 0.2  # of the room of a column
ROW_HIGH = 44  # pixels, for a line of words with a bar below


@dataclass(frozen=True)
class Piece:
    """One part of a column; `name` says what it counts."""

    name: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Columns:
    """A column for each day; `top` is the number that the full height stands for."""

    pieces: list[Piece]
    top: int
    total: int
    busiest: int  # the most on one day
    height: str = str(COLUMNS_HIGH)


def stacked_columns(days: Sequence[Mapping[str, int]], *, top: int = 0) -> Columns:
    """A column for each of `days`, whose counts stand on each other in their order; `top` is raised where needed."""
    sums = [sum(counts.values()) for counts in days]
    top = max(top, *sums, 1)
    room = 100 / len(days)
    pieces = [
        Piece(
            name,
            x=_percent(room * (place + GAP / 2)),
            y=_pixels(COLUMNS_HIGH * (1 - reached / top)),
            width=_percent(room * (1 - GAP)),
            height=_pixels(COLUMNS_HIGH * count / top),
        )
        for place, counts in enumerate(days)
        for (name, count), reached in zip(counts.items(), accumulate(counts.values()), strict=True)
        if count
    ]
    return Columns(pieces, top, sum(sums), max(sums))


@dataclass(frozen=True)
class WaitBar:
    """How long comments of a lane waited, against the time allowed there."""

    lane: LaneHealth
    words_y: str
    bar_y: str
    median: str
    nine_in_ten: str


@dataclass(frozen=True)
class WaitBars:
    bars: list[WaitBar]
    allowed: str  # where the line of the time allowed stands
    height: str


def wait_bars(lanes: Sequence[LaneHealth]) -> WaitBars:
    """A bar for each lane in which something was decided.

    Each is drawn to the scale of the time allowed in its lane, so that an hour in one and two days in others are one
    line; whatever reaches beyond it was late.
    """
    decided = [
        (lane, lane.median, lane.nine_in_ten)
        for lane in lanes
        if lane.median is not None and lane.nine_in_ten is not None
    ]
    longest = max([1.25, *(ninth / lane.allowed for lane, _, ninth in decided)])
    bars = [
        WaitBar(
            lane,
            words_y=_pixels(row * ROW_HIGH + 14),
            bar_y=_pixels(row * ROW_HIGH + 20),
            median=_percent(100 * (median / lane.allowed) / longest),
            nine_in_ten=_percent(100 * (ninth / lane.allowed) / longest),
        )
        for row, (lane, median, ninth) in enumerate(decided)
    ]
    return WaitBars(bars, _percent(100 / longest), _pixels(len(bars) * ROW_HIGH))


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _pixels(value: float) -> str:
    return f"{value:.1f}"
