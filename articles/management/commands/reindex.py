from typing import Any

from django.core.management.base import BaseCommand

from articles.search.indexing import reindex


class Command(BaseCommand):
    help = "Write anew what search knows of every page. Publishing and importing keep it right; this mends it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reindex()} entries.")
