"""What a misspelt word probably was, among the words that the site knows."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import permutations
from pathlib import Path

from .folding import stem

SHORTEST = 4  # letters; a shorter word has too many neighbours
LONG = 8  # letters; from here on, two slips are allowed
_SOUNDS = str.maketrans("kqzyj", "ccsig")  # letters that are taken for others that sound like them
#: Beginnings that make another word, and often its opposite: "abnormal", "hypokalaemia".
_PREFIXES = (
    *("", "a", "ab", "an", "dis", "hyper", "hypo", "il", "im", "in", "ir", "mis", "non", "over", "sub", "super", "un"),
    "under",
)


def nearest(word: str, known: Mapping[str, int], *, names: Collection[str]) -> str | None:
    """The word of `known`, which says how often each occurs, that is nearest to `word`; None where none is near.

    Of several as near, one with the same first letter, which is seldom wrong, then one of `names`, then the commonest.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    limit = 2 if len(word) >= LONG else 1
    letters, lengths = _letters(word), range(max(len(word) - limit, SHORTEST), len(word) + limit + 1)
    near = [
        (distance, other[0] != word[0], other not in names, -count, other)
        for other, count in known.items()
        if len(other) in lengths
        and (letters ^ _letters(other)).bit_count() <= 2 * limit
        and (distance := _distance(word, other)) <= limit
        and _may_be(word, other)
        and not _is_of_another_prefix(word, other, distance)
    ]
    return min(near)[-1] if near else None


def _may_be(word: str, other: str) -> bool:
    """Whether they begin alike; in the shortest words, another letter in the place of one makes another word."""
    word, other = word.translate(_SOUNDS), other.translate(_SOUNDS)
    if len(word) == len(other) == SHORTEST and sorted(word) != sorted(other):
        return False
    return word[0] in other[:2] or other[0] in word[:2]


def is_ordinary(word: str) -> bool:
    """Whether it is a common word of English or Spanish, hardly meant to be another, though no entry has it."""
    return stem(word) in _ordinary()


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(map(stem, Path(__file__).with_name("ordinary_words.txt").read_text(encoding="utf-8").split()))


def _is_of_another_prefix(word: str, other: str, distance: int) -> bool:
    """Whether two words that are `distance` apart are nearer without their beginnings, which are not the same."""
    return any(
        slips(word.removeprefix(one), other.removeprefix(another)) < distance
        for one, another in permutations(_PREFIXES, 2)
        if word.startswith(one) and other.startswith(another)
    )


@lru_cache(maxsize=50_000)
def _letters(word: str) -> int:
    """The letters that occur in a word, as bits: words that differ in many of them need not be compared."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def _distance(word: str, other: str) -> int:
    """A letter in the wrong place is one slip to who types it: "tounge"."""
    distance = slips(word, other)
    return 1 if distance == 2 and sorted(word) == sorted(other) else distance


def slips(one: str, other: str) -> int:
    """Letters that are wrong, missing, too many or swapped with their neighbour: the distance of Damerau."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
