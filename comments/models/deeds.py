from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.base import is_one_of
from articles.moments import moment

from .comments import LONGEST_REASON, Comment, new_version
from .lanes import Lane


class Verdict(models.TextChoices):
    """What a moderator decides; the values are the statuses that comments get."""

    APPROVED = "approved", "Approve"
    REJECTED = "rejected", "Reject"
    SPAM = "spam", "Spam"


class Kind(models.TextChoices):
    """What moderators do; the first three are verdicts."""

    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SPAM = "spam", "Marked as spam"
    DISPUTED = "disputed", "Said that a rule was wrong"
    REDACTED = "redacted", "Took words out"
    REPLIED = "replied", "Replied"
    PINNED = "pinned", "Pinned"
    UNPINNED = "unpinned", "Unpinned"
    MOVED = "moved", "Moved to another page"
    WARNED = "warned", "Warned the author"
    SUSPENDED = "suspended", "Suspended the author"
    BANNED = "banned", "Banned the author"
    LIFTED = "lifted", "Let somebody write again"
    TUNED = "tuned", "Changed the rules"


class DeedQuerySet(models.QuerySet["Deed"]):
    def standing(self) -> "DeedQuerySet":
        """Those that nobody undid."""
        return self.filter(undone_at__isnull=True)

    def counted(self) -> "DeedQuerySet":
        """Each with the number of comments that it was done to, as `count`; only rows that are read are counted."""
        done_to = Decision.objects.filter(deed=OuterRef("pk")).order_by().values("deed").annotate(count=Count("pk"))
        return self.annotate(count=Coalesce(Subquery(done_to.values("count")), 0))


class Deed(models.Model):
    """What a moderator did at one stroke, to one comment or to many, and whether it was undone since."""

    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveBigIntegerField(default=new_version, editable=False)  # that comments have after it
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            is_one_of("kind", Kind, name="deed_kind"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True), name="deed_undone_by_at"
            ),
        ]
        indexes = [models.Index(fields=["by", "-at"], name="deed_shift"), models.Index(fields=["-at"], name="deed_log")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {moment(self.at)}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def verdicts(self) -> "DecisionQuerySet":
        """Those that say what becomes of a comment, and that nobody undid."""
        return self.exclude(verdict="").filter(deed__undone_at__isnull=True)


class Decision(models.Model):
    """What a deed did to one comment, and where that stood before. The model learns from the latest verdict on each."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="decisions")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)  # "" where the deed was another one
    lane = models.CharField(max_length=20, choices=Lane)  # in which it stood
    waited = models.DurationField(null=True)  # until then, if it waited
    before = models.JSONField()  # the fields that the deed changed, as `freezing` writes them

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-deed__at", "-pk"]
        constraints = [
            is_one_of("verdict", Verdict, name="decision_verdict", or_blank=True),
            is_one_of("lane", Lane, name="decision_lane"),
            models.UniqueConstraint(fields=["deed", "comment"], name="decision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deed.get_kind_display()}: {self.comment_id}"
