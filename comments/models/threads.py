from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models import Page
from articles.models.base import is_one_of
from articles.moments import moment

from .comments import Status


class Mode(models.TextChoices):
    OPEN = "open", "Open: shown at once, unless a rule holds it"
    FIRST_HELD = "first_held", "First comment held: people with an approved comment are shown at once"
    ALL_HELD = "all_held", "All held: a moderator reads each comment first"
    CLOSED = "closed", "Closed: nobody can write; what was approved stays"


class ThreadQuerySet(models.QuerySet["Thread"]):
    def of(self, page: Page) -> "Thread":
        """The thread of `page`: one query. A page without a row has the thread that a new row would be."""
        return self.filter(page=page.pk).first() or Thread(page_id=page.pk)

    def locked(self, page_id: Any) -> "Thread":
        """The thread of a page, which nobody else writes to until the transaction ends."""
        if not self.filter(page=page_id).exists():
            Thread.objects.bulk_create([Thread(page_id=page_id)], ignore_conflicts=True)
        return self.select_for_update().get(page=page_id)

    def changed(self, page_ids: Any) -> None:
        """Count what readers see of these threads, and say that they are not what they were."""
        approved = models.Count("page__comments", filter=Q(page__comments__status=Status.APPROVED))
        for page_id, count in self.filter(page__in=page_ids).annotate(now=approved).values_list("page", "now"):
            self.filter(page=page_id).update(approved=count, version=F("version") + 1)


class Thread(models.Model):
    """The comments of a page as a whole: who may write, how many can be read, and how often that has changed."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="thread")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.ALL_HELD)
    opened_at = models.DateTimeField("open since", default=timezone.now, help_text="The days below count from here.")
    closes_after_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Closes by itself after so many days; empty: stays open."
    )
    approved = models.PositiveIntegerField(default=0, editable=False)  # comments that readers see
    version = models.PositiveBigIntegerField(default=0, editable=False)  # changes with whatever readers see of it

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [is_one_of("mode", Mode, name="thread_mode")]

    def __str__(self) -> str:
        return f"Comments on {self.page}"

    @property
    def is_open(self) -> bool:
        """Whether comments can be written now."""
        is_over = self.closes_after_days is not None and self.age >= timedelta(days=self.closes_after_days)
        return self.mode != Mode.CLOSED and not is_over

    @property
    def terms(self) -> str:
        """Who may write and for how long, in words."""
        days = f", for {self.closes_after_days} days" if self.closes_after_days is not None else ""
        return f"{self.get_mode_display()}; open since {moment(self.opened_at)}{days}"

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.opened_at
