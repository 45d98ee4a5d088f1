from collections.abc import Iterator
from functools import lru_cache

from comments.models.lanes import Lane

from .base import Hit, Rule, Submission
from .book import Book, plain_words
from .folding import Folded
from .lexicon import Lexicon
from .phrase_rules import distinct


class OwnPhrases(Rule):
    """The phrases that moderators want to read first: whole words, however their letters are written."""

    name = "own-phrases"
    told = "It holds words that the moderators of this site want to look at first."

    def __init__(self, book: Book) -> None:
        self._phrases = _lexicon(book.phrases)
        self._points = book.hold_at  # one phrase is enough, whatever that takes

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        for one in distinct(folded, self._phrases.search(folded)):
            yield Hit(self.name, Lane(one.sign.kind), self._points, one.sign.why, *folded.span(one.start, one.end))


def spared_spans(folded: Folded, book: Book) -> list[tuple[int, int]]:
    """Where the text says what moderators want to be spared."""
    found = _lexicon(tuple(("", phrase) for phrase in book.spared)).search(folded)
    return [folded.span(one.start, one.end) for one in found]


@lru_cache(maxsize=8)
def _lexicon(phrases: tuple[tuple[str, str], ...]) -> Lexicon:
    """Of pairs: the kind of sign that a phrase is, and the phrase."""
    signs = (
        {"why": f"Says “{phrase}”", "points": 0, "kind": kind, "phrases": [plain_words(phrase)]}
        for kind, phrase in phrases
    )
    return Lexicon([{"signs": list(signs)}])
