import re
from collections.abc import Iterator
from functools import cache

from .data import any_of

_NAME = r"(?<![\w.+%-])[\w+%-]+(?:\.[\w+%-]+)*"
_AT = r"\s*(?:[\[({<*]\s*(?:at|arroba|a|@)\s*[\])}>*]|-(?:at|arroba)-)\s*"  # name [at] example
_DOT = r"\s*(?:\.|[\[({<*]\s*(?:dot|punto|\.)\s*[\])}>*]|-(?:dot|punto)-|\s(?:dot|punto)\s)\s*"
_ENDING = r"(?:com|org|net|info|co|uk|us|ie|es|de|fr|it|mx|ar|cl|in|me|io|eu|au|ca|edu|gov|nhs|email|mail)\b"
_PROVIDERS = (
    r"(?:gmail|googlemail|g\s?mail|hotmail|yahoo|ymail|outlook|icloud|live|aol|proton|protonmail|btinternet|gmx|msn)"
)

_NO_NAME = r"(?!(?:look|log|me|us|is|am|are|was|account|work|available|based|out|here|sign|email|mail)\w*\s)"

_SPELT_NAME = rf"{_NO_NAME}{_NAME}(?:\s(?:dot|punto|underscore|dash|hyphen|guion)\s[\w+%-]+){{0,3}}"
_ACCOUNT = r"(?=[a-z._]{0,30}\d)[a-z][\w.]{4,30}(?!\w)"  # only a figure tells it from a word

#: From what nobody would take for anything else to what is one only near a mail provider; what a text must hold first.
_ADDRESSES = (
    (re.compile("@"), re.compile(rf"{_NAME}\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    (
        re.compile(r"@|[\[({<*-]\s*(?:at|arroba|a)\s*[\])}>*-]"),
        re.compile(rf"{_NAME}(?:{_AT}|\s?@\s?)[\w-]+(?:{_DOT}[\w-]+){{0,2}}?{_DOT}{_ENDING}"),
    ),
    (
        re.compile(_PROVIDERS),
        re.compile(rf"{_NO_NAME}{_NAME}\s+(?:at|arroba)\s+{_PROVIDERS}(?:{_DOT}{_ENDING}){{1,2}}"),
    ),
    (
        re.compile(r"[\[({<*-]\s*(?:at|arroba|a|@)\s*[\])}>*-]"),
        re.compile(rf"{_NAME}{_AT}[\w-]+(?:{_DOT}[\w-]+){{1,2}}"),
    ),
    (
        re.compile(r"\w\s\w\s[@(\[]"),
        re.compile(r"(?<!\w)(?<!\w\s)(?:[\w.+-]\s){4,40}(?:\[?\(?(?:@|at)\)?\]?)\s?[\w-]+(?:\s?\.\s?[\w-]+)+"),
    ),
    (re.compile(_PROVIDERS), re.compile(rf"(?<![\w.]){_ACCOUNT}\s+(?:at|on|arroba)\s+{_PROVIDERS}\b")),
    (
        re.compile(_PROVIDERS),
        re.compile(rf"\b{_PROVIDERS}(?:\sme)?,?\s(?:(?:is|it's|its|name|address|es)\s){{1,3}}{_ACCOUNT}"),
    ),
    (re.compile("@"), re.compile(rf"{_NAME}\s?@\s?[\w-]{{3,}}\s(?:com|org|net|co\suk|ie|es)\b")),
    (
        re.compile(_PROVIDERS),
        re.compile(
            rf"\b(?:is|it's|its|me|:|e-?mail|address|to)[:,]?\s"
            rf"(?P<email>(?:[\w.]{{2,30}}\s){{1,6}}?(?:at|arroba)\s{_PROVIDERS}\b)"
        ),
    ),
    (
        re.compile(_PROVIDERS),
        re.compile(rf"^{_NO_NAME}[\w.]{{4,30}}\s(?:at|arroba)\s{_PROVIDERS}\b"),
    ),
)


#: All signs are spelt out, and so they are in the name of a place: "I read it at healthline dot com".
_SPELT_OUT = re.compile(
    rf"(?P<name>{_SPELT_NAME})\s+(?:(?:the\s)?at(?:\s(?:sign|symbol))?|arroba)\s+[\w-]+"
    r"(?:\s(?:dot|punto)\s[a-z]{2,12}\b){1,2}"
)
_SPELT_DOT = re.compile(r"\s(?:dot|punto)\s")
_NO_WORD = re.compile(r"[^a-z]")
_NEAR = 40  # characters


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses in a folded text, also with their signs spelt out."""
    for clue, address in _ADDRESSES:
        if clue.search(text):
            group = "email" if "email" in address.groupindex else 0
            yield from (match.span(group) for match in address.finditer(text))
    if _SPELT_DOT.search(text):
        yield from (match.span() for match in _SPELT_OUT.finditer(text) if _is_of_somebody(match))


def _is_of_somebody(spelt: re.Match[str]) -> bool:
    """Whether the name is no mere word, or stands where somebody asks to be written to, or at the beginning."""
    before = spelt.string[max(spelt.start() - _NEAR, 0) : spelt.start()]
    return bool(_NO_WORD.search(spelt["name"]) or _asking_to_write().search(before) or not before.strip())


@cache
def _asking_to_write() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('personal_data', 'asking_to_write')})\b|(?:\b(?:is|its|it's|me|es)|:)[:,]?\s$")
