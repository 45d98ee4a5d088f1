from typing import Any

from django.core.management.base import BaseCommand

from comments.privacy import forget


class Command(BaseCommand):
    help = "Forget what was kept about commenters long enough; `tick` does the same."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in forget().items():
            self.stdout.write(f"{count:7} {what}")
