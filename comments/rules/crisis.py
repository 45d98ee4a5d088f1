from collections import Counter
from collections.abc import Iterable, Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .lexicon import Found, Sign, lexicon
from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT

NEAR = 40  # words


class Crisis(PhraseRule):
    """Somebody in danger. Weak signs are hits where different ones stand near each other, and nothing alone."""

    name = "crisis"
    lane = Lane.CRISIS
    told = (
        "It sounds as if you, or somebody near you, may be going through a very hard time. A person will read it soon."
    )
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        for name in ("crisis", "crisis_spanish"):
            found = _strongest(lexicon(name).search(submission.folded))
            yield from self.hits_of(submission.folded, _together(found))


def _strongest(found: Iterable[Found]) -> list[Found]:
    """In the order of the text, without those that share a word with a stronger one: no word counts twice."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: -one.sign.points):
        its_words = range(one.first, one.last + 1)
        if taken.isdisjoint(its_words):
            taken.update(its_words)
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)


def _together(found: list[Found]) -> Iterator[Found]:
    """Those that have points enough together with the other signs near them."""
    near: Counter[Sign] = Counter()
    first = told = 0
    for last, one in enumerate(found):
        near[one.sign] += 1
        while found[first].last < one.first - NEAR:
            near[found[first].sign] -= 1
            first += 1
        if sum(sign.points for sign, count in near.items() if count) >= HOLD_AT:
            yield from found[max(first, told) : last + 1]
            told = last + 1
