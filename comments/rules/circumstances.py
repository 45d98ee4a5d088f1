"""Rules that look at how a comment was sent, and at what was sent before it."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from comments.models import Arrival, Comment, Lane

from .base import Circumstances, Hit, Rule, Submission
from .likeness import SHINGLE, jaccard, shingles, words

QUICK = 4  # seconds: nobody reads the form and writes a sentence in less
MANY_AN_HOUR = 4  # comments from one network
RECENT = timedelta(days=30)
COMPARED = 300  # recent comments
ALIKE = 0.7  # Jaccard similarity of the shingles of two texts, after Broder 1997
FEWEST_SHINGLES = 5  # in shorter texts likeness is chance


class CircumstanceRule(Rule):
    """A rule of sending: it says nothing of a text of which nothing else is known."""

    lane = Lane.SPAM

    def hits(self, submission: Submission) -> Iterator[Hit]:
        if submission.sent:
            yield from self.seen(submission, submission.sent)

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        raise NotImplementedError


class Trap(CircumstanceRule):
    name = "trap"
    told = "A field that people do not see was filled in."
    points = 10

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        if sent.trap:
            yield self.hit("Filled in the field that people do not see")


class TooQuick(CircumstanceRule):
    name = "too-quick"
    told = "It was sent within a few seconds, which is how programs write."
    points = 4

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        if sent.seconds < QUICK:
            yield self.hit(f"Sent {max(sent.seconds, 0):.1f} s after the form was opened")


class TooMany(CircumstanceRule):
    name = "too-many"
    told = "Several comments came from the same network within an hour."
    points = 4

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        hour = timezone.now() - timedelta(hours=1)
        others = Arrival.objects.filter(address__in=sent.addresses, at__gt=hour).exclude(comment=sent.comment)
        if (count := others.count()) >= MANY_AN_HOUR:
            yield self.hit(f"{count} others from the same network within an hour")


class SameText(CircumstanceRule):
    name = "same-text"
    told = "The same text was sent before."
    points = 4

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        """The third time the same text comes, it is taken for spam; of a word or two, people write the same."""
        if len(words(submission.text)) < SHINGLE:
            return
        same = Arrival.objects.filter(fingerprint=sent.fingerprint, at__gt=timezone.now() - RECENT)
        if count := same.exclude(comment=sent.comment).count():
            points = 10 if count > 1 else self.points
            yield self.hit(f"Sent {count} times before", 0, len(submission.text), points)


class AlmostSameText(CircumstanceRule):
    name = "almost-same-text"
    told = "A text that is almost the same was sent before."
    points = 3

    def seen(self, submission: Submission, sent: Circumstances) -> Iterator[Hit]:
        ours = shingles(submission.text)
        if len(ours) < FEWEST_SHINGLES:
            return
        recent = Comment.objects.filter(posted_at__gt=timezone.now() - RECENT).exclude(pk=sent.comment)
        for body in recent.order_by("-posted_at").values_list("body", flat=True)[:COMPARED]:
            theirs = shingles(body)
            if theirs == ours:  # which the rule above counts
                continue
            alike = jaccard(ours, theirs)
            if alike >= ALIKE:
                yield self.hit(f"{alike:.0%} the same as an earlier comment", 0, len(submission.text))
                return


CIRCUMSTANCE_RULES: list[Rule] = [Trap(), TooQuick(), TooMany(), SameText(), AlmostSameText()]
#: The names of those: what they found stays true when a text is judged anew.
ABOUT_SENDING = frozenset(rule.name for rule in CIRCUMSTANCE_RULES)
