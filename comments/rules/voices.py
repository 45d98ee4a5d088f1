"""Who speaks: whether words tell others what to do, or tell what somebody did, was told or wonders about."""

import re

from .data import words_of
from .folding import Folded

_BEFORE = 200  # characters looked back
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n")
_BOUNDARY = re.compile(r"[,;:()\[\]\"“”\n—–]| - ")
_SAID_AFTER = re.compile(r"[^.!?\n]{0,60}[,\"”]\s*(?:he |she |they )?(?:says|said|according|dijo|dice)\b")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_REPORTED = 6  # words behind somebody who says something
_CONDITION = 3  # words between "if you" and what is done


def is_told_to_others(folded: Folded, start: int, end: int) -> bool:
    """Whether `text[start:end]`, which names a deed, tells others to do it: "stop it", "you should stop it".

    It does not where it belongs to somebody else, as in "I had to stop it", "my doctor said you should stop it",
    "if you stop it" and "the stop".
    """
    before = _clause_before(folded.text, start)
    first = _words(folded.text[start:end])[:1]
    if before and before[-1] in _of("reporting") | _of("conditions"):
        return False
    if _of("reporting") & set(before[-_REPORTED:]):
        return False
    if _SAID_AFTER.match(folded.text, end):
        return False
    if first and first[0] in _of("addressing"):
        return True
    if not before:
        return True
    conditional = any(one in _of("conditions") for one in before[-_CONDITION:-1]) and "you" in before[-_CONDITION:]
    return not (conditional or before[-1] in _of("not_before_a_deed") or _of("others") & set(before))


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
