"""What a moderator wants to know before they decide: what was decided on comments like this one, and who wrote it."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .models import Comment, Decision, Finding, Status
from .rules.circumstances import words

COMPARED = 300  # latest decisions
ALIKE = 0.15  # of the words of two texts: their Jaccard similarity; below it, they say different things
LISTED = 5  # comments of an author


@dataclass(frozen=True)
class Precedent:
    """A decision that stands, on the comment most like the one that is asked about; `alike` is from 0 to 1."""

    decision: Decision
    alike: float


def precedent(comment: Comment) -> Precedent | None:
    """The nearest of the latest decisions: of those on comments that the same rules held, or else of all.

    At most two queries.
    """
    decided = Decision.objects.exclude(verdict="").filter(deed__undone_at__isnull=True).exclude(comment=comment)
    latest = decided.exclude(comment__body="").select_related("comment", "deed__by").order_by("-pk")[:COMPARED]
    wanted = set(words(comment.body))
    found = [Precedent(one, _likeness(wanted, set(words(one.comment.body)))) for one in latest]
    alike = [one for one in found if one.alike >= ALIKE]
    rules = {finding.rule for finding in comment.findings.all()}
    keys = [one.decision.comment_id for one in alike]
    held = set(Finding.objects.filter(rule__in=rules, comment__in=keys).values_list("comment", flat=True))
    by_rule = [one for one in alike if one.decision.comment_id in held]
    return max(by_rule or alike, key=lambda one: one.alike, default=None)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


@dataclass(frozen=True)
class History:
    """What else came from the author of a comment, as far as network and e-mail tell."""

    counts: dict[str, int]  # of each status, in words
    latest: list[Comment]

    @classmethod
    def of(cls, comment: Comment, others: QuerySet[Comment]) -> "History":
        """`others` are the comments of the same person. Two queries."""
        found = others.exclude(pk=comment.pk)
        counted = dict(found.order_by().values_list("status").annotate(Count("pk")))
        counts = {status.label: counted[status] for status in Status if status in counted}
        return cls(counts, list(found.select_related("page").order_by("-posted_at", "pk")[:LISTED]))
