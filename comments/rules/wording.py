"""A text as words and the ends of its sentences."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

END, QUESTION = ".", "?"

_PARTS = re.compile(
    r"(?P<spaced>(?<![^\W_])[^\W_]([ .*_-])[^\W_](?:\2[^\W_]){2,}(?![^\W_]))"  # v i a g r a, c.i.a.l.i.s
    r"|(?P<word>\d+(?:[.,]\d+)+[^\W\d_]*"  # 2.5mg
    r"|[$@]?[^\W_]+(?:['$@!|*][^\W_]+)*)"  # don't, ca$h, s*icide
    r"|(?P<pause>\.{2,})"
    r"|(?P<end>[.!?]+(?=\s|$)|\n[^\S\n]*\n)"
)
_TITLES = {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "dra", "sr", "sra"}  # the dot after them ends nothing
_NO_PART_OF_WORD = re.compile(r"[' .*_-]")


class Word(NamedTuple):
    """A word without its apostrophes; or the end of a sentence, END or QUESTION."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    words: list[Word]
    asks: bool


def words(text: str) -> Iterator[Word]:
    previous = ""
    for part in _PARTS.finditer(text):
        match part.lastgroup:
            case "spaced":
                yield Word(_NO_PART_OF_WORD.sub("", part[0]), *part.span())
            case "word":
                previous = part[0]
                yield Word(previous.replace("'", ""), *part.span())
            case "end" if part[0] != "." or previous not in _TITLES:
                yield Word(QUESTION if "?" in part[0] else END, *part.span())


def sentences(all_words: Iterable[Word]) -> Iterator[Sentence]:
    words: list[Word] = []
    for word in all_words:
        if word.text not in {END, QUESTION}:
            words.append(word)
        elif words:
            yield Sentence(words, word.text == QUESTION)
            words = []
    if words:
        yield Sentence(words, asks=False)
