"""What becomes of a text: every rule that there is asked in turn, and what its findings mean for the comment."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from .models import Comment, Finding, Lane, Mode, Status, Thread
from .rules.base import Circumstances, Rule, Submission
from .rules.circumstances import CIRCUMSTANCE_RULES, words
from .rules.learned import Learned
from .rules.pipeline import TEXT_RULES, Judgement, judge

RULES: list[Rule] = [*CIRCUMSTANCE_RULES, *TEXT_RULES, Learned()]
TOLD = {rule.name: rule.told for rule in RULES}

#: How soon a person is to have read what waits; somebody in danger has a clock of their own.
CRISIS_WAITS, OTHERS_WAIT = timedelta(hours=1), timedelta(days=2)


def examine(comment: Comment, sent: Circumstances | None) -> Judgement:
    """Judge the text and note on `comment`, unsaved, in which lane it stands."""
    judgement = judge(Submission(comment.body, comment.name, sent), RULES)
    comment.lane, comment.points = judgement.lane, judgement.points
    comment.fingerprint = fingerprint(comment.body)
    return judgement


def place(comment: Comment, judgement: Judgement, thread: Thread) -> None:
    """Give the comment, unsaved, the status that mode and judgement ask for, and a clock if it waits."""
    comment.status = _status(comment, judgement, thread)
    waits = CRISIS_WAITS if comment.lane == Lane.CRISIS else OTHERS_WAIT
    comment.due_at = timezone.now() + waits if comment.status == Status.PENDING else None


def _status(comment: Comment, judgement: Judgement, thread: Thread) -> Status:
    if judgement.is_spam:
        return Status.SPAM
    is_free = thread.mode == Mode.OPEN or (thread.mode == Mode.FIRST_HELD and is_known(comment))
    return Status.APPROVED if is_free and judgement.lane == Lane.NEW else Status.PENDING


def is_known(comment: Comment) -> bool:
    """Whether somebody of this name, writing from the same network these days, has a comment that was approved."""
    others = Comment.objects.approved().filter(address=comment.address).exclude(pk=comment.pk)
    return bool(comment.address) and others.filter(name__iexact=comment.name).exists()


def note_findings(comment: Comment, judgement: Judgement) -> None:
    """Keep what the rules found in the text as it is now."""
    comment.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            comment=comment,
            rule=hit.rule,
            lane=hit.lane,
            points=hit.points,
            why=hit.why[:300],
            start=hit.start,
            end=hit.end,
        )
        for hit in judgement.hits
    )


def fingerprint(text: str) -> str:
    """The same for texts that differ only in case, spacing and punctuation."""
    return hashlib.sha256(" ".join(words(text)).encode()).hexdigest()
