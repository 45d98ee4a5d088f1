"""Phrases in a text, in whatever case and however their words are kept apart: where they stand, and what is left."""

import re
from collections.abc import Iterable

from .plain_text import REMOVED, Span, without
from .rules.folding import Folded


def normal(phrase: str) -> str:
    """The same for phrases that differ only in how words are kept apart."""
    return " ".join(phrase.split())


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Whether any of these stands there, but for what is only part of a mark; quick where none does."""
    text = normal(text)
    folded = text.casefold()
    wanted = [phrase.casefold() for phrase in phrases]
    return any(phrase in folded for phrase in wanted) and bool(_spans(text, wanted))


def without_phrases(text: str, phrases: Iterable[str]) -> str:
    """The text with `[removed]` in place of each phrase, in whatever case and however its words are kept apart.

    A mark can make a phrase with what stands beside it, so it is looked again until nothing is found: each time less is
    left outside the marks.
    """
    wanted = [phrase.casefold() for phrase in phrases]
    while spans := _spans(text, wanted):
        text = without(text, [*spans, *_marks(text)])
    return text


def _spans(text: str, wanted: Iterable[str]) -> list[Span]:
    """Where in the text these stand, but for what is only part of a mark."""
    folded, marks = _folded(text), _marks(text)
    found = (
        folded.span(match.start(), match.start() + len(phrase))
        for phrase in wanted
        for match in re.finditer(f"(?={re.escape(phrase)})", folded.text)  # those that overlap, too
    )
    return [span for span in found if not any(start <= span[0] and span[1] <= end for start, end in marks)]


def _marks(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(re.escape(REMOVED), text)]


def _folded(text: str) -> Folded:
    """In small letters, with one space for each run of white space."""
    letters, origins = "", []
    for match in re.finditer(r"\s+|\S", text):
        folded = " " if match[0].isspace() else match[0].casefold()
        letters += folded
        origins += [match.start()] * len(folded)
    return Folded(letters, (*origins, len(text)))
