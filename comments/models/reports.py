from typing import Self

from django.db import models
from django.db.models import Q

from articles.models.base import is_one_of

from .comments import Comment
from .deeds import Deed


class Complaint(models.TextChoices):
    """Why a reader thinks that a comment should not stand there; in the words of the form."""

    DANGER = "danger", "Somebody may be in danger"
    PERSONAL_DATA = "personal_data", "It tells who or where somebody is"
    ADVICE = "advice", "It tells others what to take, or not to see a doctor"
    FALSE = "false", "It says something false about health"
    SELLING = "selling", "It sells something, or is spam"
    UNKIND = "unkind", "It is unkind to somebody"
    OTHER = "other", "Something else"


class ReportQuerySet(models.QuerySet["Report"]):
    def unanswered(self) -> Self:
        """Those that no verdict that stands has answered."""
        return self.filter(settled__isnull=True)


class Report(models.Model):
    """That a reader asked moderators to look at a comment. `settled` is the verdict that answered it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    complaint = models.CharField(max_length=20, choices=Complaint)
    note = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=64, blank=True)  # keyed hash of the reporter's network; forgotten in time
    at = models.DateTimeField(auto_now_add=True)
    settled = models.ForeignKey(Deed, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            is_one_of("complaint", Complaint, name="report_complaint"),
            models.UniqueConstraint(fields=["comment", "address"], condition=~Q(address=""), name="report_once"),
        ]
        indexes = [models.Index(fields=["address", "at"], name="report_address")]

    def __str__(self) -> str:
        return f"{self.get_complaint_display()}: {self.comment_id}"
