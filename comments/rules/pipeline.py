"""Every rule that reads the text alone, and what their hits come to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from comments.models.lanes import Lane

from .advice import Advice
from .base import Hit, Rule, Submission
from .crisis import Crisis
from .links import Links
from .misinformation import Misinformation
from .personal_data import PersonalDataRule
from .selling import Selling
from .spam_words import SpamWords
from .thresholds import HOLD_AT, SPAM_AT

#: In the order in which a moderator reads what they found.
TEXT_RULES: list[Rule] = [
    Crisis(),
    PersonalDataRule(),
    Selling(),
    Advice(),
    Misinformation(),
    Links(),
    SpamWords(),
]

_SPAM_LANES = (Lane.SELLING, Lane.SPAM)


@dataclass(frozen=True)
class Judgement:
    """`points` are those of all hits; the comment stands in `lane`, unless it `is_spam`."""

    hits: tuple[Hit, ...]
    points: int
    lane: Lane
    is_spam: bool


def judge(submission: Submission, rules: Iterable[Rule] = tuple(TEXT_RULES)) -> Judgement:
    """A comment stands in the first lane that has points enough. What sounds like a crisis is never taken for spam."""
    return judgement_of(hits_of(submission, rules))


def hits_of(submission: Submission, rules: Iterable[Rule]) -> list[Hit]:
    return [hit for rule in rules for hit in rule.hits(submission)]


def judgement_of(hits: Iterable[Hit]) -> Judgement:
    """What the hits on a comment, in its text and in its name, come to."""
    hits = tuple(hits)
    points: Counter[Lane] = Counter()
    for hit in hits:
        points[hit.lane] += hit.points
    lane = next((lane for lane in Lane if points[lane] >= HOLD_AT), Lane.NEW)
    is_spam = sum(points[lane] for lane in _SPAM_LANES) >= SPAM_AT and not points[Lane.CRISIS]
    return Judgement(hits, points.total(), lane, is_spam)
