"""Logistic regression on the features of texts, trained on what moderators decided."""

import math
import zlib
from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .features import SIZE, Indices, named, slots

Example = tuple[str, bool]  # a text, and whether it is spam
Weights = NDArray[np.int32]

#: Examples of spam, and of the other kind, below which a model says nothing.
ENOUGH = 20

# Weights are whole numbers of this part of 1: their sum is the same in any order, on any machine.
_UNIT = 2**12
_ROUNDS = 8
_RATE = 0.2
_SURE = 0.1  # an error below this is none
_NONE = np.zeros(0, np.int32)
_FORMAT = b"spam model 1\n"  # changes with the features: weights of others mean nothing


class Model:
    """What was learned from examples; it never changes. Without weights it is untrained, and says nothing.

    The log-odds that a text is spam are bias + s n^-1/4, s being the sum of the weights of its n features. By the sum
    alone, long texts would be judged too boldly; with n^-1/2, as vectors of length 1, one bad word would drown in them.
    """

    def __init__(self, weights: Weights = _NONE, bias: int = 0) -> None:
        self._weights = weights
        self._bias = bias

    @property
    def is_trained(self) -> bool:
        return len(self._weights) > 0

    @classmethod
    def train(cls, examples: Iterable[Example]) -> Self:
        """A model of `examples`; the same one in whatever order they come.

        It is untrained where fewer than ENOUGH are spam, or fewer than ENOUGH are not.

        By stochastic gradient descent, w += rate * (label - probability) * x: Bottou L, Large-scale machine learning
        with stochastic gradient descent, COMPSTAT 2010. Each round leaves out what the last one was sure of and right.
        """
        # In the order of a checksum, so that neither one kind nor one week of decisions comes all at once.
        ordered = sorted(examples, key=lambda example: (zlib.crc32(example[0].encode(errors="replace")), example))
        spam = sum(is_spam for _, is_spam in ordered)
        if min(spam, len(ordered) - spam) < ENOUGH:
            return cls()
        weights, bias = np.zeros(SIZE, np.int32), 0
        seen = slots([text for text, _ in ordered])
        left: Iterable[tuple[Indices, bool]] = zip(seen, [is_spam for _, is_spam in ordered], strict=True)
        for _ in range(_ROUNDS):
            wrong = []
            for its, is_spam in left:
                error = is_spam - _probability(weights, bias, its)
                if abs(error) > _SURE:
                    weights[its] += round(_RATE * error * _scale(its) * _UNIT)
                    bias += round(_RATE * error * _UNIT)
                    wrong.append((its.copy(), is_spam))  # without the arrays of its whole batch
            left = wrong
        return cls(weights, bias)

    def probability(self, text: str) -> float:
        """How likely `text` is spam, from 0 to 1; 0 from an untrained model."""
        return _probability(self._weights, self._bias, *slots([text])) if self.is_trained else 0.0

    def explain(self, text: str, count: int) -> list[tuple[str, float]]:
        """The words and pairs of words in `text` that speak most for spam, `count` at most, and the log-odds each adds.

        They are written as the model reads them: in small letters, every figure as 0, "first … second" for a pair with
        words between. The runs of characters inside a word count with it.
        """
        if not self.is_trained:
            return []
        part = _scale(*slots([text])) / _UNIT
        added = {name: part * int(self._weights[its].sum()) for name, its in named(text)}
        telling = [(name, weight) for name, weight in added.items() if weight > 0]
        return sorted(telling, key=lambda pair: -pair[1])[:count]

    def to_bytes(self) -> bytes:
        """The model for `from_bytes`: about 100 kB after a thousand decisions, and never much above 1 MB."""
        return _FORMAT + zlib.compress(np.append(self._bias, self._weights).astype("<i4").tobytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Raises ValueError for what `to_bytes` did not write, or wrote when features were others."""
        if not data.startswith(_FORMAT):
            raise ValueError("not a spam model of this format")
        try:
            numbers = np.frombuffer(zlib.decompress(data.removeprefix(_FORMAT)), "<i4").astype(np.int32)
        except zlib.error as error:
            raise ValueError("a spam model that is damaged") from error
        return cls(numbers[1:], int(numbers[0]))


def _probability(weights: Weights, bias: int, its: Indices) -> float:
    log_odds = (bias + int(weights[its].sum()) * _scale(its)) / _UNIT
    return 1 / (1 + math.exp(-max(-30.0, min(log_odds, 30.0))))


def _scale(its: Indices) -> float:
    return float(max(len(its), 1) ** -0.25)
