"""What other rules would have made of the comments that moderators have decided on; and putting them in force."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Action, AuditEntry

from .judging import Reading
from .models import Comment, Deed, Kind, RuleBook, Verdict
from .records import rules_subject, rules_written_down
from .rules.book import Book
from .rules.circumstances import ABOUT_SENDING
from .rules.learned import Learned, current_model
from .rules.pipeline import PLACES, Judgement, judgement_of
from .training import decided

MOST, MOST_CHARACTERS = 500, 150_000  # of comments that are judged anew, the newest: a request waits for it
LISTED = 10  # changes of the rules


class NotAppliedError(Exception):
    """The rules were left as they are; the message says why."""


# --- the simulation -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A comment with what a moderator made of it, and what the rules make of it by two books."""

    comment: Comment
    verdict: Verdict
    before: Judgement
    after: Judgement

    @property
    def is_refused(self) -> bool:
        return self.verdict != Verdict.APPROVED

    @property
    def decided(self) -> str:
        """What a moderator did, in words."""
        return Kind(self.verdict).label


@dataclass(frozen=True)
class Count:
    """How many comments something is so of, by two books."""

    what: str
    before: int
    after: int

    @property
    def more(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Moved:
    """How many would go another way, by what moderators made of them."""

    approved: int
    refused: int

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Self:
        refused = sum(case.is_refused for case in cases)
        return cls(len(cases) - refused, refused)

    @property
    def total(self) -> int:
        return self.approved + self.refused


@dataclass(frozen=True)
class Replay:
    """What two books make of the same comments, the newest first."""

    cases: list[Case]

    @property
    def changed(self) -> list[Case]:
        """Those that would go to another place."""
        return [case for case in self.cases if case.before.place != case.after.place]

    @property
    def held(self) -> Moved:
        """Those that would be held now, and were not."""
        return Moved.of([case for case in self.cases if case.after.holds and not case.before.holds])

    @property
    def shown(self) -> Moved:
        """Those that would no longer be held."""
        return Moved.of([case for case in self.cases if case.before.holds and not case.after.holds])

    @property
    def places(self) -> list[Count]:
        before = Counter(case.before.place for case in self.cases)
        after = Counter(case.after.place for case in self.cases)
        return [Count(place, before[place], after[place]) for place in PLACES]

    @property
    def measures(self) -> list[Count]:
        """How often the rules agree with moderators."""
        return [
            self._count("Caught: held, and refused by a moderator", lambda case, made: made.holds and case.is_refused),
            self._count("Missed: not held, but refused", lambda case, made: not made.holds and case.is_refused),
            self._count("Held for nothing: approved", lambda case, made: made.holds and not case.is_refused),
            self._count("Let through, and approved", lambda case, made: not made.holds and not case.is_refused),
            self._count("Taken for spam, but approved", lambda case, made: made.is_spam and not case.is_refused),
        ]

    def _count(self, what: str, is_so: Callable[[Case, Judgement], bool]) -> Count:
        before = sum(is_so(case, case.before) for case in self.cases)
        return Count(what, before, sum(is_so(case, case.after) for case in self.cases))


def replay(book: Book, now: Book) -> Replay:
    """Judge the newest comments with a verdict by both books, in a fixed number of queries.

    How they were sent is not known any more: what was found of that then is kept. What moderators disputed does not
    count. The learned rule has seen these very comments, so it does better here than it will on others.
    """
    comments = decided().order_by("-posted_at", "pk").prefetch_related("findings")[:MOST]
    lengths = accumulate(len(comment.body) for comment in comments)
    bearable = [comment for comment, length in zip(comments, lengths, strict=True) if length <= MOST_CHARACTERS]
    model = current_model()
    learned = Learned(lambda: model)
    return Replay([_case(comment, learned, book, now) for comment in bearable])


def _case(comment: Comment, learned: Learned, book: Book, now: Book) -> Case:
    reading = Reading.of(comment, learned)
    findings = comment.findings.all()
    sending = [finding for finding in findings if finding.rule in ABOUT_SENDING and not finding.disputed_id]
    disputed = {(finding.rule, finding.start, finding.end) for finding in findings if finding.disputed_id}

    def judged(by: Book) -> Judgement:
        seen = [hit for hit in reading.by(by) if (hit.rule, hit.start, hit.end) not in disputed]
        return judgement_of([*sending, *seen], by)

    verdict = Verdict(comment.verdict)  # type: ignore[attr-defined]
    return Case(comment, verdict, before=judged(now), after=judged(book))


# --- putting rules in force -----------------------------------------------------------------------------------------


@transaction.atomic
def apply(book: Book, *, by: User | None, reason: str, drawn_from: int | None) -> Deed:
    """Put a book in force that was made from the row `drawn_from`, None for the rules as they are shipped.

    Raises NotAppliedError where others are in force by now, or where it is the same.
    """
    RuleBook.objects.lock()
    latest = RuleBook.objects.in_force()
    if (latest and latest.pk) != drawn_from:
        raise NotAppliedError(f"{_what_happened(latest, drawn_from)} Try yours against the rules as they are now.")
    if book == Book.of(latest):
        raise NotAppliedError("These rules are in force already.")
    deed = Deed.objects.create(kind=Kind.TUNED, reason=reason, by=by)
    with rules_written_down(Action.MODERATED, deed, by=by):
        RuleBook.objects.create(data=book.to_json(), deed=deed)
    return deed


def _what_happened(latest: RuleBook | None, drawn_from: int | None) -> str:
    if latest is None or latest.pk < (drawn_from or 0):
        return "A change of the rules was undone meanwhile."
    return f"{latest.deed.by or 'Somebody'} changed the rules meanwhile: {latest.deed.reason}"


@dataclass(frozen=True)
class Change:
    """A change of the rules, in words: what held no longer, and what held, from then on."""

    deed: Deed
    gone: str
    new: str


def history() -> list[Change]:
    """The latest changes, also those that were undone. Two queries."""
    deeds = list(Deed.objects.filter(kind=Kind.TUNED).select_related("by", "undone_by")[:LISTED])
    entries = AuditEntry.objects.filter(
        page=None, action=Action.MODERATED, subject__in=[rules_subject(deed) for deed in deeds]
    )
    words = {entry.subject: (entry.before, entry.after) for entry in entries}
    return [Change(deed, *words[rules_subject(deed)]) for deed in deeds]
