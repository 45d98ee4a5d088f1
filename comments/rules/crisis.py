from collections.abc import Iterable, Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .folding import Folded
from .lexicon import Found, lexicon
from .likeness import points_of_likeness
from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT
from .wording import Word

PIECE = 80  # words


class Crisis(PhraseRule):
    """Somebody in danger. A comment is read in pieces of some sentences; weak signs count where a piece has several."""

    name = "crisis"
    lane = Lane.CRISIS
    told = (
        "It sounds as if you, or somebody near you, may be going through a very hard time. A person will read it soon."
    )
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        found = _strongest(one for name in ("crisis", "crisis_spanish") for one in lexicon(name).search(folded))
        for start, end in _pieces(folded):
            signs = [one for one in found if start <= one.start < end]
            first, last = folded.span(start, end)
            likeness = points_of_likeness(submission.text[first:last])
            if sum(sign.points for sign in {one.sign for one in signs}) + likeness >= HOLD_AT:
                yield from self.hits_of(folded, signs)
                if likeness:
                    yield self.hit("Reads like the words of people in danger", first, last, likeness)


def _strongest(found: Iterable[Found]) -> list[Found]:
    """In the order of the text, without those that share a word with a stronger one: no word counts twice."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: -one.sign.points):
        its_letters = range(one.start, one.end)
        if taken.isdisjoint(its_letters):
            taken.update(its_letters)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _pieces(folded: Folded) -> Iterator[tuple[int, int]]:
    """The spans of some sentences each, and of the parts of sentences that are longer than a piece."""
    piece: list[Word] = []
    for words, _ in folded.sentences:
        for part in (words[start : start + PIECE] for start in range(0, len(words), PIECE)):
            if piece and len(piece) + len(part) > PIECE:
                yield piece[0].start, piece[-1].end
                piece = []
            piece += part
    if piece:
        yield piece[0].start, piece[-1].end
