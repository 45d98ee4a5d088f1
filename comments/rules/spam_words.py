from collections.abc import Iterator

from comments.models.lanes import Lane

from .base import Hit, Submission
from .lexicon import lexicon
from .phrase_rules import PhraseRule, distinct

INNOCENT = 2  # points: so many count once of a kind, and once for the same words


class SpamWords(PhraseRule):
    """Words of advertising. No word that people use innocently is enough to hold a comment, nor several of a kind.

    In a question they count half: advertisements ask as well, but rarely nothing else.
    """

    name = "spam-words"
    lane = Lane.SPAM
    told = "It uses words that advertising uses."
    points = 2
    phrases = "spam"

    def hits(self, submission: Submission) -> Iterator[Hit]:
        folded = submission.folded
        kinds: set[str] = set()
        taken: set[int] = set()
        found = distinct(folded, lexicon(self.phrases).search(folded))
        for one in sorted(found, key=lambda one: -one.sign.points):
            points = one.sign.points // 2 if one.asks else one.sign.points
            words = set(range(one.first, one.last + 1))
            if points > INNOCENT or (points and one.sign.why not in kinds and not words & taken):
                yield self.hit(one.sign.why, *folded.span(one.start, one.end), points)
                kinds.add(one.sign.why)
                taken |= words
