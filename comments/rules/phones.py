"""Telephone numbers of people, by the rules of the countries where readers live."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberMatcher,
    PhoneNumberType,
    is_possible_number,
    number_type,
    parse,
)

from .data import words_of

#: Countries whose numbers are written without the country's code.
_REGIONS = ("GB", "US", "ES", "IE", "AU", "IN", "MX", "AR")
#: Numbers that belong to services, as helplines do, and not to a person.
_OF_SERVICES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}
_MOST = 8  # numbers looked at in one comment
_NEAR = 40  # characters

_CANDIDATE = re.compile(r"(?<![\w.,/€£$+-])(?:\+|\()?\d(?:[ \t().–-]{0,3}\d){6,14}(?!\w)(?![.,/-]\d)")
_NOT_BEFORE = re.compile(r"(?:pmid|pmc|doi|isbn|issn|nct|ref|order|[€£$])\W*$")
_NOT_AFTER = re.compile(
    r"\s*(?:mg|mcg|ug|g|ml|iu|ui|u/l|nmol|ng|pg|mmol|%|steps|pasos|calor\w+|kcal|people|euros?|pesos|dollars|pounds)\b"
)
_GROUPED = re.compile(r"\d{3}|^\+|^0\d \d\d")  # in other figures, as in lists, digits stand alone
_DATE = re.compile(r"\d{4}[ .-]\d\d?[ .-]\d\d?\b|\d\d?[ .-]\d\d?[ .-]\d{4}\b|(?:(?:19|20)\d\d[ -]*)+$")
#: Looks like a number to call, or stands where one would: here it need not be in use to be taken for one.
_SHAPE = re.compile(r"\(\d{3}\) ?\d{3}[ .-]\d{4}$|\d{3}-\d{3}-\d{4}$|0\d{4}[ -]\d{6}$|0\d{3}[ -]\d{3}[ -]\d{4}$|\+\d")
_ASKED_TO_CALL = re.compile(
    r"\b(?:(?:get|reach|find) me|call|phone|telephone|tel|mobile|cell|number|ring|text|whats\s?app|contact|reach|fax|"
    r"telefono|movil|celular|llama\w*|numero|escrib\w+|signal|telegram|viber|landline|hmu|tlf|tfno|fijo|phoning|calling)\b"
)
_CALLED_AFTER = re.compile(
    r"[^\n.!?\d]{0,12}\b(?:area code|voicemail|landline|is my (?:cell|number|mobile|phone)|ask for|cell|mobile|"
    r"evenings|any time|anytime|call|text|ring|cualquier cosa|por las (?:tardes|noches))\b"
)
_ONE_BY_ONE = re.compile(r"[0+]\d?(?:[ .-]\d){9,12}$")
_FIGURE = (
    r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|hundred|double|triple|treble"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
_SPOKEN = re.compile(rf"\b{_FIGURE}(?:[\s,.-]{{1,2}}{_FIGURE}){{6,}}\b")
_COUNTING = re.compile(r"(?:one|uno)\W+(?:two|dos)\W+(?:three|tres)\W+(?:four|cuatro)\W+(?:five|cinco)")


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Spans of numbers that belong to a person, as far as one can tell, in a folded text."""
    for candidate in islice(filter(_may_be_number, _CANDIDATE.finditer(text)), _MOST):
        start, written = candidate.start(), candidate[0]
        if span := _valid(written):
            yield start + span[0], start + span[1]
        elif _looks_like_one(candidate) and _is_possible(written):
            yield candidate.span()
    for spoken in _SPOKEN.finditer(text):
        if not _COUNTING.match(spoken[0]):
            yield spoken.span()


def _may_be_number(candidate: re.Match[str]) -> bool:
    text, start, end = candidate.string, *candidate.span()
    if not (_GROUPED.search(candidate[0]) or _ONE_BY_ONE.match(candidate[0])):
        return False
    if _DATE.match(candidate[0]) or re.sub(r"\D", "", candidate[0]) in words_of("personal_data", "helplines"):
        return False
    return not (_NOT_BEFORE.search(text, max(start - 10, 0), start) or _NOT_AFTER.match(text, end))


def _looks_like_one(candidate: re.Match[str]) -> bool:
    start = candidate.start()
    asked = _ASKED_TO_CALL.search(candidate.string, max(start - _NEAR, 0), start)
    return bool(asked or _SHAPE.match(candidate[0]) or _CALLED_AFTER.match(candidate.string, candidate.end()))


def _valid(written: str) -> tuple[int, int] | None:
    for region in _REGIONS:
        for match in PhoneNumberMatcher(written, region, leniency=Leniency.VALID):
            return None if _is_of_service(match.number) else (match.start, match.end)
    return None


def _is_possible(written: str) -> bool:
    for region in _REGIONS:
        with suppress(NumberParseException):
            number = parse(written, region)
            if is_possible_number(number):
                return not _is_of_service(number)
    return False


def _is_of_service(number: PhoneNumber) -> bool:
    return number_type(number) in _OF_SERVICES
