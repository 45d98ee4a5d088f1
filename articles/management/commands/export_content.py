from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.content.errors import ContentError
from articles.content.exporting import export_content


class Command(BaseCommand):
    help = "Write every live page and shared row back to content/; files of pages that are not live are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", dest="folder", type=Path, default=settings.CONTENT_DIR, help="default: content/")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            written = export_content(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was exported.\n{error}") from error
        self.stdout.write(f"{len(written)} files written to {folder}.")
