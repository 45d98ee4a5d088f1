"""How one text became another: by lines, and by words in lines that differ."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

MOST_UNITS = 4000  # lines or words of two texts that are worth aligning: the time grows with their square
LEAST_SHARED = 0.3  # of the shorter text; with less in common, the words that do match are chance


@dataclass(frozen=True)
class Piece:
    op: Literal["same", "added", "removed"]
    text: str


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s*\S+|\s+")  # with the white space before it: alone, that would match everywhere
_TOKEN = re.compile(r"\S+|\s+")

#: An old text and the new one in its place.
_Run = tuple[str, str]


def pieces(old: str, new: str) -> list[Piece]:
    """How one text became the other, by lines, and by words in lines that differ."""
    runs = (
        run
        for lines in _aligned(_LINE, old, new)
        for words in _unless_chance(lines, list(_aligned(_WORD, *lines)))
        for run in _without_shared_ends(*words)
    )
    found = (piece for run in runs for piece in _pieces_of(*run) if piece.text)
    return [Piece(op, "".join(piece.text for piece in same)) for op, same in groupby(found, lambda piece: piece.op)]


def _pieces_of(old: str, new: str) -> list[Piece]:
    return [Piece("same", old)] if old == new else [Piece("removed", old), Piece("added", new)]


def _is_settled(old: str, new: str) -> bool:
    """Whether there is nothing to align: the texts are equal, or there is but one."""
    return old == new or not old or not new


def _aligned(unit: re.Pattern[str], old: str, new: str) -> Iterator[_Run]:
    """Runs of units that are equal, or that replace each other."""
    ours, theirs = ([], []) if _is_settled(old, new) else (unit.findall(old), unit.findall(new))
    if not ours or len(ours) + len(theirs) > MOST_UNITS:
        yield old, new
        return
    for _, start, end, there, until in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        yield "".join(ours[start:end]), "".join(theirs[there:until])


def _unless_chance(whole: _Run, runs: list[_Run]) -> list[_Run]:
    """`runs` of `whole`, or `whole` alone where so little is equal that the runs would be a riddle."""
    shared = sum(len(old) for old, new in runs if old == new)
    return runs if shared >= LEAST_SHARED * min(map(len, whole)) else [whole]


def _without_shared_ends(old: str, new: str) -> Iterator[_Run]:
    """The words and white space that both texts begin with, what differs, and what they end with."""
    if _is_settled(old, new):
        yield old, new
        return
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _count_shared(ours, theirs)
    end = _count_shared(reversed(ours[start:]), reversed(theirs[start:]))
    yield "".join(ours[:start]), "".join(theirs[:start])
    yield "".join(ours[start : len(ours) - end]), "".join(theirs[start : len(theirs) - end])
    yield "".join(ours[len(ours) - end :]), "".join(theirs[len(theirs) - end :])


def _count_shared(ours: Iterable[str], theirs: Iterable[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for our, their in zip(ours, theirs, strict=False):
        if our != their:
            break
        count += 1
    return count


def elided(text: str, *, is_first: bool, is_last: bool) -> str:
    """An unchanged text with "…" for all but the lines beside the changes before and after it, if there are such."""
    start = 0 if is_first else text.find("\n", len(text) - len(text.lstrip())) + 1
    end = len(text) if is_last else text.rfind("\n", 0, len(text.rstrip())) + 1
    is_long = "\n" in text[start:end].strip()
    return f"{text[:start]}…\n{text[end:]}" if is_long else text
