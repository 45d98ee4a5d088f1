"""What readers say for what our pages say. The list is content itself: content/synonyms.yaml."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from articles.caching import kept_until_changed

from .folding import stem, telling

Words = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """`ours` gives our words for theirs, which are stems; `words` are all words that readers may use."""

    ours: dict[Words, list[Words]]
    words: frozenset[str]
    longest: int


def current() -> Synonyms:
    return read(settings.CONTENT_DIR / "synonyms.yaml")


@kept_until_changed
def read(path: Path) -> Synonyms:
    ours: dict[Words, list[Words]] = {}
    used: set[str] = set()
    for our_words, theirs in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for phrase in theirs:
            spoken = telling(str(phrase))
            used.update(spoken)
            ours.setdefault(tuple(map(stem, spoken)), []).append(tuple(telling(our_words)))
    return Synonyms(ours, frozenset(used), max(map(len, ours)))
