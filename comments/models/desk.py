from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from articles.models.base import is_one_of

from .comments import LONGEST_REASON


class Use(models.TextChoices):
    REASON = "reason", "Reason for a refusal"
    REPLY = "reply", "Reply"


class SavedText(models.Model):
    """Words that moderators need again and again: a reason for a refusal, or a reply."""

    use = models.CharField(max_length=20, choices=Use, default=Use.REASON)
    title = models.CharField(max_length=80, help_text="What moderators choose it by.")
    text = models.TextField(
        max_length=2000, help_text=f"What the author reads. A reason has {LONGEST_REASON} characters at most."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="The lowest number stands first.")

    class Meta:
        ordering = ["use", "position", "title"]
        constraints = [
            is_one_of("use", Use, name="saved_text_use"),
            models.UniqueConstraint(fields=["use", "title"], name="saved_text_title"),
            models.CheckConstraint(
                condition=~Q(use=Use.REASON) | Q(LessThanOrEqual(Length("text"), LONGEST_REASON)),
                name="saved_reason_is_short",
                violation_error_message=f"A reason has {LONGEST_REASON} characters at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeskQuerySet(models.QuerySet["Desk"]):
    def of(self, user: User) -> "Desk":
        """The desk of `user`: one query. Whoever has changed nothing has the desk that a new row would be."""
        return self.filter(user=user.pk).first() or Desk(user=user)


class Desk(models.Model):
    """How one moderator wants to work."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="desk"
    )
    skipped = models.JSONField(default=list, blank=True)  # lanes that they leave to others
    covers = models.BooleanField("cover distressing texts until I open them", default=True)

    objects = DeskQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Desk of {self.user}"
