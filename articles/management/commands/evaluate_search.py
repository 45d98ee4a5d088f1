import csv
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles.search.finding import search

FIRST = 3


class Command(BaseCommand):
    help = f"Print how many queries of a file find a page that they should among their first {FIRST} results."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with the columns query and expect_regex")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        with file.open(encoding="utf-8", newline="") as rows:
            queries = list(csv.DictReader(rows))
        hits = 0
        for row in queries:
            first = search(row["query"]).entries[:FIRST]
            if any(re.search(row["expect_regex"], text, re.IGNORECASE) for e in first for text in (e.title, e.path)):
                hits += 1
            else:
                found = ", ".join(entry.path for entry in first) or "nothing"
                self.stdout.write(f"{row['query']}: expected {row['expect_regex']}, found {found}")
        self.stdout.write(f"{hits} of {len(queries)} ({hits / max(len(queries), 1):.1%})")
