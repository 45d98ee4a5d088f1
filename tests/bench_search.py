"""How search bears ten thousand entries and ten thousand strings: python -m tests.bench_search, or make bench-search.

Prints how long readers' queries take to be answered, each on its own; then what the whole page and the suggestions take
for random and hostile strings, in one process, with no network between. DATABASE_URL chooses the database.
"""

import csv
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from articles.models import SearchEntry
from articles.search import vocabulary
from articles.search.finding import search
from articles.search.indexing import entry
from tests.timing import spread

ENTRIES, STRINGS = 10_000, 10_000
QUERIES = Path(__file__).parent / "articles" / "search_queries.csv"
HOSTILE = [
    '"a* NEAR(',
    "\x00twitch\x00",
    "'; DROP TABLE articles_page; --",
    "x" * 10_000,
    "calf AND OR NOT (eyelid",
    "title:calf ^2 {a b}",
    "😀🦵 twitch 🤷🏽‍♀️",
    "ارتعاش العضلات",
    "רעידות בשריר",
    "筋肉のピクつき",
    "a\u0301" * 300,
    "\u202etwitch",
    "%s %(x)s {0} \\",
    "& | ! <-> :*",
    "<script>alert(1)</script>",
    "kalf twich tounge hipokalemya fasiculaton magnezuim",
]


def fill() -> None:
    """Entries like those of the site as it ships, with sentences of several pages in each."""
    chance = random.Random(7)
    shipped = list(SearchEntry.objects.all())
    lines = [line for one in shipped for line in one.body.splitlines()]
    words = sorted(vocabulary.current().words)
    made = []
    for number in range(ENTRIES - len(shipped)):
        like = chance.choice(shipped)
        made.append(
            entry(
                path=f"/more/{number}/",
                kind=like.kind,
                title=f"{like.title} {' '.join(chance.sample(words, 2))}",
                names=like.names.splitlines(),
                text=chance.choices(lines, k=10),
            )
        )
    SearchEntry.objects.bulk_create(made, batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE articles_searchentry")


def strings(count: int) -> Iterator[str]:
    """What anybody might send: hostile strings, letters at random, and words of the site with slips."""
    chance = random.Random(8)
    words = sorted(vocabulary.current().words)
    for number in range(count):
        kind = number % 3
        if kind == 0:
            yield "".join(chance.sample(chance.choice(HOSTILE), k=1)) + chance.choice(HOSTILE)
        elif kind == 1:
            yield "".join(
                chr(chance.choice([*range(32, 127), *range(160, 0x2000)])) for _ in range(chance.randint(0, 250))
            )
        else:
            picked = chance.choices(words, k=chance.randint(1, 12))
            yield " ".join(word.replace(chance.choice(word), chance.choice("aeinrst"), 1) for word in picked)


def report(name: str, calls: Iterator[Callable[[], Any]]) -> None:
    times = []
    for call in calls:
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    print(f"{name:44} {len(times):6}   {spread(times)}")


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    call_command("import_content", verbosity=0)
    fill()
    client = Client()
    started = time.perf_counter()
    vocabulary.Vocabulary.read()
    print(f"{SearchEntry.objects.count()} entries on {connection.vendor}")
    print(f"their vocabulary is read again after a publication in {time.perf_counter() - started:.2f} s")
    with QUERIES.open(encoding="utf-8", newline="") as rows:
        asked = [row["query"] for row in csv.DictReader(rows)]
    report("one search, readers' queries", (lambda text=text: search(text) for text in asked * 5))

    def get(path: str, text: str) -> None:
        assert client.get(path, {"q": text}).status_code == 200, text

    report("the page, readers' queries", (lambda text=text: get("/search/", text) for text in asked * 2))
    report(
        "the page, random and hostile strings", (lambda text=text: get("/search/", text) for text in strings(STRINGS))
    )
    report("suggestions, the same", (lambda text=text: get("/search/suggest/", text) for text in strings(STRINGS // 5)))
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
