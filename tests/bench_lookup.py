"""How the lookup of medicines bears what people type: python -m tests.bench_lookup, or make bench-lookup.

Sends 10,000 misspelt, random and hostile strings, with no network between, and fails on an answer that is no page.
Prints how long the page takes by the clock, and how long the processor works for it. DATABASE_URL chooses the database.
"""

import os
import random
import time
from urllib.parse import urlencode

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from causes.lookup import names_of
from causes.models import MedicationClass
from tests.timing import spread

REQUESTS = 10_000
HOSTILE = [
    "",
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ found }}",
    "../../etc/passwd",
    "%s%n%x",
    "\u202eenilartres",
    "a" * 100_000,
    "ﷺ" * 10_000,
    "e" + "\u0301" * 10_000,
    " ".join("a" * 40),
    "😀" * 500,
]


def typed(chance: random.Random, names: list[str]) -> str:
    """Something hostile, a name with mistakes in it, or characters from anywhere."""
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(HOSTILE)
    if kind < 0.6:
        letters = list(chance.choice(names))
        for _ in range(chance.randint(0, 3)):
            letters[chance.randrange(len(letters))] = chance.choice("abcdefghijklmnopqrstuvwxyz -")
        return "".join(letters)
    most = chance.choice([0x7F, 0x24F, 0xFFFF, 0x10FFFF])
    return "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(1, 120)))


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    call_command("import_content", verbosity=0)
    chance = random.Random(7)
    names = [name.label for name in names_of(MedicationClass.objects.for_table())]
    client = Client(raise_request_exception=False, HTTP_HOST="testserver")
    spent: dict[str, list[float]] = {"by the clock": [], "by the processor": []}
    for _ in range(REQUESTS):
        sent = urlencode({"name": typed(chance, names)}, errors="surrogatepass")
        begun, begun_here = time.perf_counter(), time.process_time()
        response = client.post("/medicines/find/", sent, content_type="application/x-www-form-urlencoded")
        spent["by the clock"].append((time.perf_counter() - begun) * 1000)
        spent["by the processor"].append((time.process_time() - begun_here) * 1000)
        assert response.status_code == 200, sent[:200]
    print(f"{REQUESTS} lookups among {len(names)} names")
    for name, milliseconds in spent.items():
        print(f"{name:16} {spread(milliseconds)}   slowest {max(milliseconds):.1f} ms")
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
