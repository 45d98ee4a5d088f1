"""What says who somebody is, or where: for the rule, and for the notice that an author sees before sending."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from comments.models.lanes import Lane

from .addresses import find_addresses
from .base import Hit, Rule, Submission
from .clinicians import find_clinicians
from .emails import find_emails
from .folding import Folded, fold
from .papers import find_accounts, find_births, find_names, find_official_numbers
from .payments import find_bank_accounts, find_payment_cards
from .phones import find_phones
from .thresholds import HOLD_AT

Span = tuple[int, int]


class PersonalData(NamedTuple):
    """`text[start:end]` is of this kind, in words that fit into a sentence."""

    kind: str
    start: int
    end: int


#: Addresses and names are told by their capital letters, so they are looked for in the text as it was written.
_IN_FOLDED: dict[str, Callable[[str], Iterator[Span]]] = {
    "an e-mail address": find_emails,
    "a telephone number": find_phones,
}
_AS_WRITTEN: dict[str, Callable[[str], Iterator[Span]]] = {
    "a postal address": find_addresses,
    "the name of a clinician": find_clinicians,
    "a full name": find_names,
    "an official number": find_official_numbers,
    "a date of birth": find_births,
    "the name of an account": find_accounts,
    "the number of a bank account": find_bank_accounts,
    "the number of a payment card": find_payment_cards,
}


def find_personal_data(text: str, folded: Folded | None = None) -> list[PersonalData]:
    """In the order of the text; of two that overlap, the one that begins first."""
    found: list[PersonalData] = []
    for one in sorted(_all(text, folded or fold(text)), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _all(text: str, folded: Folded) -> Iterator[PersonalData]:
    for kind, find in _IN_FOLDED.items():
        yield from (PersonalData(kind, *folded.span(*span)) for span in find(folded.text))
    for kind, find in _AS_WRITTEN.items():
        yield from (PersonalData(kind, *span) for span in find(text))


class PersonalDataRule(Rule):
    name = "personal-data"
    lane = Lane.PERSONAL_DATA
    told = "It seems to hold a name, an address or a number by which somebody can be found."
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        for kind, start, end in find_personal_data(submission.text, submission.folded):
            yield self.hit(f"Holds {kind}", start, end)
