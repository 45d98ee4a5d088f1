import csv
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.learning import ENOUGH, Evaluation, Example, Model


class Command(BaseCommand):
    help = "Train a spam filter on labelled comments and print how it does on others. The site's own is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = "CSV with the columns text and label, which is spam or ham"
        parser.add_argument("--train", type=Path, nargs="+", required=True, metavar="FILE", help=what)
        parser.add_argument("--test", type=Path, required=True, metavar="FILE", help=what)

    def handle(self, *, train: list[Path], test: Path, **options: Any) -> None:
        model = Model.train(read_examples(train, at_least=ENOUGH))
        evaluation = Evaluation.of(model, read_examples([test]))
        self.stdout.write(f"Recall at no more than 1% false positives: {evaluation.recall:.1%}")
        self.stdout.write(f"AUC: {evaluation.auc:.4f}")
        self.stdout.write(f"False positives: {len(evaluation.false_positives)}")
        for text in evaluation.false_positives:
            self.stdout.write("  " + " ".join(text.split()))


def read_examples(paths: Sequence[Path], *, at_least: int = 1) -> list[Example]:
    """The examples of CSV files with the columns `text` and `label`, which is spam or ham.

    Raises CommandError where a file has another form, or where all have fewer than `at_least` of either kind.
    """
    examples = [example for path in paths for example in _read(path)]
    spam = sum(is_spam for _, is_spam in examples)
    if min(spam, len(examples) - spam) < at_least:
        files = ", ".join(map(str, paths))
        found = f"here are {spam} of spam and {len(examples) - spam} of ham"
        raise CommandError(f"{files}: at least {at_least} of each kind are needed, and {found}")
    return examples


def _read(path: Path) -> list[Example]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(csv.DictReader(file), path))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: not in UTF-8") from error


def _rows(reader: "csv.DictReader[str]", path: Path) -> Iterator[Example]:
    try:
        if missing := {"text", "label"} - set(reader.fieldnames or []):
            raise CommandError(f"{path}, line 1: no column {' and no column '.join(sorted(missing))}")
        for row in reader:
            if row["label"] not in {"spam", "ham"}:
                raise CommandError(f"{path}, line {reader.line_num}: the label is {row['label']!r}, not spam or ham")
            yield row["text"] or "", row["label"] == "spam"
    except csv.Error as error:
        raise CommandError(f"{path}, line {reader.line_num + 1}: {error}") from error
