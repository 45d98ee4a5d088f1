"""How the moderators' desk bears a hundred thousand comments: python -m tests.bench_desk, or make bench-desk.

Prints, for each page, its queries and the 95th percentile of 40 requests in one process, with no network between; then
how long it takes to approve 500 comments at once, and to undo that.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone

from articles.models import Page
from comments import undoing
from comments.models import Comment, Decision, Deed, Finding, Lane, Status, Thread, Verdict
from tests.timing import timed

COMMENTS, WAITING, AT_ONCE, REQUESTS = 100_000, 60_000, 500, 40
LIST = "/admin/comments/comment/"
WORDS = "my calf eyelid twitches at night since week coffee sleep doctor nerve thumb worry magnesium stress cramp"


@transaction.atomic
def fill(user: Any) -> None:
    """Comments of a year on all pages: the newest wait, in every lane; the others were decided on."""
    chance = random.Random(6)
    pages = list(Page.objects.live().values_list("pk", flat=True))
    now = timezone.now()
    for start in range(0, COMMENTS, 10_000):
        made = [_comment(n, now, chance, pages) for n in range(start, start + 10_000)]
        Comment.objects.bulk_create(made)
        Finding.objects.bulk_create(
            Finding(comment=it, rule=it.lane, lane=it.lane, points=3, why="Something", start=0, end=10)
            for it in made
            if it.lane != Lane.NEW
        )
        decided = [it for it in made if it.due_at is None]
        done = Deed.objects.bulk_create(
            Deed(kind=it.status, by=user, at=it.posted_at + timedelta(hours=5)) for it in decided
        )
        Decision.objects.bulk_create(
            Decision(deed=deed, comment=it, verdict=it.status, lane=it.lane, waited=timedelta(hours=5), before={})
            for deed, it in zip(done, decided, strict=True)
        )
    Comment.objects.filter(status="approved", parent=None).update(listed_at=F("posted_at"))
    for page in pages:
        Thread.objects.locked(page)
    Thread.objects.changed(pages)


def _comment(n: int, now: Any, chance: random.Random, pages: list[Any]) -> Comment:
    waits = n < WAITING
    at = now - timedelta(minutes=5 * n)
    made = Comment(
        page_id=chance.choice(pages),
        name=f"Reader {n}",
        body=" ".join(chance.choices(WORDS.split(), k=40)),
        lane=chance.choice(Lane.values),
        points=3,
        posted_at=at,
        address=f"{n % 5000:064}",
        queued_at=at if waits else None,
        due_at=at + timedelta(days=2) if waits else None,
    )
    made.place(Status.PENDING if waits else Status(chance.choice(Verdict.values)), at)
    return made


def measure(name: str, request: Callable[[], Any]) -> None:
    queries, milliseconds, _ = timed(request, times=REQUESTS)
    print(f"{name:34} {queries:4} queries   p95 {statistics.quantiles(milliseconds, n=20)[-1]:6.1f} ms")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("import_content", verbosity=0)
    user = get_user_model().objects.create_superuser("bench")
    fill(user)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    client.force_login(user)
    print(f"{Comment.objects.count()} comments, {Comment.objects.waiting().count()} waiting, on {connection.vendor}")
    one = Comment.objects.waiting().filter(lane=Lane.ADVICE)[0]
    pages = {
        "queue, all lanes": "",
        "queue, one lane": "?lane=spam",
        "queue, its last page": "?lane=spam&page=300",
        "queue, page 2,000 of all lanes": "?page=2000",
        "approved": "?status=approved",
        "all, page 2,000": "?status=all&page=2000",
        "found in the queue": "?q=magnesium",
        "found nowhere": "?q=nowhere&status=all",
        "appeals": "?appealed=on",
        "one comment": f"{one.pk}/change/",
        "log": "log/",
        "log, page 500": "log/?page=500",
        "people": "people/",
        "health": "health/?days=90",
        "my desk": "mine/",
    }
    for name, path in pages.items():
        measure(name, partial(client.get, f"{LIST}{path}"))
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):  # as on the site
        many_at_once(client, user)


def many_at_once(client: Client, user: Any) -> None:
    """How long it takes to approve many comments at one stroke, and to undo it."""
    chosen = list(Comment.objects.waiting().order_by("?")[:AT_ONCE])
    seen = [f"{comment.pk}:{comment.version}" for comment in chosen]
    started = time.perf_counter()
    client.post(LIST, {"verdict": "approved", "seen": seen})
    print(f"{AT_ONCE} approved at once, {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    undoing.undo(Deed.objects.order_by("pk").last(), by=user)  # type: ignore[arg-type]
    print(f"and undone, {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
