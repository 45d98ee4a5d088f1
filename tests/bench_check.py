"""How the checker bears ten thousand forms, random and hostile: python -m tests.bench_check, or make bench-check.

Prints how long the page takes, in one process, with no network between, for the site as it ships. Every answer has to
be a page, or a plain refusal of what is no form at all. DATABASE_URL chooses the database.
"""

import gc
import logging
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from causes.models import Answer, MedicationClass, Symptom
from tests.timing import spread, timed

FORMS = 10_000
FIELDS = "answer", "symptom", "medicine", "lasts"
HOSTILE = [
    "\x00",
    "in-calf\x00",
    "'; DROP TABLE causes_clue; --",
    "x" * 10_000,
    "%s %(x)s {0}",
    "\u202e",
    "😀",
    "-",
    "",
]
FORM = "application/x-www-form-urlencoded"


def forms(count: int) -> Iterator[tuple[bytes, str]]:
    """Bodies with content types: forms filled in at random, some with values that nobody was offered; mere bytes."""
    chance = random.Random(9)
    pages = [
        slug for model in (Symptom, MedicationClass) for slug in model.objects.live().values_list("slug", flat=True)
    ]
    values = [*Answer.values, *pages]
    for number in range(count):
        if number % 4 == 3:
            kind = chance.choice(
                [FORM, "multipart/form-data; boundary=x", "application/json", f"{FORM}; charset=utf-7"]
            )
            yield chance.randbytes(chance.randint(0, 2_000)), kind
        else:
            offered = [*values, *HOSTILE] if number % 4 == 2 else values
            told = {field: chance.choices(offered, k=chance.randint(0, 40)) for field in FIELDS}
            yield urlencode(told, doseq=True).encode(), FORM


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    call_command("import_content", verbosity=0)
    gc.collect()
    gc.freeze()  # or each full collection looks through all that the tests brought along, which no server has
    client = Client()
    everything = {"answer": Answer.values, "symptom": [symptom.slug for symptom in Symptom.objects.live()]}
    for name, told in (
        ("the empty form", {}),
        ("two answers", {"answer": ["in-calf", "feels-flicker"]}),
        ("all", everything),
    ):
        filled = urlencode(told, doseq=True)
        queries, milliseconds, size = timed(lambda filled=filled: client.post("/check/", filled, FORM), times=20)
        print(f"{name:20} {queries:4} queries   {statistics.median(milliseconds):6.1f} ms   {size:7} bytes")
    logging.disable()  # a line for each refusal
    times, statuses = [], Counter[int]()
    for body, kind in forms(FORMS):
        started = time.perf_counter()
        statuses[client.generic("POST", "/check/", body, kind).status_code] += 1
        times.append((time.perf_counter() - started) * 1000)
    print(f"{FORMS} forms on {connection.vendor}: answers {dict(statuses)}")
    print(spread(times))
    teardown_databases(databases, verbosity=0)
    assert max(statuses) < 500


if __name__ == "__main__":
    main()
