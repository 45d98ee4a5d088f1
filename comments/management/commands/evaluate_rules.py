import csv
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.judging import READERS
from comments.rules.base import Submission
from comments.rules.book import Book
from comments.rules.learned import Learned
from comments.rules.pipeline import PLACES, judge


class Command(BaseCommand):
    help = (
        "Print where the rules, as moderators have set them, would send the texts of a CSV file with a column `text`, "
        "and which rules fire."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        rules, book = [*READERS, Learned()], Book.in_force()
        judgements = [judge(Submission(text), rules, book) for text in read_texts(file)]
        places = Counter(judgement.place for judgement in judgements)
        for place in PLACES:
            self._print(place.lower(), places[place], len(judgements))
        self.stdout.write("")
        fired = Counter(rule for judgement in judgements for rule in {hit.rule for hit in judgement.hits})
        for rule, count in fired.most_common():
            self._print(f"rule {rule}", count, len(judgements))

    def _print(self, name: str, count: int, total: int) -> None:
        self.stdout.write(f"{name:<24}{count:>6}{count / total:>9.1%}")


def read_texts(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if "text" not in (rows.fieldnames or ()):
                raise CommandError(f"{path} has no column `text`.")
            texts = [row["text"] for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    if not texts or None in texts:
        raise CommandError(f"{path} has a row without a text." if texts else f"{path} holds no texts.")
    return texts
