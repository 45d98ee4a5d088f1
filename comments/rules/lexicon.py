"""Lists of phrases, kept as data under lexicons/, and the search for them in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from .data import LEXICONS, load
from .folding import Folded
from .patterns import MANY, NUMBER, OTHER, Compiler, Index
from .spelling import Spelling

_MEASURE = re.compile(r"\$?(\d[\d.,]*)([a-z]*)")  # 50mg, $50


@dataclass(frozen=True)
class Sign:
    """Phrases that mean the same: `why` says what, in words for a moderator.

    `kind` is for the rule that looks for it, which may treat signs of one kind in another way.
    """

    why: str
    points: int
    kind: str = ""


@dataclass(frozen=True)
class Found:
    """A sign in the text that was folded, from `start` to `end`; `first` and `last` count the words of the text.

    `asks` where it stands in a question.
    """

    sign: Sign
    first: int
    last: int
    start: int
    end: int
    asks: bool


class Lexicon:
    """What its files hold: `families` of phrases; `signs`, which are patterns; `idioms`, which only look like signs.

    An idiom hides the signs that share a word with it, and nothing else of the text. A word with one letter wrong is
    read as the one that it nearly is if that is in `slips_of`; those in `no_slips` are words of their own.
    """

    def __init__(self, files: Sequence[Mapping[str, Any]]) -> None:
        compiler = Compiler()
        for file in files:
            for name, phrases in file.get("families", {}).items():
                compiler.add_family(name, phrases.split(", "))
        signs = [
            (compiler.compile(phrase), Sign(sign["why"], sign["points"], sign.get("kind", "")))
            for file in files
            for sign in file.get("signs", ())
            for phrase in sign["phrases"]
        ]
        self._signs = Index(signs)
        self._idioms = Index((compiler.compile(phrase), None) for file in files for phrase in file.get("idioms", ()))
        self._characters = compiler.characters
        slips_of, right = (
            {word for file in files for word in file.get(key, "").split()} for key in ("slips_of", "no_slips")
        )
        self._spelling = Spelling(self._characters, slips_of, right)
        self._character = lru_cache(maxsize=20_000)(self._read)

    def search(self, folded: Folded) -> Iterator[Found]:
        """Sentence by sentence, each sign once at each place."""
        begun = 0
        for sentence in folded.sentences:
            read = [self._character(word.text) for word in sentence.words]
            text = "".join(read)
            if places := self._places(text):
                words = [word for word, characters in zip(sentence.words, read, strict=True) for _ in characters]
                for sign, first, end in places:
                    span = words[first].start, words[end - 1].end
                    yield Found(sign, begun + first, begun + end - 1, *span, sentence.asks)
            begun += len(text)

    def _places(self, sentence: str) -> list[tuple[Sign, int, int]]:
        """The signs in a sentence, from one character to another, without those that an idiom hides."""
        places: defaultdict[Sign, list[tuple[int, int]]] = defaultdict(list)
        for sign, first, end in self._signs.matches(sentence):
            places[sign].append((first, end))
        if not places:
            return []
        hidden = bytearray(len(sentence))
        for _, first, end in self._idioms.matches(sentence):
            hidden[first:end] = b"\1" * (end - first)
        apart = ((sign, *place) for sign, its_places in places.items() for place in _apart(its_places))
        return [(sign, first, end) for sign, first, end in apart if not any(hidden[first:end])]

    def _read(self, word: str) -> str:
        """The character of a word that a pattern names; else those of its parts."""
        if meant := self._spelling.meant(word):
            return self._characters[meant]
        if measure := _MEASURE.fullmatch(word):
            number, unit = measure.groups()
            return (MANY if re.match(r"[1-9]\d", number) else NUMBER) + (unit and self._characters.get(unit, OTHER))
        if "!" in word:  # where a space is missing
            return "".join(map(self._read, word.split("!")))
        return OTHER


def _apart(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    first = end = 0
    for start, stop in sorted(places):
        if start >= end:
            if end:
                yield first, end
            first = start
        end = max(end, stop)
    if end:
        yield first, end


@cache
def lexicon(name: str) -> Lexicon:
    """The list in lexicons/`name`.yaml, or in all the files of lexicons/`name`/."""
    return Lexicon(list(_files(name)))


def _files(name: str) -> Iterator[dict[str, Any]]:
    """Those that a file includes come before it, to lend it their families."""
    for path in [*LEXICONS.glob(f"{name}.yaml"), *sorted(LEXICONS.glob(f"{name}/*.yaml"))]:
        file = load(path)
        for other in file.get("include", ()):
            yield from _files(other)
        yield file
