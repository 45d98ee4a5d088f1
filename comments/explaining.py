"""What a moderator wants to know before they decide: what was decided on comments like this one, and who wrote it."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .models import Comment, Decision, Status
from .rules.likeness import jaccard, words

COMPARED = 300  # latest decisions
ALIKE = 0.15  # Jaccard similarity of the words of two texts; below it, they say different things
LISTED = 5  # comments of an author


@dataclass(frozen=True)
class Precedent:
    """A decision that stands, on the comment most like the one that is asked about; `alike` is from 0 to 1."""

    decision: Decision
    alike: float


def precedent(comment: Comment) -> Precedent | None:
    """The nearest of the latest decisions, with its comment and what was found in that: of those on comments that the
    same rules held, or else of all. At most two queries.
    """
    decided = Decision.objects.verdicts().exclude(comment=comment)
    latest = decided.exclude(comment__body="").select_related("comment", "deed__by").order_by("-pk")
    wanted = set(words(comment.body))
    found = [
        Precedent(one, jaccard(wanted, set(words(one.comment.body))))
        for one in latest.prefetch_related("comment__findings")[:COMPARED]
    ]
    alike = [one for one in found if one.alike >= ALIKE]
    rules = {finding.rule for finding in comment.findings.all()}
    by_rule = [one for one in alike if rules & {finding.rule for finding in one.decision.comment.findings.all()}]
    return max(by_rule or alike, key=lambda one: one.alike, default=None)


@dataclass(frozen=True)
class History:
    """What else came from the author of a comment, as far as network and e-mail tell."""

    counts: dict[str, int]  # of each status, in words
    latest: list[Comment]  # with what was found in each

    @classmethod
    def of(cls, comment: Comment, others: QuerySet[Comment]) -> "History":
        """`others` are the comments of the same person. Three queries at most."""
        found = others.exclude(pk=comment.pk)
        counted = dict(found.order_by().values_list("status").annotate(Count("pk")))
        counts = {status.label: counted[status] for status in Status if status in counted}
        latest = found.select_related("page").prefetch_related("findings").order_by("-posted_at", "pk")[:LISTED]
        return cls(counts, list(latest))
