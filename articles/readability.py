"""How hard a text is to read, as the age at which a reader in school would manage it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_CITATION = 'a[href^="#source-"]'
_BLOCKS = ["p", "li", "h3", "h4", "br"]
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\s”\")]+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*%?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$"  # make, whole; not table
    r"|[^aeiouytd]ed$"  # called; not needed
    r"|(?:[bdfkmnpqrtvw]|[^cs]h|[aeiouy]l)es$"  # makes; not boxes, tables
    r"|[^aeiouy]e(?=ly$|less$|ness$|ment)"  # likely, movement
)
_APART = re.compile(r"(?<![tscg])i[ao]|iu|(?<=\w)yo|(?<![gq])ua|^crea(?=t)|rea$|(?<=t)hm$|ism$")  # serious, usual, area


@dataclass(frozen=True)
class Reading:
    """A text as sentences, for the measures of Flesch and Kincaid."""

    sentences: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Reading":
        """Of plain texts. A sentence ends at . ! ? : ; or with its line."""
        parts = (part for text in texts for part in _SENTENCE_END.split(text))
        return cls(tuple(part for part in parts if _WORD.search(part)))

    @cached_property
    def words(self) -> list[str]:
        return [word for sentence in self.sentences for word in _WORD.findall(sentence)]

    @property
    def longest(self) -> int:
        """Words in the longest sentence."""
        return max((len(_WORD.findall(sentence)) for sentence in self.sentences), default=0)

    @property
    def age(self) -> float:
        """Reading age in years: the Flesch-Kincaid grade, in which American schools count their years, plus five.

        grade = 0.39 words/sentence + 11.8 syllables/word - 15.59, from Kincaid JP, Fishburne RP, Rogers RL, Chissom BS,
        Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75, Naval Technical
        Training Command, Millington 1975. Grade 1 starts at the age of six. A text without words has age 0.
        """
        if not self.words:
            return 0.0
        syllables = sum(count_syllables(word) for word in self.words)
        grade = 0.39 * len(self.words) / len(self.sentences) + 11.8 * syllables / len(self.words) - 15.59
        return grade + 5


def count_syllables(word: str) -> int:
    """Syllables of an English word by rule: groups of vowels, less the silent ones. A figure counts as one.

    Such rules miss some words in both directions, which evens out over a paragraph.
    """
    word = re.sub(r"['’]\w*$", "", word.lower())
    if not word.isalpha():
        return 1
    count = len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_APART.findall(word))
    return max(count, 1)


def blocks(html: str) -> Iterator[tuple[str, str]]:
    """The parts of a rich text: (heading, text below it), the first with no heading. Citations are not read."""
    soup = BeautifulSoup(html, "html.parser")
    for citation in soup.select(_CITATION):
        if citation.get_text() == "source":
            if isinstance(before := citation.previous_sibling, NavigableString):
                before.replace_with(str(before).rstrip())  # or a gap would stand before the full stop
            citation.decompose()
    heading: str = ""
    lines: list[str] = []
    for block in soup.find_all(_BLOCKS):
        if block.name in {"h3", "h4"}:
            yield heading, "\n".join(lines)
            heading, lines = block.get_text(" ", strip=True), []
        elif text := own_text(block):
            lines.append(text)
    yield heading, "\n".join(lines)


def own_text(block: Tag) -> str:
    """The text of a block without that of the blocks inside it."""
    own = [
        str(child.get_text()) for child in block.children if getattr(child, "name", None) not in {*_BLOCKS, "ul", "ol"}
    ]
    return " ".join("".join(own).split())
