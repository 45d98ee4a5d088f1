"""Names of clinicians: a title and a name, or what somebody is and a name."""

import re
from collections.abc import Iterator
from functools import cache

from .data import any_of, words_of

_PARTICLE = r"(?:(?:de|del|la|van|von|der|den|da|al|el)\s){0,2}"
_ONE_NAME = r"[A-ZÀ-Ý][\w'’-]{1,25}"
_NAMES = rf"{_PARTICLE}{_ONE_NAME}(?:\s{_PARTICLE}{_ONE_NAME}){{0,2}}"
_INITIAL = r"(?:[A-Z]\.?\s){0,3}"
_IS_CALLED = r"(?i:se\sllama|llamad[oa]|called|named|name\sis|name\swas|(?:is|was)\scalled)\s"

_PLACES = "clinic|hospital|ward|infirmary|theatre|surgery|practice|unit|clínica"
_DOES = (  # what a doctor does, behind a name without a capital letter
    "about|told|put|took|gave|prescribed|referred|examined|diagnosed|upped|lowered|at|me|thinks|reckons|wants|ordered"
)


def find_clinicians(text: str) -> Iterator[tuple[int, int]]:
    for word in _clue().finditer(text):
        for pattern in _patterns():
            match = pattern.match(text, word.start())
            if match and not _is_other(match["name"]):
                yield match.span("clinician")


def _is_other(name: str) -> bool:
    """Whether it begins with a word that has a capital letter for other reasons."""
    return name.replace("’", "'").split()[0].lower() in words_of("personal_data", "not_names")


@cache
def _clue() -> re.Pattern[str]:
    """What stands before a name."""
    clues = any_of("personal_data", "titles", "roles", "courtesies")
    return re.compile(rf"\b(?:{clues}|sister)(?!\w)", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    titles, roles, courtesies, surnames = (
        any_of("personal_data", key) for key in ("titles", "roles", "courtesies", "surnames")
    )
    patterns = (
        rf"(?P<clinician>(?i:{titles})\s{_INITIAL}(?P<name>{_NAMES}))",
        rf"(?P<clinician>(?i:(?:{titles})\s(?P<name>{surnames})))\b",
        rf"(?P<clinician>(?:dra?|doctora)\.?\s(?P<name>[a-zß-ÿ'’-]{{4,20}}))(?=,?\s(?:{_DOES})\b)",
        rf"(?i:{roles})\b[^\n.!?]{{0,30}}?\b(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES}))",
        rf"(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES})),?\s"
        rf"(?:(?:is|was)\s)?(?:my|the|our|a)\s(?i:{roles})\b",
        rf"(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES})),\s(?:[a-z]+\s){{0,2}}?(?i:{roles})\b",
        rf"(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES}))\s(?:at|from|in|on)\s[^\n.!?,]{{0,25}}?(?i:{_PLACES})\b",
        rf"(?i:{roles})\s?:\s(?P<clinician>{_INITIAL}(?P<name>{_NAMES}))",
        rf"(?P<clinician>(?i:dra?|prof)\.(?P<name>{_NAMES}))",
        rf"(?P<clinician>Doc\s(?P<name>{_ONE_NAME}))",
        rf"(?P<clinician>Sister\s(?P<name>{_NAMES}))\s(?:on|of|from|in)\s(?i:the\s)?(?i:ward|unit|clinic|day)\b",
        rf"(?i:{roles}),?\s(?:(?:is|was|es)\s|{_IS_CALLED})?"
        rf"(?P<clinician>(?P<name>{_ONE_NAME}\s{_PARTICLE}{_ONE_NAME}))",
        rf"(?i:{roles}),?\s{_IS_CALLED}(?P<clinician>(?P<name>{_NAMES}))",
    )
    return tuple(map(re.compile, patterns))
