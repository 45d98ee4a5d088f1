from django.contrib.contenttypes.models import ContentType
from django.db import models

from articles.models.base import is_one_of
from articles.moments import moment

from .comments import Comment
from .deeds import Deed
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
    #: The deed by which a moderator said that the rule was wrong here; its points no longer count.
    disputed = models.ForeignKey(Deed, null=True, blank=True, on_delete=models.SET_NULL, related_name="disputed")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            is_one_of("lane", Lane, name="finding_lane"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="finding_span"),
        ]
        indexes = [models.Index(fields=["rule", "comment"], name="finding_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


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


class RuleBookQuerySet(models.QuerySet["RuleBook"]):
    def in_force(self) -> "RuleBook | None":
        """The newest that nobody undid; None where the rules are as shipped. One query."""
        return self.filter(deed__undone_at__isnull=True).select_related("deed__by").order_by("pk").last()

    def lock(self) -> None:
        """Let nobody else change the rules until the transaction ends; there may be no book yet to lock."""
        ContentType.objects.select_for_update().get(app_label="comments", model="rulebook")


class RuleBook(models.Model):
    """What moderators changed of the rules as they are shipped; see `in_force`; none is ever changed or deleted."""

    data = models.JSONField()  # see comments.rules.book
    deed = models.OneToOneField(Deed, on_delete=models.CASCADE, related_name="rule_book")

    objects = RuleBookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Rules of {moment(self.deed.at)}"
