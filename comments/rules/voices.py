"""Who speaks: whether words tell others what to do, or tell what somebody did, was told or wonders about."""

import re

from .data import words_of
from .folding import Folded

_BEFORE = 200  # characters looked back
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n")
_BOUNDARY = re.compile(r"[,;:()\[\]\"“”\n—–]| - ")
_SAID_AFTER = re.compile(
    r"[^.!?\n]{0,60}[,\"”]\s*(?:\w+ ){0,2}(?:says|said|told me|told us|according|dijo|dice|dijeron)\b"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_REPORTED = 6  # words behind somebody who says something
_BIDDEN = 6  # words from "you" to what is done
_CONDITION = 3  # words between "if you" and what is done


def is_told_to_others(folded: Folded, start: int, end: int) -> bool:
    """Whether `text[start:end]`, which names a deed, tells others to do it: "stop it", "you should stop it".

    It does not where it belongs to somebody else, as in "I had to stop it", "my doctor said you should stop it",
    "if you stop it" and "the stop".
    """
    before = _clause_before(folded.text, start)
    first = next(iter(_words(folded.text[start:end])), "")
    last = before[-1] if before else ""
    if last in _of("conditions") or _is_reported(folded.text, before, end):
        return False
    if first in _of("addressing") or not before or _is_bidden(before):
        return True
    if _is_conditional(before) or _of("others") & set(before):
        return False
    return first in _of("negating") or last not in _of("not_before_a_deed")


def _is_reported(text: str, before: list[str], end: int) -> bool:
    """ "My doctor said", or behind it "says my doctor"."""
    said = _of("reporting") & set(before[-_REPORTED:])
    return bool(said or _SAID_AFTER.match(text, end))


def _is_bidden(before: list[str]) -> bool:
    """ "You really should": somebody who is addressed, and a word of bidding before anybody else is named."""
    near = before[-_BIDDEN:]
    you = next((place for place, word in enumerate(near) if word in _of("addressed")), None)
    if you is None or (you and near[you - 1] in _of("conditions")):
        return False
    return bool(_of("bidding") & set(near[you:])) and not (_of("others") - _of("bidding")) & set(near[you:])


def _is_conditional(before: list[str]) -> bool:
    """ "If you"."""
    near = before[-_CONDITION:]
    return "you" in near and bool(_of("conditions") & set(near[:-1]))


def _clause_before(text: str, start: int) -> list[str]:
    """The words before `start` in its sentence, back to a comma or the like; further where only an "and" stands."""
    sentence = _SENTENCE_END.split(text[max(start - _BEFORE, 0) : start])[-1]
    words: list[str] = []
    for clause in reversed(_BOUNDARY.split(sentence)):
        words = _words(clause) + words
        if not words or set(words) - _of("joining"):
            break
    return words


def _words(text: str) -> list[str]:
    return [word.replace("'", "") for word in _WORD.findall(text)]


def _of(key: str) -> frozenset[str]:
    return words_of("voices", key)
