"""How well a model tells spam from other comments that it has not seen."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Self

from .model import Example, Model


class Evaluation(NamedTuple):
    """`recall` is the part of spam that is found, from 0 to 1, where at most 1% of the other comments is taken for it.

    `false_positives` are those comments. `auc` is how often spam has a higher probability than another comment.
    """

    recall: float
    auc: float
    false_positives: list[str]

    @classmethod
    def of(cls, model: Model, examples: Sequence[Example]) -> Self:
        """Of a model on examples of both kinds.

        The AUC is the statistic of Mann and Whitney over the number of pairs, where a tie is half a win: Bamber D, The
        area above the ordinal dominance graph, Journal of Mathematical Psychology 1975.
        """
        scored = [(model.probability(text), text, is_spam) for text, is_spam in examples]
        spam = [score for score, _, is_spam in scored if is_spam]
        ham = sorted(score for score, _, is_spam in scored if not is_spam)
        threshold = ham[-1 - len(ham) // 100]  # spam is what lies above: of equals, none
        wins = sum(bisect_left(ham, score) + bisect_right(ham, score) for score in spam) / 2
        return cls(
            recall=sum(score > threshold for score in spam) / len(spam),
            auc=wins / (len(spam) * len(ham)),
            false_positives=[text for score, text, is_spam in scored if not is_spam and score > threshold],
        )
