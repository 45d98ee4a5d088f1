"""Every rule that reads the text alone, and what their hits come to.

Rules say what they see. What of it counts, and how much it takes, is said by the book in force, see book.py; so a text
is read once, however many books it is judged by.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from comments.models import Finding, Lane
from comments.models.lanes import SPAM_LANES

from .advice import Advice
from .base import Hit, Rule, Submission
from .book import SHIPPED, Book
from .crisis import Crisis
from .links import Links
from .misinformation import Misinformation
from .own_phrases import OwnPhrases, spared_spans
from .personal_data import PersonalDataRule
from .selling import Selling
from .spam_words import SpamWords

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

Reason = Hit | Finding  # a finding is what the database keeps of a hit
TAKEN_FOR_SPAM = "Taken for spam"
#: Where a comment can go.
PLACES = [*(lane.label for lane in Lane), TAKEN_FOR_SPAM]


@dataclass(frozen=True)
class Judgement:
    """`points` are those of all hits; the comment stands in `lane`, unless it `is_spam`."""

    hits: tuple[Reason, ...]
    points: int
    lane: Lane
    is_spam: bool

    @property
    def place(self) -> str:
        """Where the comment goes, in words: each is in one place."""
        return TAKEN_FOR_SPAM if self.is_spam else self.lane.label

    @property
    def holds(self) -> bool:
        """Whether readers do not see it at once, wherever it is."""
        return self.is_spam or self.lane != Lane.NEW


def judge(submission: Submission, rules: Iterable[Rule] = tuple(TEXT_RULES), book: Book = SHIPPED) -> Judgement:
    """A comment stands in the first lane that has points enough. What sounds like a crisis is never taken for spam."""
    return judgement_of(counted(hits_of(submission, rules), submission, book), book)


def hits_of(submission: Submission, rules: Iterable[Rule]) -> list[Hit]:
    return [hit for rule in rules for hit in rule.hits(submission)]


def counted(hits: Iterable[Hit], submission: Submission, book: Book) -> list[Hit]:
    """What counts, by the book, of the hits on a text, and the book's own phrases in it."""
    spared = spared_spans(submission.folded, book)
    taken = (hit for hit in [*hits, *OwnPhrases(book).hits(submission)] if book.takes(hit))
    return [
        hit
        for hit in taken
        if hit.lane == Lane.CRISIS or not any(start < hit.end and hit.start < end for start, end in spared)
    ]


def judgement_of(hits: Iterable[Reason], book: Book) -> Judgement:
    """What the hits on a comment, in its text and in its name, come to."""
    hits = tuple(hit for hit in hits if hit.rule not in book.off)
    points: Counter[str] = Counter()
    for hit in hits:
        points[hit.lane] += hit.points
    lane = next((lane for lane in Lane if points[lane] >= book.holds_at(lane)), Lane.NEW)
    is_spam = sum(points[lane] for lane in SPAM_LANES) >= book.spam_at and not points[Lane.CRISIS]
    return Judgement(hits, points.total(), lane, is_spam)
