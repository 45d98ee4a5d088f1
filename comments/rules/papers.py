"""What somebody is known by on paper and in other networks: full names, official numbers, dates of birth, accounts."""

import re
from collections.abc import Iterator
from functools import cache

from .data import any_of, words_of

_NAME = r"[A-ZÀ-Ý][\w'’-]{1,25}"
_FULL_NAME = rf"{_NAME}(?:\s(?:[A-Z]\.|de|del|la|van|von))*(?:\s{_NAME}){{1,3}}"
_NAMES = (
    rf"\b(?i:my\s(?:full\s)?name(?:\sis|'s|’s)|me\sllamo|mi\snombre\ses)\s(?P<found>{_FULL_NAME})",
    rf"\b(?i:my|mi|our)\s(?i:{{relations}}),?\s(?P<found>{_FULL_NAME})",
    rf"\b(?:(?:I|i)(?:'|’)?m|(?:I|i)\sam|[Tt]his\sis|[Ss]oy)\s(?P<found>{_NAME}\s{_NAME})(?=,?\s(?:from|in|of|de)\s[A-ZÀ-Ý])",
    rf"(?<!\w)(?P<found>{_NAME}\s{_NAME})(?=,\s(?:a|an|my|our)\s(?:\w+\s){{0,1}}(?:physio|neurologist|consultant|doctor|nurse|surgeon|"
    rf"therapist|psychologist|psychiatrist|chiropractor|osteopath)\b)",
    rf"\b(?i:facebook|fb|linkedin)(?:\sme|\sis)?[:,]?\s(?P<found>{_FULL_NAME})",
    rf"(?<=[a-z,]\s)(?P<found>(?:Mr|Mrs|Ms|Miss|Sr|Sra|Señora|Señor|Don|Doña)\.?\s{_NAME}\s{_NAME})",
)
_NUMBERS = (
    r"\b(?i:nhs|hospital|patient|medicare|medicaid|social\ssecurity|ssn|passport|insurance|policy|medical\srecord|mrn|"
    r"national\sinsurance|ppsn?|chi|seguridad\ssocial|historia|tarjeta\ssanitaria|curp|dni|nie|nif)\s?"
    r"(?i:number|numero|número|id|no\.?|num\.?|nº|#|card|clinica|clínica)?\s?(?i:is|es|:)?\s?"
    r"(?P<found>[A-Z]{0,3}\d(?:[\s-]?\d){5,11}-?[A-Z]?)\b",
    r"(?<!\w)(?P<found>\d{8}-?[A-HJ-NP-TV-Z])(?!\w)",
    r"(?<!\w)(?P<found>\d{3}-\d{2}-\d{4})(?!\w)",
)
_BIRTHS = (
    r"\b(?i:born(?:\son)?(?:\sthe)?|dob:?|d\.o\.b\.?:?|date\sof\sbirth(?:\sis)?:?|nací\sel|nacid[oa]\sel|fecha\sde\snacimiento:?)\s"
    r"(?P<found>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))\b",
)
_ACCOUNTS = (
    r"\b(?i:my|mi|me|im|i'm|i’m)\s(?:\w+\s){0,3}?(?i:insta|instagram|ig|twitter|tiktok|discord|skype|snap|snapchat|threads|"
    r"mastodon|bluesky|reddit|messenger)\s?(?i:is|es|:|handle|account|name|,|as|at|\s){0,4}"
    r"(?P<found>@\s?\w[\w.]{2,30}|\w{2,25}\#\d{3,5}|live:[\w.]{3,30})",
    r"\b(?i:insta|instagram|snap|snapchat|tiktok|discord|skype|twitter|kik)(?:\sme)?\s?(?::|is|-|=)?\s"
    r"(?P<found>(?=[\w.]{0,30}[\d_.]\w)[a-zA-Z][\w.]{4,30})(?![\w.])",
    r"(?<![\w/])(?P<found>u/\w{3,25})\b",
    r"\b(?P<found>(?i:facebook|fb|instagram|linkedin|tiktok|twitter|x)\.com/(?:in/|@)?[\w.-]{4,40})",
    r"\b(?i:skype)\sis\s(?P<found>\w[\w.:]{4,30})",
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _found(text, "names"):
        if not _is_other(text[start:end]):
            yield start, end


def find_official_numbers(text: str) -> Iterator[tuple[int, int]]:
    yield from _found(text, "numbers")


def find_births(text: str) -> Iterator[tuple[int, int]]:
    yield from _found(text, "births")


def find_accounts(text: str) -> Iterator[tuple[int, int]]:
    yield from _found(text, "accounts")


def _found(text: str, kind: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns()[kind]:
        yield from (match.span("found") for match in pattern.finditer(text))


def _is_other(name: str) -> bool:
    """Whether a word of it has a capital letter for other reasons."""
    return bool({word.lower() for word in name.split()} & words_of("personal_data", "not_names"))


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    relations = any_of("personal_data", "relations")
    kinds = {"names": _NAMES, "numbers": _NUMBERS, "births": _BIRTHS, "accounts": _ACCOUNTS}
    return {
        kind: [re.compile(pattern.replace("{relations}", relations)) for pattern in patterns]
        for kind, patterns in kinds.items()
    }
