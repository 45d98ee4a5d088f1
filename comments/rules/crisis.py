from collections.abc import Iterable, Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .examples import model_of
from .folding import Folded
from .lexicon import Found, lexicon
from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT
from .wording import Word

PIECE = 80  # words
AROUND = 15  # characters before and after a sign, in its sentence

#: How much a piece, or one sentence of it, has to read like those of people in danger; measured on sentences that
#: nobody had tuned to. Where that is in doubt, in the piece or just around a sign, it takes signs as well.
LIKE, LIKE_IN_A_SENTENCE, IN_DOUBT, IN_DOUBT_AROUND = 0.7, 0.9, 0.3, 0.5
FEWEST_WORDS = 5  # of which a likeness says something by itself


class Crisis(PhraseRule):
    """Somebody in danger. A comment is read in pieces of some sentences, so that much else around them hides nobody."""

    name = "crisis"
    lane = Lane.CRISIS
    told = (
        "It sounds as if you, or somebody near you, may be in danger, or going through a very hard time. "
        "A person will read it soon."
    )
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        found = _strongest(one for name in ("crisis", "crisis_spanish") for one in lexicon(name).search(folded))
        for piece in _pieces(folded):
            start, end = piece[0][0].start, piece[-1][-1].end
            signs = [one for one in found if start <= one.start < end]
            whole = _likeness(folded, start, end) if _says_enough(piece) else 0
            by_sentence = [_likeness(folded, it[0].start, it[-1].end) if _says_enough([it]) else 0 for it in piece]
            if whole >= LIKE or max(by_sentence) >= LIKE_IN_A_SENTENCE:
                yield self.hit("Reads like the words of people in danger", *folded.span(start, end))
                yield from self.hits_of(folded, signs)
            elif _points(signs) >= HOLD_AT and (
                max(whole, *by_sentence) >= IN_DOUBT or max(_around(signs, piece, folded)) >= IN_DOUBT_AROUND
            ):
                yield from self.hits_of(folded, signs)


def _says_enough(sentences: list[list[Word]]) -> bool:
    return sum(map(len, sentences)) >= FEWEST_WORDS


def _likeness(folded: Folded, start: int, end: int) -> float:
    """How much a part, with the mark behind it, reads like the words of people in danger: from 0, not at all, to 1."""
    model = model_of("crisis_examples/danger_*.txt", "crisis_examples/no_danger_*.txt")
    return model.probability(folded.text[start : end + 1])


def _around(signs: Iterable[Found], sentences: Iterable[list[Word]], folded: Folded) -> Iterator[float]:
    """How alike the words just around each sign are, whatever else its sentence says."""
    for words in sentences:
        first, last = words[0].start, words[-1].end
        for sign in signs:
            if first <= sign.start < last:
                yield _likeness(folded, max(sign.start - AROUND, first), min(sign.end + AROUND, last))


def _points(signs: Iterable[Found]) -> int:
    return sum(sign.points for sign in {one.sign for one in signs})


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


def _pieces(folded: Folded) -> Iterator[list[list[Word]]]:
    """Some sentences each, as their words; a sentence that is longer than a piece comes in several."""
    piece: list[list[Word]] = []
    for words, _ in folded.sentences:
        for part in (words[start : start + PIECE] for start in range(0, len(words), PIECE)):
            if piece and sum(map(len, piece)) + len(part) > PIECE:
                yield piece
                piece = []
            piece.append(part)
    if piece:
        yield piece
