"""Links. One to an ordinary page is no reason to hold a comment; the more there are, and the more hidden, the worse."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from comments.models.lanes import Lane

from .base import Hit, Rule, Submission
from .data import any_of, words_of

_HOST = r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}"
_MARKUP = re.compile(r"<\s{0,5}a\s[^<>]{0,20}href|\[(?:url|link|img)\b|</a>|\[/(?:url|link)\]")
_ENDING = r"(?:com|net|org|info|shop|xyz|ru|io|biz|site|online|store)\b"
_DISGUISED = re.compile(
    r"\bhxxps?\b"
    rf"|\b[a-z0-9-]{{2,63}}\s?(?:[\[({{]\s?(?:dot|punto|\.)\s?[\])}}]|\s(?:dot|punto)\s)\s?{_ENDING}"
    rf"|\b[a-z0-9-]{{3,63}}(?:\s\.\s?|\.\s){_ENDING}(?!\s[a-z])"
    r"|\b[a-z0-9-]{3,63}\s\.\s?com\b"
)
_SPELT_DOT = re.compile(r"\W*\b(?:dot|punto)\b\W*|\W*\.\W*")
_MESSENGER = (
    r"(?:whats\s?app|whatsap|watsapp|telegram|viber|signal|wechat|skype|kik|snapchat|imo|wickr|threema|session)"
)
_HANDLE = re.compile(
    rf"\b{_MESSENGER}\b[^\n]{{0,40}}?(?:@\s?[a-z]\w{{3,}}|\+?\d[\d\s().-]{{7,}})"
    rf"|@\w{{4,32}}\s(?:on|via|at|en|por)\s{_MESSENGER}\b"
)


class Kind(NamedTuple):
    why: str
    points: int


PLAIN = Kind("Links to a page", 1)
SHORTENED = Kind("Links to a page through a service that hides it", 4)
CHEAP = Kind("Links to a host of a kind that is hardly used but for advertising", 4)
MESSENGER = Kind("Asks readers to come to a messenger", 5)
MARKUP = Kind("Holds the code of a link", 5)
DISGUISED = Kind("Spells out a link so that programs do not see it", 4)
MANY = 3  # plain links: from here on each has as many points


class Links(Rule):
    name = "links"
    lane = Lane.SPAM
    told = "It holds links, or tells readers to come to another place."
    points = PLAIN.points

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        plain = 0
        for kind, start, end in _links(folded.text):
            plain += kind is PLAIN
            points = MANY if kind is PLAIN and plain >= MANY else kind.points
            yield self.hit(kind.why, *folded.span(start, end), points)


def _links(text: str) -> Iterator[tuple[Kind, int, int]]:
    for link in _urls().finditer(text):
        if kind := _kind(link["host"]):
            yield kind, *link.span()
    for spelt in _DISGUISED.finditer(text):
        if not _hosts_of(_SPELT_DOT.sub(".", spelt[0])) & words_of("links", "trusted"):
            yield DISGUISED, *spelt.span()
    for kind, pattern in ((MARKUP, _MARKUP), (MESSENGER, _HANDLE)):
        yield from ((kind, *match.span()) for match in pattern.finditer(text))


def _kind(host: str) -> Kind | None:
    """None for a link to a host that is trusted."""
    above = _hosts_of(host.removeprefix("www."))
    if above & words_of("links", "trusted"):
        return None
    if above & words_of("links", "messengers"):
        return MESSENGER
    if above & words_of("links", "shorteners"):
        return SHORTENED
    return CHEAP if above & words_of("links", "cheap_endings") else PLAIN


def _hosts_of(host: str) -> set[str]:
    """The host and all above it."""
    return {host.split(".", dots)[-1] for dots in range(host.count(".") + 1)}


@cache
def _urls() -> re.Pattern[str]:
    """An address with its protocol, or a host that is known for one or by its ending; no part of an e-mail address."""
    endings = any_of("links", "endings")
    known = any_of("links", "shorteners", "messengers")
    bare = rf"(?=www\.|(?:{known})/|[a-z0-9.-]{{1,120}}\.(?:{endings})\b)"
    path = r"(?::\d+)?(?:/[^\s<>\[\]\"]*)?"
    return re.compile(rf"(?<![\w@.-])(?:(?:https?|ftp):/{{1,2}}|{bare})(?P<host>{_HOST}){path}(?![\w@-])")
