from django.conf import settings
from django.db import models

from articles.models.base import is_one_of

from .comments import Comment
from .lanes import Lane


class EarlierText(models.Model):
    """What a comment said before its author wrote it anew."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier_texts")
    body = models.TextField()
    until = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.body[:60]


class Finding(models.Model):
    """A rule that matched the text as it is now; `start` and `end` are the span of it, equal where there is none."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=40)
    lane = models.CharField(max_length=20, choices=Lane)
    points = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            is_one_of("lane", Lane, name="finding_lane"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="finding_span"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


class Verdict(models.TextChoices):
    """What a moderator decides; the values are the statuses that comments get."""

    APPROVED = "approved", "Approve"
    REJECTED = "rejected", "Reject"
    SPAM = "spam", "Spam"


class Decision(models.Model):
    """What a moderator decided about a comment, and where it stood before. The model learns from the latest of each."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=20, choices=Verdict)
    before = models.CharField(max_length=20)  # its status until then
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [is_one_of("verdict", Verdict, name="decision_verdict")]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.comment_id}"


class LearnedModel(models.Model):
    """The spam model as it was last trained; the newest row is the one in use."""

    data = models.BinaryField()
    trained_at = models.DateTimeField(auto_now_add=True)
    spam = models.PositiveIntegerField()  # comments that it learned from
    ham = models.PositiveIntegerField()

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"Trained on {self.spam} spam and {self.ham} genuine comments"
