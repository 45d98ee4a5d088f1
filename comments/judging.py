"""What becomes of a text: every rule that there is asked in turn, and what its findings mean for the comment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Comment, Finding, Lane, Mode, Status, Thread
from .rules.base import Circumstances, Hit, Rule, Submission
from .rules.book import SHIPPED, Book
from .rules.circumstances import CIRCUMSTANCE_RULES
from .rules.graphic import Graphic
from .rules.learned import Learned
from .rules.likeness import words
from .rules.official_names import OfficialName
from .rules.own_phrases import OwnPhrases
from .rules.pipeline import TEXT_RULES, Judgement, Reason, counted, hits_of, judgement_of
from .senders import Sender

#: What reads a text and needs nothing else; what was learned here is another thing.
READERS: list[Rule] = [*TEXT_RULES, Graphic()]
#: What reads the name of whoever is no moderator.
NAME_READERS: list[Rule] = [*TEXT_RULES, OfficialName()]
RULES: list[Rule] = [*CIRCUMSTANCE_RULES, *READERS, OfficialName(), Learned(), OwnPhrases(SHIPPED)]
TOLD = {rule.name: rule.told for rule in RULES}

#: How soon a person is to have read what waits; somebody in danger has a clock of their own.
CRISIS_WAITS, OTHERS_WAIT = timedelta(hours=1), timedelta(days=2)


@dataclass(frozen=True)
class Reading:
    """What the rules see in the text and the name of a comment, before a book says what of it counts."""

    text: Submission
    name: Submission
    in_text: Sequence[Hit]
    in_name: Sequence[Hit]

    @classmethod
    def of(cls, comment: Comment, learned: Rule) -> Self:
        text, name = Submission(comment.body), Submission(comment.name)
        of_name = TEXT_RULES if comment.is_by_staff else NAME_READERS
        return cls(text, name, hits_of(text, [*READERS, learned]), hits_of(name, of_name))

    def by(self, book: Book) -> list[Hit]:
        """What counts."""
        in_name = (
            replace(hit, why=f"In the name: {hit.why}", start=0, end=0)
            for hit in counted(self.in_name, self.name, book)
        )
        return [*counted(self.in_text, self.text, book), *in_name]


def prepare() -> None:
    """Let the rules learn from their examples, once: two seconds that whoever writes first would wait."""
    hits_of(Submission("It twitches in my calf, most of all at night."), TEXT_RULES)


def judge_comment(comment: Comment, sender: Sender) -> Judgement:
    """Judge text and name, and note on `comment`, unsaved, in which lane it stands."""
    sent = Circumstances(
        sender.seconds, sender.trap, tuple(sender.addresses), fingerprint(comment.body), comment=comment.pk
    )
    book = Book.in_force()
    how_sent = hits_of(Submission(comment.body, sent), CIRCUMSTANCE_RULES)
    judgement = judgement_of([*how_sent, *Reading.of(comment, Learned()).by(book)], book)
    comment.lane, comment.points = judgement.lane, judgement.points
    return judgement


def status_for(comment: Comment, judgement: Judgement, thread: Thread) -> Status:
    """What the thread's mode makes of the judgement."""
    if judgement.is_spam:
        return Status.SPAM
    is_free = thread.mode == Mode.OPEN or (thread.mode == Mode.FIRST_HELD and _is_known(comment))
    return Status.APPROVED if is_free and judgement.lane == Lane.NEW else Status.PENDING


def _is_known(comment: Comment) -> bool:
    """Whether somebody of this name, writing from the same network this week, has a comment that was approved."""
    others = Comment.objects.approved().filter(address=comment.address).exclude(pk=comment.pk)
    return bool(comment.address) and others.filter(name__iexact=comment.name).exists()


def line_up(comment: Comment) -> None:
    """Put it before moderators if it waits, unsaved, or else take it out of their queue."""
    if comment.status == Status.PENDING:
        put_in_queue(comment)
    else:
        comment.unqueue()


def put_in_queue(comment: Comment) -> None:
    """Let it wait for a moderator, unsaved, no longer than its lane allows."""
    comment.queue(within=time_allowed(comment.lane))


def wait_anew(comment: Comment, *, lane_before: str) -> None:
    """Let what waits, and has come to another lane, wait as long as that allows, unsaved; for a crisis, from now on."""
    if comment.queued_at and comment.lane != lane_before:
        since = timezone.now() if comment.lane == Lane.CRISIS else comment.queued_at
        comment.due_at = since + time_allowed(comment.lane)


def time_allowed(lane: str) -> timedelta:
    """How long a comment may wait in a lane."""
    return CRISIS_WAITS if lane == Lane.CRISIS else OTHERS_WAIT


def note_findings(comment: Comment, judgement: Judgement) -> None:
    """Keep what the rules found in the text as it is now."""
    comment.findings.all().delete()
    Finding.objects.bulk_create(findings_of(comment, judgement.hits))


def findings_of(comment: Comment, hits: Iterable[Reason]) -> list[Finding]:
    """The hits as rows, unsaved."""
    return [
        Finding(
            comment=comment,
            rule=hit.rule,
            lane=hit.lane,
            points=hit.points,
            why=hit.why[:300],
            start=hit.start,
            end=hit.end,
        )
        for hit in hits
    ]


def fingerprint(text: str) -> str:
    """The same for texts that differ only in case, spacing and punctuation; nobody can try out words on it."""
    return salted_hmac("comments.judging", " ".join(words(text)), algorithm="sha256").hexdigest()
