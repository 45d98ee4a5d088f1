"""Lists of phrases, kept as data under lexicons/, and the search for them in a text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import yaml

from . import wording
from .folding import LEXICONS, Folded
from .patterns import END, NUMBER, OTHER, QUESTION, Compiler
from .spelling import Spelling
from .wording import words

_ENDS = {wording.END: END, wording.QUESTION: QUESTION}
_SENTENCE = re.compile(f"[^{END}{QUESTION}]*[{END}{QUESTION}]?")
_MEASURE = re.compile(r"\d[\d.,]*([a-z]*)")  # 50mg


@dataclass(frozen=True)
class Sign:
    """Phrases that mean the same: `why` says what, in words for a moderator."""

    why: str
    points: int
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Found:
    """A sign in the text that was folded, from `start` to `end`; `first` and `last` count its words.

    `asks` where it stands in a question.
    """

    sign: Sign
    first: int
    last: int
    start: int
    end: int
    asks: bool


class Lexicon:
    """What a file holds: `families` of phrases; `signs`, which are patterns; `idioms`, which only look like signs.

    An idiom hides the signs that share a word with it, and nothing else of the text. A word with one letter wrong is
    read as the one that it nearly is if that is in `slips_of`; those in `no_slips` are words of their own.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        compiler = Compiler()
        for name, phrases in data.get("families", {}).items():
            compiler.add_family(name, phrases.split(", "))
        self.signs = [
            Sign(sign["why"], sign["points"], tuple(map(compiler.compile, sign["phrases"]))) for sign in data["signs"]
        ]
        self._idioms = [compiler.compile(idiom) for idiom in data.get("idioms", ())]
        self._characters = compiler.characters
        slips_of, right = data.get("slips_of", "").split(), data.get("no_slips", "").split()
        self._spelling = Spelling(self._characters, slips_of, right)
        self._character = lru_cache(maxsize=20_000)(self._read)

    def search(self, folded: Folded) -> Iterator[Found]:
        """The signs in the order of the file, each once at each place."""
        spans: list[tuple[int, int]] = []
        characters: list[str] = []
        for word in words(folded):
            read = self._character(word.text)
            characters.append(read)
            spans += [(word.start, word.end)] * len(read)
        text = "".join(characters)
        hidden, asking = self._hidden(text), _asking(text)
        for sign in self.signs:
            for first, end in _apart(span for pattern in sign.patterns for span in _spans(pattern, text)):
                if not any(hidden[first:end]):
                    yield Found(sign, first, end - 1, spans[first][0], spans[end - 1][1], bool(asking[end - 1]))

    def _hidden(self, text: str) -> bytearray:
        """A one for each word that belongs to an idiom."""
        hidden = bytearray(len(text))
        for idiom in self._idioms:
            for first, end in _spans(idiom, text):
                hidden[first:end] = b"\1" * (end - first)
        return hidden

    def _read(self, word: str) -> str:
        """The character of a word that a pattern names; else those of its parts."""
        if word in _ENDS:
            return _ENDS[word]
        if meant := self._spelling.meant(word):
            return self._characters[meant]
        if measure := _MEASURE.fullmatch(word):
            return NUMBER + (self._characters.get(measure[1], OTHER) if measure[1] else "")
        if "!" in word:  # where a space is missing
            return "".join(map(self._read, word.split("!")))
        return OTHER


def _asking(text: str) -> bytes:
    """A one for each word that belongs to a question."""
    sentences = (match[0] for match in _SENTENCE.finditer(text))
    return b"".join(bytes([sentence.endswith(QUESTION)]) * len(sentence) for sentence in sentences)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text) if match.end() > match.start())


def _apart(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    first = end = -1
    for start, stop in sorted(spans):
        if start < end:
            end = max(end, stop)
            continue
        if end > 0:
            yield first, end
        first, end = start, stop
    if end > 0:
        yield first, end


@cache
def lexicon(name: str) -> Lexicon:
    """The list that is kept in lexicons/`name`.yaml."""
    return Lexicon(yaml.safe_load((LEXICONS / f"{name}.yaml").read_text()))
