"""What readers write is plain text: templates draw it in pieces, escaped like everything else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

Span = tuple[int, int]

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # controls of the direction of writing
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")
REMOVED = "[removed]"


@dataclass(frozen=True)
class Piece:
    text: str
    url: str = ""
    is_marked: bool = False


def linked(text: str) -> list[Piece]:
    """The text, with the addresses in it that a browser would open as they read."""
    return list(_pieces(text, ((match.start(), _end(match)) for match in _ADDRESS.finditer(text)), link=True))


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text, with the spans that a rule found marked; spans that overlap become one."""
    return list(_pieces(text, merged(spans), link=False))


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with `[removed]` in place of each span."""
    return "".join(REMOVED if piece.is_marked else piece.text for piece in marked(text, spans))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches of text in order, none empty, none overlapping another."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def has_visible(text: str) -> bool:
    """Whether anything in it can be seen: not only spaces, control characters and the like (Unicode's Z and C)."""
    return any(unicodedata.category(char)[0] not in "ZC" for char in text)


def _pieces(text: str, spans: Iterable[Span], *, link: bool) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if start > done:
            yield Piece(text[done:start])
        part = text[start:end]
        yield Piece(part, url=part if link and _is_plain(part) else "", is_marked=not link)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def _end(match: re.Match[str]) -> int:
    """Where the address ends: before the punctuation of the sentence around it."""
    address = match[0]
    while address[-1] in ".,;:!?*_~)]}" and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return match.start() + len(address)


def _is_plain(address: str) -> bool:
    """Whether the address leads where it seems to.

    So there is no user before its name, no foreign look-alike in that, and nothing that shows it in another order.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        has_plain_name = parts.username is None and _HOST.fullmatch(host) is not None
        return has_plain_name and (parts.port or 443) > 0 and not _TURNS.search(address)
    except ValueError:
        return False
