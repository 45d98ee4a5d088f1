from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.scheduling import settle_due
from comments.moderation import overdue
from comments.privacy import forget

TASKS_KEPT = timedelta(days=7)


class Command(BaseCommand):
    help = (
        "Do what is due: publish, forget, and say which comments have waited too long. For a timer, every few minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        due = settle_due()
        for planned in due:
            self.stdout.write(f"{planned.page}: {planned.failure or 'published'}")
        for comment in overdue():
            self.stdout.write(f"waits too long, {comment.get_lane_display().lower()}: comment {comment.pk}")
        forget()
        DBTaskResult.objects.filter(finished_at__lt=timezone.now() - TASKS_KEPT).delete()
        if any(planned.failure for planned in due):
            raise CommandError("Something could not be published; its form says what to mend.")
