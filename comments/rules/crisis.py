from collections.abc import Iterator

from comments.models.lanes import Lane

from .base import Hit, Rule, Submission
from .lexicon import lexicon
from .thresholds import HOLD_AT


class Crisis(Rule):
    """Somebody in danger. Half signs are hits where there are enough of them, and nothing where they stand alone."""

    name = "crisis"
    lane = Lane.CRISIS
    told = (
        "It sounds as if you, or somebody near you, may be going through a very hard time. A person will read it soon."
    )
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        found = [one for name in ("crisis", "crisis_spanish") for one in lexicon(name).search(submission.folded)]
        if sum(one.sign.points for one in found) >= HOLD_AT:
            for one in found:
                yield self.hit(one.sign.why, *submission.folded.span(one.start, one.end), one.sign.points)
