"""The words of all entries, kept in memory until an entry changes."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from articles.models import SearchEntry

from . import synonyms
from .folding import STOP_WORDS, stem
from .keeping import Kept

# A word that a third of all entries have is common; not if these are few, and sooner if these are many.
FEW, MANY = 50, 300


@dataclass(frozen=True)
class Place:
    """An entry as suggestions need it; `names` are folded, the title first."""

    title: str
    kind: str
    path: str
    names: tuple[str, ...]


@dataclass
class Vocabulary:
    """`words` and `stems` say in how many entries each occurs; `names` are the words and stems of titles and names."""

    entries: int = 0
    words: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)

    @classmethod
    def read(cls) -> "Vocabulary":
        """Of all entries: one query."""
        made = cls()
        rows = SearchEntry.objects.order_by("title", "path").values_list(
            "title", "kind", "path", "title_words", "names_words", "body_words"
        )
        for title, kind, path, title_words, names_words, body_words in rows.iterator(chunk_size=500):
            found = set(f"{title_words} {names_words} {body_words}".split()) - STOP_WORDS
            made.entries += 1
            made.names.update(
                chain.from_iterable((word, stem(word)) for word in f"{title_words} {names_words}".split())
            )
            made.words.update(found)
            made.stems.update({stem(word) for word in found})
            made.places.append(Place(title, kind, path, (title_words, *names_words.splitlines())))
        return made

    @cached_property
    def spellings(self) -> dict[str, int]:
        """Words that may be meant by a misspelt one: those of entries, and those that readers may use for them."""
        return dict.fromkeys(synonyms.current().words, 0) | self.words

    def rarity(self, words: Iterable[str]) -> float:
        """How much it says of an entry that it has these words: that of the rarest; 0 where all entries have them."""
        return max(math.log((self.entries + 1) / (self.stems[stem(word)] + 1)) for word in words)

    def is_common(self, words: Iterable[str]) -> bool:
        """Whether so many entries have these words that they tell little apart, and some are named by them."""
        many = max(FEW, min(self.entries / 3, MANY))
        return self._has(words) > many and self.names.issuperset(map(stem, words))

    def tells(self, words: Iterable[str]) -> bool:
        """Whether these words are somewhere, and tell entries apart."""
        return self._has(words) > 0 and not self.is_common(words)

    def _has(self, words: Iterable[str]) -> int:
        """How many entries have the rarest of these words."""
        return min(self.stems[stem(word)] for word in words)


#: The vocabulary of the entries as they are: one query, and another where one changed since the last call.
current = Kept(Vocabulary.read).now
