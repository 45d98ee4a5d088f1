"""Postal addresses of Britain, America and Spain; a postcode is one only as a part of an address."""

import re
from collections.abc import Iterator
from functools import cache

import yaml

from .folding import LEXICONS

_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]{2},?\s\d{5}(?:-\d{4})?|\d{5})\b"
_NAME = r"[A-ZÀ-Ý][\w'’.-]{0,30}"
_FLAT = r"(?:(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite)\s\w{1,4},?\s)?"
_NUMBER = r"(?<![\w.,/])\d{1,5}[A-Za-z]?,?\s"
_TAIL = rf"(?:[,\s][^\n.!?]{{0,50}}?\b{_POSTCODE})?"
_LIVES = r"(?i:\b(?:live|lives|living|address|vivo|dirección|domicilio|house|home|stay)\b[^\n.!?\d]{0,30})"
_NOT_A_NUMBER = r"(?!\s*(?:km|m|min\w*|horas?|metros|veces|pasos|años|días|euros|mg)\b)"


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    for address in _addresses():
        for match in address.finditer(text):
            yield match.span("address")


@cache
def _addresses() -> tuple[re.Pattern[str], ...]:
    lists = yaml.safe_load((LEXICONS / "personal_data.yaml").read_text())
    plain, capital, spanish = (
        "|".join(map(re.escape, lists[name].split()))
        for name in ("streets", "streets_with_a_capital", "spanish_streets")
    )
    patterns = (
        rf"(?P<address>{_FLAT}{_NUMBER}(?:{_NAME}\s){{1,4}}(?:{capital}|{plain})\b\.?{_TAIL})",
        rf"(?i:\b(?:at|live|lives|address|is)\b[^\n\d]{{0,15}}\s)(?P<address>{_NUMBER}(?:\w{{2,20}}\s){{1,3}}(?:{plain})\b{_TAIL})",
        rf"{_LIVES}(?P<address>(?:{_NAME}\s){{1,3}}(?:{capital}|{plain})\b\.?{_TAIL})",
        rf"(?i:\b(?:live|lives|living|address|postcode|post\scode|zip|zip\scode)\b)[^\n!?]{{0,40}}?(?P<address>\b{_POSTCODE})",
        rf"(?P<address>(?i:(?<!\w)(?:{spanish})\s)(?:[\w'.ªº-]{{1,25}}\s){{0,5}}?[\w'.ªº-]{{1,25}},?\s"
        rf"(?i:n[.ºo°úu]*m?[.º]*\s?|número\s|#\s?)?\d{{1,4}}\b{_NOT_A_NUMBER})",
    )
    return tuple(re.compile(pattern) for pattern in patterns)
