from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.base import is_one_of

from .comments import LONGEST_REASON, Comment
from .deeds import Deed


class Measure(models.TextChoices):
    WARNING = "warning", "Warning"
    SUSPENSION = "suspension", "Suspension"
    BAN = "ban", "Ban"


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self) -> "SanctionQuerySet":
        """Those that keep somebody from writing now."""
        lasts = Q(until__isnull=True) | Q(until__gt=timezone.now())
        return self.exclude(measure=Measure.WARNING).filter(lasts, lifted__isnull=True)


class Sanction(models.Model):
    """A warning to whoever wrote a comment, or that they may not write for some time. They are always told, and why.

    They are known by the hash of their network, for as long as its key lives, and by that of their e-mail address.
    """

    measure = models.CharField(max_length=20, choices=Measure)
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="sanctions")  # its cause
    address = models.CharField(max_length=64, blank=True)
    email = models.CharField(max_length=64, blank=True)  # keyed hash
    reason = models.CharField(max_length=LONGEST_REASON)
    until = models.DateTimeField(null=True, blank=True)  # null: until it is lifted
    deed = models.OneToOneField(Deed, on_delete=models.CASCADE, related_name="sanction")
    lifted = models.ForeignKey(Deed, null=True, blank=True, on_delete=models.SET_NULL, related_name="lifted")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            is_one_of("measure", Measure, name="sanction_measure"),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_says_why"),
            models.CheckConstraint(
                condition=~Q(measure=Measure.SUSPENSION) | Q(until__isnull=False), name="sanction_suspension_ends"
            ),
        ]
        indexes = [
            models.Index(fields=["address"], name="sanction_address"),
            models.Index(fields=["email"], name="sanction_email"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.reason}"

    @property
    def has_ended(self) -> bool:
        """Whether its time is over, or a moderator lifted it."""
        return self.lifted_id is not None or (self.until is not None and self.until <= timezone.now())
