from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.content.errors import ContentError
from articles.content.importing import import_content


class Command(BaseCommand):
    help = "Load the texts under content/ and publish them. What editors changed since the last import is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=settings.CONTENT_DIR, help="default: content/")
        parser.add_argument("--overwrite", action="store_true", help="write over what editors changed, too")

    def handle(self, *, folder: Path, overwrite: bool, verbosity: int, **options: Any) -> None:
        try:
            report = import_content(folder, overwrite=overwrite)
        except ContentError as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        for path in report.left_alone:
            self.stderr.write(f"left alone, because editors changed it: {path}")
        if verbosity:
            self.stdout.write(
                f"Content: {len(report.created)} created, {len(report.updated)} updated, "
                f"{len(report.unchanged)} unchanged, {len(report.left_alone)} left alone."
            )
