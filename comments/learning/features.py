"""What the model sees of a text: its words, pairs of near words, and all runs of four characters.

No vocabulary is kept. A feature has the weight that its hash points to, and two rare ones may share one: Weinberger K,
Dasgupta A, Langford J, Smola A, Attenberg J, Feature hashing for large scale multitask learning, ICML 2009.

Many texts are read at once, one behind the other in arrays: that is what makes learning fast. A text has the same
features in any company. A link is words and marks like all else, so that it weighs more the longer it is.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

_BITS = 18
#: How many weights there are.
SIZE = 1 << _BITS

_LONGEST = 4000  # characters of a text that are read
_BATCH = 200  # texts; bounds the memory that long ones take
_RUN = 4  # characters
_DISTANCES = (1, 2, 3)  # words from the first of a pair to the second
_TAG = re.compile(r"<[^<>]*>")
_MARK = 2**32  # added to the code of what is neither letter nor figure
_LAST_CODE = 0x1FFFF  # the rare ideographs beyond count as one

# Of polynomial hashes modulo 2^64; odd, and without a pattern in its bits: 2^64 divided by the golden ratio.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_POWERS = _BASE ** np.arange(_LONGEST + 1, dtype=np.uint64)


class Reading(NamedTuple):
    """Texts as arrays: of characters and the index of the text that each is of; of where words start, and their hashes.

    A mark is a word. The features are numbers, too: the index of the text * SIZE + the number of the weight.
    """

    characters: Hashes
    texts: Indices
    starts: Indices
    hashes: Hashes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        plain = [f" {_plain(text)} " for text in texts]
        codes = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), "<u4")
        characters = _alphabet()[np.minimum(codes, _LAST_CODE)]
        owners = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
        is_kept = _differs(characters, 1) | _differs(characters, 2) | _differs(owners, 2)  # "soooo" is read as "soo"
        characters, owners = characters[is_kept], owners[is_kept]
        is_mark = characters >= _MARK
        is_letter = (characters > 0) & ~is_mark
        is_start = is_mark | is_letter & ~np.roll(is_letter, 1)
        starts, places = np.flatnonzero(is_start), np.arange(len(characters))
        offsets = places - np.maximum.accumulate(np.where(is_start, places, 0))
        # Of all from one start to the next, the spaces between being zeros.
        hashes = np.add.reduceat(characters * _POWERS[np.minimum(offsets, _LONGEST)], starts)
        return cls(characters, owners, starts, hashes)

    def words(self) -> Indices:
        return self.texts[self.starts] * SIZE + _slots(self.hashes)

    def pairs(self, distance: int) -> Indices:
        """Of each word and the one `distance` words further on."""
        owners = self.texts[self.starts]
        within: Flags = owners[distance:] == owners[:-distance]
        both = self.hashes[:-distance] * _POWERS[-distance] + self.hashes[distance:]
        return owners[distance:][within] * SIZE + _slots(both[within])

    def runs(self) -> Indices:
        """Of each character and the three after it, spaces too."""
        count = max(len(self.characters) - _RUN + 1, 0)
        hashes = np.zeros(count, np.uint64)
        for place in range(_RUN):
            hashes += self.characters[place : place + count] * _POWERS[place + 1]
        within: Flags = self.texts[:count] == self.texts[_RUN - 1 :]
        return self.texts[:count][within] * SIZE + _slots(hashes[within])


def slots(texts: Sequence[str]) -> Iterator[Indices]:
    """For each of `texts` the numbers of the weights, below SIZE, of all that it has; each once, in rising order."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        reading = Reading.of(batch)
        features = np.concatenate([reading.words(), reading.runs(), *map(reading.pairs, _DISTANCES)])
        features.sort()
        features = features[_differs(features, 1)]
        yield from np.split(features % SIZE, np.searchsorted(features, np.arange(1, len(batch)) * SIZE))


def named(text: str) -> Iterator[tuple[str, Indices]]:
    """The words of `text`, each with the runs inside it, then the pairs, as they can be read; and their weights."""
    reading = Reading.of([text])
    shown = "".join(chr(code) if code else " " for code in (reading.characters % _MARK).tolist())
    words = [shown[start:end].rstrip() for start, end in pairwise([*reading.starts.tolist(), len(shown)])]
    runs = reading.runs()
    for word, start, slot in zip(words, reading.starts, reading.words(), strict=True):
        yield word, np.append(slot, runs[start : start + max(len(word) - _RUN + 1, 0)])
    for distance in _DISTANCES:
        between = " " if distance == 1 else " … "
        for first, second, slot in zip(words, words[distance:], reading.pairs(distance), strict=False):
            yield f"{first}{between}{second}", np.array([slot])


def _plain(text: str) -> str:
    text = _TAG.sub(" ", html.unescape(text[:_LONGEST]))
    return unicodedata.normalize("NFKC", text).lower()[:_LONGEST]  # letters in a fancy style are the same letters


@cache
def _alphabet() -> Hashes:
    """For each character, by its code: 0 for a space, one number for all figures, and else its code."""
    return np.array([_number(chr(code)) for code in range(_LAST_CODE + 1)], np.uint64)


def _number(character: str) -> int:
    if character.isspace():
        return 0
    if character.isdecimal():
        return ord("0")
    return ord(character) if character.isalnum() or character == "_" else ord(character) + _MARK


def _differs(values: NDArray[np.integer], back: int) -> Flags:
    """Whether each differs from the one `back` places before it; the first ones do."""
    result = np.ones(len(values), bool)
    result[back:] = values[back:] != values[:-back]
    return result


def _slots(hashes: Hashes) -> Indices:
    """The upper bits of a product, to which all bits of the hash add.

    Dietzfelbinger M, Hagerup T, Katajainen J, Penttonen M, A reliable randomized algorithm for the closest-pair
    problem, Journal of Algorithms 1997.
    """
    return (((hashes ^ hashes >> 32) * _BASE) >> (64 - _BITS)).astype(np.int64)
