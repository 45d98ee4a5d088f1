"""Postal addresses of Britain, Ireland, America, Australia and Spain; a postcode is one only as a part of them."""

import re
from collections.abc import Iterator
from functools import cache

from .data import any_of

_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]{2},?\s\d{5}(?:-\d{4})?|\d{5})\b"
_NAME = r"[A-ZÀ-Ý][\w'’.-]{0,30}"
_TOWN = r"[A-ZÀ-Ý][\w'’-]{1,30}"
_IN_HOUSE = r"(?:(?<!\w)(?i:flat|apartment|apt\.?|unit|suite|room|piso)\s\w{1,5}(?:,\s?|\s?/\s?|\s))?"
_NUMBER = rf"{_IN_HOUSE}(?<![\w.,])(?:(?<!/)|(?<=\w/))\d{{1,5}}[A-Za-z]?,?\s"
_FULL = (  # postcodes that look like nothing else
    r"(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW]\s?[\dAC-FHKNPRTV-Y]{4}"
    r"|(?:NSW|VIC|QLD|ACT|TAS|SA|WA|NT),?\s\d{4})\b"
)
_TAIL = rf"(?:[,\s][^\n.!?]{{0,50}}?\b{_POSTCODE})?"
_LIVES = r"\b(?i:live|lives|living|address|vivo|dirección|domicilio|house|home)\b"
_POSTED = r"\b(?i:live|lives|living|address|postcode|post\scode|zip|zip\scode)\b"
_NOT_A_DISTANCE = r"(?!\s*(?:km|m|min\w*|horas?|metros|veces|pasos|años|días|euros|mg)\b)"


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    for address in _addresses():
        for match in address.finditer(text):
            yield match.span("address")


@cache
def _addresses() -> tuple[re.Pattern[str], ...]:
    plain, spanish = any_of("personal_data", "streets"), any_of("personal_data", "spanish_streets")
    street = rf"(?:{any_of('personal_data', 'streets_with_a_capital')}|{plain})\b\.?"
    numbered = (
        rf"(?:{_NAME}\s){{1,4}}{street}{_TAIL}",
        rf"(?:{_NAME},?\s){{1,6}}{_FULL}",
        rf"[NSEW]{{1,2}}\.?\s(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th))\s{street}{_TAIL}",
        rf"{_NAME},\s(?i:apt|flat|unit)\.?\s\w{{1,4}}{_TAIL}",
        rf"(?:(?:bis|ter),?\s)?(?:Rue|Avenue|Boulevard|Via|Viale|Piazza|Rua)\s(?:\w{{1,20}}\s?){{1,5}}{_TAIL}",
    )
    patterns = (
        rf"(?P<address>{_NUMBER}(?:{'|'.join(numbered)}))",
        rf"\b(?i:at|live|lives|address|is)\b[^\n\d]{{0,15}}\s"
        rf"(?P<address>{_NUMBER}(?:\w{{2,20}}\s){{1,3}}(?:{plain})\b{_TAIL})",
        rf"(?P<address>(?<!\w)(?:{_NAME},?\s){{2,8}}{_FULL})",
        rf"(?P<address>{_IN_HOUSE[:-1]}[^\n.!?]{{0,60}}?\b{_FULL})",
        rf"(?P<address>(?<!\w)(?:P\.?\s?O\.?\s?[Bb]ox|[Aa]partado\sde\s[Cc]orreos)\s\d{{1,6}}{_TAIL})",
        rf"{_LIVES}[^\n.!?\d]{{0,30}}?(?P<address>\b(?:{_NAME}\s){{1,3}}{street}{_TAIL})",
        rf"{_POSTED}[^\n!?]{{0,40}}?(?P<address>\b{_POSTCODE})",
        rf"(?P<address>(?<!\w)(?i:{spanish})\s(?:[\w'.ªº-]{{1,25}}\s){{0,5}}?[\w'.ªº-]{{1,25}},?\s"
        rf"(?i:n[.ºo°úu]*m?[.º]*\s?|número\s|#\s?)?\d{{1,4}}\b{_NOT_A_DISTANCE}"
        rf"(?:[^\n!?]{{0,40}}?\b\d{{5}}\b(?:\s{_TOWN})?)?)",
        r"(?P<address>\b(?:Paseo|Ronda|Camino|Carretera|Rambla|Urbanización|Urb\.|Vía|Cuesta)\s"
        rf"(?:(?:de|del|la|los|las)\s){{0,2}}(?:{_NAME},?\s(?:(?:de|del|la|los|chalet|casa|núm\.|nº)\s)?){{1,4}}"
        rf"\d{{1,4}}\b{_NOT_A_DISTANCE})",
        r"(?P<address>\b[Cc]alle\s(?:\w+\s){0,4}?\w+,?\ss/n\b)",
        r"(?P<address>\b[A-ZÄÖÜ][a-zäöüß]{2,20}(?:straße|strasse|str\.|weg|platz|gasse|allee)\s\d{1,4}[a-z]?\b"
        rf"{_TAIL})",
    )
    return tuple(map(re.compile, patterns))
