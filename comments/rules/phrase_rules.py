"""What the rules that look for phrases have in common."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from .base import Hit, Rule, Submission
from .folding import Folded
from .lexicon import Found, lexicon


class PhraseRule(Rule):
    """Finds the phrases of a lexicon. The same words count once, however often they are said."""

    phrases: ClassVar[str]
    spares_questions: ClassVar[bool] = False

    def hits(self, submission: Submission) -> Iterator[Hit]:
        found = lexicon(self.phrases).search(submission.folded)
        yield from self.hits_of(submission.folded, (one for one in found if not (one.asks and self.spares_questions)))

    def hits_of(self, folded: Folded, found: Iterable[Found]) -> Iterator[Hit]:
        for one in distinct(folded, found):
            yield self.hit(one.sign.why, *folded.span(one.start, one.end), one.sign.points)


def distinct(folded: Folded, found: Iterable[Found]) -> list[Found]:
    """The first of those that found the same words by the same sign."""
    first: dict[tuple[str, str], Found] = {}
    for one in found:
        first.setdefault((one.sign.why, folded.text[one.start : one.end]), one)
    return list(first.values())
