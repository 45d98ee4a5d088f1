from bisect import bisect_left
from collections.abc import Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .lexicon import Found, lexicon
from .phrase_rules import PhraseRule

NEAR = 25  # words


class Selling(PhraseRule):
    """An offer near a remedy. Who asks is not selling, and a remedy alone is no offer."""

    name = "selling"
    lane = Lane.SELLING
    told = "It seems to offer a medicine, a treatment or a remedy to other readers."
    points = 4
    phrases = "selling"

    def hits(self, submission: Submission) -> Iterator[Hit]:
        found = list(lexicon(self.phrases).search(submission.folded))
        remedies = sorted(one.first for one in found if not one.sign.points)
        offers = (one for one in found if one.sign.points and not one.asks and _is_near(one, remedies))
        yield from self.hits_of(submission.folded, offers)


def _is_near(offer: Found, remedies: list[int]) -> bool:
    after = bisect_left(remedies, offer.first - NEAR)
    return after < len(remedies) and remedies[after] <= offer.last + NEAR
