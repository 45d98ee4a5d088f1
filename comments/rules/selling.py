import re
from bisect import bisect_left
from collections.abc import Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .emails import find_emails
from .examples import most_alike
from .folding import Folded
from .lexicon import Found, lexicon
from .phones import find_phones
from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT
from .voices import is_told_to_others

NEAR = 25  # words
DISGUISED = 4  # points

_FIGURE_IN_A_WORD = re.compile(r"[a-z][0-9@$!|]+[a-z]|^[0-9@$!|][a-z]{4}|[a-z]{4}[@$!|]")
_TAKEN_APART = re.compile(r"\w([ .*_-])\w\1\w")
_URL = re.compile(r"https?:|www\.|\.example\b|\.com\b")


class Selling(PhraseRule):
    """An offer near a remedy or a claim. Who asks is not selling, and a remedy alone is no offer.

    Who warns of an offer describes one, but does not say where to get it.
    """

    name = "selling"
    lane = Lane.SELLING
    told = "It seems to offer a medicine, a treatment or a remedy to other readers."
    points = 4
    phrases = "selling"

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        found = list(lexicon(self.phrases).search(folded))
        remedies = [one for one in found if one.sign.kind == "remedy"]
        places = sorted(one.first for one in found if one.sign.kind in {"remedy", "claim"})
        offers = [one for one in found if _is_offer(one, folded) and _is_near(one, places)]
        if any(one.sign.kind == "warning" for one in found) and not _can_be_reached(folded, offers):
            return
        yield from self.hits_of(folded, offers)
        yield from self._disguised(submission, remedies)
        if sum(one.sign.points for one in offers) < HOLD_AT:
            alike, span = most_alike("selling", folded)
            if alike >= most_alike("advice", folded)[0]:
                yield self.hit("Reads like advertising", *span, HOLD_AT, likeness=alike)

    def _disguised(self, submission: Submission, remedies: list[Found]) -> Iterator[Hit]:
        """Nobody but who sells writes the name of a medicine so that programs do not see it."""
        for one in remedies:
            start, end = submission.folded.span(one.start, one.end)
            if is_disguised(submission.folded.text[one.start : one.end]):
                yield self.hit("Writes the name of a remedy so that programs do not see it", start, end, DISGUISED)


def is_disguised(written: str) -> bool:
    return bool(_FIGURE_IN_A_WORD.search(written) or _TAKEN_APART.match(written))


def _is_offer(one: Found, folded: Folded) -> bool:
    if not one.sign.points or one.asks:
        return False
    return one.sign.kind != "deed" or is_told_to_others(folded, one.start, one.end)


def _is_near(offer: Found, remedies: list[int]) -> bool:
    after = bisect_left(remedies, offer.first - NEAR)
    return after < len(remedies) and remedies[after] <= offer.last + NEAR


def _can_be_reached(folded: Folded, offers: list[Found]) -> bool:
    if any(one.sign.kind == "deed" for one in offers):
        return True
    return bool(
        _URL.search(folded.text) or next(find_emails(folded.text), None) or next(find_phones(folded.text), None)
    )
