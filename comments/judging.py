"""What becomes of a text: every rule that there is asked in turn, and what its findings mean for the comment."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from .models import Comment, Finding, Lane, Mode, Status, Thread
from .rules.base import Circumstances, Rule, Submission
from .rules.circumstances import CIRCUMSTANCE_RULES, words
from .rules.learned import Learned
from .rules.pipeline import TEXT_RULES, Judgement, hits_of, judgement_of
from .senders import Sender

RULES: list[Rule] = [*CIRCUMSTANCE_RULES, *TEXT_RULES, Learned()]
TOLD = {rule.name: rule.told for rule in RULES}

#: How soon a person is to have read what waits; somebody in danger has a clock of their own.
CRISIS_WAITS, OTHERS_WAIT = timedelta(hours=1), timedelta(days=2)


def judge_comment(comment: Comment, sender: Sender) -> Judgement:
    """Judge text and name, and note on `comment`, unsaved, in which lane it stands."""
    sent = Circumstances(
        sender.seconds, sender.trap, tuple(sender.addresses), fingerprint(comment.body), comment=comment.pk
    )
    in_text = hits_of(Submission(comment.body, sent), RULES)
    in_name = [
        replace(hit, why=f"In the name: {hit.why}", start=0, end=0)
        for hit in hits_of(Submission(comment.name), TEXT_RULES)
    ]
    judgement = judgement_of([*in_text, *in_name])
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


def due_at(comment: Comment) -> datetime | None:
    """By when a moderator should have read it; None where it does not wait."""
    if comment.status != Status.PENDING:
        return None
    return timezone.now() + (CRISIS_WAITS if comment.lane == Lane.CRISIS else OTHERS_WAIT)


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
