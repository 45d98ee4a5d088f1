from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.scheduling import settle_due


class Command(BaseCommand):
    help = "Do what is due: publish what is scheduled. For a timer; the site does the same at its next request."

    def handle(self, *args: Any, **options: Any) -> None:
        due = settle_due()
        for planned in due:
            self.stdout.write(f"{planned.page}: {planned.failure or 'published'}")
        if any(planned.failure for planned in due):
            raise CommandError("Something could not be published; its form says what to mend.")
