"""Which word of a list is meant by a word that is written in another way: on purpose, in haste or by mistake."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_LONGEST = 24  # letters; what is longer is no word
_SHORTEST = 4  # letters; shorter words have too many neighbours for slips to be told from other words
_DISGUISES = [str.maketrans("013457@$!|", f"o{one}eastasil", "*") for one in "il"]
_HAS_DISGUISE = re.compile(r"[a-z].*[013457@$!|*]|[013457@$!|*].*[a-z]")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


class Spelling:
    """Reads words as those of `known`, and a slip as the word that it is `slips_of`, unless it is `right` as it is."""

    def __init__(self, known: Iterable[str], slips_of: Iterable[str] = (), right: Iterable[str] = ()) -> None:
        self._known = frozenset(known)
        self._right = frozenset(right)
        self._neighbours: defaultdict[str, list[str]] = defaultdict(list)
        for word in slips_of:
            for shorter in _with_a_letter_less(word):
                self._neighbours[shorter].append(word)

    def meant(self, word: str) -> str | None:
        """The word of the list that `word` stands for, if any."""
        if word in self._known:
            return word
        if len(word) > _LONGEST:
            return None
        plain = list(_plain(word))
        return next((one for one in plain if one in self._known), None) or self._slip(plain[0])

    def _slip(self, word: str) -> str | None:
        if word in self._right:
            return None
        near = (known for shorter in _with_a_letter_less(word) for known in self._neighbours.get(shorter, ()))
        return min((known for known in near if is_one_slip(word, known)), default=None)


def _plain(word: str) -> Iterator[str]:
    """`word` without figures and signs in place of letters, and without letters drawn out."""
    undisguised = [word.translate(table) for table in _DISGUISES] if _HAS_DISGUISE.search(word) else [word]
    for one in undisguised:
        yield _DRAWN_OUT.sub(r"\1", one)
        yield _DRAWN_OUT.sub(r"\1\1", one)


def _with_a_letter_less(word: str) -> set[str]:
    """`word` itself, and without each of its letters but the first, which people rarely miss."""
    if len(word) < _SHORTEST:
        return set()
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def is_one_slip(written: str, meant: str) -> bool:
    """Whether they differ by one letter that is missing, too many or wrong, or by two that changed places."""
    start = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), None)
    if start is None:
        return abs(len(written) - len(meant)) == 1
    here, there = written[start:], meant[start:]
    swapped = here[1::-1] + here[2:]
    return there in {swapped, here[1:]} or here in {there[1:]} or here[1:] == there[1:]
