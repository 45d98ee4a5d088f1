"""The words of all entries, kept in memory until an entry changes."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from articles.models import SearchEntry

from . import synonyms
from .folding import STOP_WORDS, stem
from .keeping import Kept

# A word that more than a third of all entries have tells little: sooner if these are many, and not if they are few.
FEW, MANY = 50, 300


@dataclass(frozen=True)
class Place:
    """An entry as suggestions need it; of the folded words, each follows a space, which a search may begin with."""

    title: str
    kind: str
    path: str
    names: str  # one to a line, as `names_words`
    title_words: str
    names_words: str


@dataclass
class Vocabulary:
    """`words` and `stems` say in how many entries each occurs; `names` are the words and stems of titles and names."""

    entries: int = 0
    words: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    _spelled: tuple[synonyms.Synonyms, dict[str, int]] | None = None

    @classmethod
    def read(cls) -> "Vocabulary":
        """Of all entries: one query."""
        made = cls()
        rows = SearchEntry.objects.order_by("title", "path").values_list(
            "title", "kind", "path", "names", "title_words", "names_words", "body_words"
        )
        for title, kind, path, names, title_words, names_words, body_words in rows.iterator(chunk_size=500):
            found = set(f"{title_words} {names_words} {body_words}".split()) - STOP_WORDS
            made.entries += 1
            made.names.update(
                chain.from_iterable((word, stem(word)) for word in f"{title_words} {names_words}".split())
            )
            made.words.update(found)
            made.stems.update({stem(word) for word in found})
            made.places.append(Place(title, kind, path, names, _spaced(title_words), _spaced(names_words)))
        return made

    @property
    def spellings(self) -> dict[str, int]:
        """Words that may be meant by a misspelt one, and would find something.

        These are the words of titles and names, and those that readers say for what entries have. Whoever slips on
        another word is told that nothing was found, or finds the page by their other words.
        """
        listed = synonyms.current()
        if self._spelled is None or self._spelled[0] is not listed:  # the list can change by itself
            self._spelled = listed, self._spell(listed)
        return self._spelled[1]

    def _spell(self, listed: synonyms.Synonyms) -> dict[str, int]:
        theirs = (word for word in listed.words if (stem(word),) in listed.ours or word in self.words)
        return dict.fromkeys(theirs, 0) | {word: count for word, count in self.words.items() if word in self.names}

    def knows(self, word: str) -> bool:
        """Whether an entry has it in any form, or a reader may say it for what an entry has."""
        return stem(word) in self.stems or word in synonyms.current().words

    def rarity(self, words: Iterable[str]) -> float:
        """How much it says of an entry that it has these words: that of the rarest; 0 where all entries have them."""
        return max(math.log((self.entries + 1) / (self.stems[stem(word)] + 1)) for word in words)

    def has(self, words: Iterable[str]) -> bool:
        """Whether some entry may have all of these words."""
        return self._count(words) > 0

    def tells(self, words: Iterable[str]) -> bool:
        """Whether so few entries have these words that they tell entries apart."""
        return 0 < self._count(words) <= max(FEW, min(self.entries / 3, MANY))

    def _count(self, words: Iterable[str]) -> int:
        """How many entries have the rarest of these words."""
        return min(self.stems[stem(word)] for word in words)


def _spaced(lines: str) -> str:
    return "\n".join(f" {line}" for line in lines.split("\n"))


#: The vocabulary of the entries as they are: one query, and another where one changed since the last call.
current = Kept(Vocabulary.read).now
