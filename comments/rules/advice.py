from collections.abc import Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .examples import most_alike
from .lexicon import lexicon
from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT
from .voices import is_told_to_others


class Advice(PhraseRule):
    """Deeds that are told to others. Questions are spared, and what somebody did, was told or wonders about."""

    name = "advice"
    lane = Lane.ADVICE
    told = "It seems to tell others what to take, what to leave, or whether to see a doctor."
    points = HOLD_AT
    phrases = "advice"

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        found = lexicon(self.phrases).search(folded)
        told = [one for one in found if not one.asks and is_told_to_others(folded, one.start, one.end)]
        yield from self.hits_of(folded, told)
        if sum(one.sign.points for one in told) < HOLD_AT:
            alike, span = most_alike("advice", folded)
            yield self.hit("Reads like the advice that strangers give", *span, likeness=alike)
