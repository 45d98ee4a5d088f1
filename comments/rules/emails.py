import re
from collections.abc import Iterator

_NAME = r"(?<![\w.+%-])[\w+%-]+(?:\.[\w+%-]+)*"
_AT = r"\s*(?:[\[({<]\s*(?:at|arroba|@)\s*[\])}>])\s*"  # name [at] example
_DOT = r"\s*(?:\.|[\[({<]\s*(?:dot|punto|\.)\s*[\])}>]|\s(?:dot|punto)\s)\s*"
_ENDING = r"(?:com|org|net|info|co|uk|us|ie|es|de|fr|it|mx|ar|cl|in|me|io|eu|au|ca|edu|gov|nhs|email|mail)\b"
_PROVIDERS = (
    r"(?:gmail|googlemail|g\s?mail|hotmail|yahoo|ymail|outlook|icloud|live|aol|proton|protonmail|btinternet|gmx|msn)"
)

_NO_NAME = r"(?!(?:look|log|me|us|is|am|are|was|account|work|available|based|out|here|sign|email|mail)\w*\s)"

#: From what nobody would take for anything else to what is an address only with a mail provider behind its "at".
_ADDRESSES = (
    re.compile(rf"{_NAME}\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    re.compile(rf"{_NAME}(?:{_AT}|\s?@\s?)[\w-]+(?:{_DOT}[\w-]+){{0,2}}?{_DOT}{_ENDING}"),
    re.compile(rf"{_NO_NAME}{_NAME}\s+(?:at|arroba)\s+{_PROVIDERS}(?:{_DOT}{_ENDING}){{1,2}}"),
    re.compile(rf"{_NO_NAME}{_NAME}\s+(?:at|arroba)\s+[\w-]+(?:\s(?:dot|punto)\s{_ENDING}){{1,2}}"),
)


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses in a folded text, also with their signs spelt out."""
    for address in _ADDRESSES:
        yield from (match.span() for match in address.finditer(text))
