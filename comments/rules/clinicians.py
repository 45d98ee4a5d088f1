"""Names of clinicians: a title and a name, or what somebody is and a name."""

import re
from collections.abc import Iterator
from functools import cache

import yaml

from .folding import LEXICONS

_PARTICLE = r"(?:(?:de|del|la|van|von|der|den|da|al|el)\s){0,2}"
_ONE_NAME = r"[A-ZÀ-Ý][\w'’-]{1,25}"
_NAMES = rf"{_PARTICLE}{_ONE_NAME}(?:\s{_PARTICLE}{_ONE_NAME}){{0,2}}"
_INITIAL = r"(?:[A-Z]\.?\s)?"


def find_clinicians(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if match["name"].replace("’", "'").split()[0].lower() not in _not_names():
                yield match.span("clinician")


def _words(name: str) -> list[str]:
    words: list[str] = yaml.safe_load((LEXICONS / "personal_data.yaml").read_text())[name].split()
    return words


@cache
def _not_names() -> frozenset[str]:
    return frozenset(_words("not_names"))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    titles, roles, courtesies, surnames = (
        "|".join(sorted(map(re.escape, _words(name)), key=len, reverse=True))
        for name in ("titles", "roles", "courtesies", "surnames")
    )
    patterns = (
        rf"\b(?P<clinician>(?i:{titles})\s{_INITIAL}(?P<name>{_NAMES}))",
        rf"\b(?P<clinician>(?i:(?:{titles})\s(?P<name>{surnames})))\b",
        rf"\b(?i:{roles})\b[^\n.!?]{{0,30}}?\b(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES}))",
        rf"\b(?P<clinician>(?:{courtesies})\s{_INITIAL}(?P<name>{_NAMES})),?\s(?:(?:is|was)\s)?(?:my|the|our|a)\s(?i:{roles})\b",
        rf"\b(?i:{roles}),?\s(?i:(?:is|was|es|se\sllama|llamad[oa]|called|named|name\sis|name\swas|is\scalled|was\scalled)\s)?"
        rf"(?P<clinician>(?P<name>{_ONE_NAME}\s{_PARTICLE}{_ONE_NAME}))",
        rf"\b(?i:{roles}),?\s(?i:se\sllama|llamad[oa]|called|named|name\sis|is\scalled|was\scalled)\s(?P<clinician>(?P<name>{_NAMES}))",
        rf"\b(?P<clinician>(?P<name>{_ONE_NAME}\s{_ONE_NAME}),?\s(?:MD|M\.D\.|MBBS|FRCP|MRCP|DO)\b)",
    )
    return tuple(re.compile(pattern) for pattern in patterns)
