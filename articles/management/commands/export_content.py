from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.content.exporting import export_content


class Command(BaseCommand):
    help = "Write every live page and shared row back to content/; files of pages that are not live are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", dest="folder", type=Path, default=settings.CONTENT_DIR, help="default: content/")

    def handle(self, *, folder: Path, **options: Any) -> None:
        self.stdout.write(f"{len(export_content(folder))} files written to {folder}.")
