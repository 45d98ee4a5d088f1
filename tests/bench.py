"""How long the heaviest pages take, and how many queries: python -m tests.bench, or make bench.

Prints, for the site as it ships, the median of 20 requests in one process, with no network between.
"""

import gzip
import os
import statistics
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import drafts, publishing
from articles.freezing import Frozen, part_models
from articles.models import Article, Page, Section
from comments.models import Comment, Thread
from comments.threads import settle
from tests.conftest import form_fields
from tests.pages import KINDS
from tests.timing import timed


def measure(name: str, request: Callable[[], Any]) -> None:
    queries, milliseconds, size = timed(request, times=20)
    print(f"{name:34} {queries:4} queries   {statistics.median(milliseconds):6.1f} ms   {size:7} bytes")


def with_every_text_changed(data: Frozen) -> Frozen:
    """`data` with one word more in the middle of each rich text of its parts."""
    parts = {
        label: [{name: _longer(value) for name, value in row.items()} for row in rows]
        for label, rows in data["parts"].items()
    }
    return {**data, "parts": parts}


def _longer(value: Any) -> Any:
    if not isinstance(value, str) or "</p>" not in value:
        return value
    words = value.split(" ")
    return " ".join([*words[: len(words) // 2], "changed", *words[len(words) // 2 :]]) if len(words) > 8 else value


def add_comments(page: Page, count: int, parent: Comment | None = None) -> Comment:
    """Approved comments below `page`; returns the newest that begins a thread."""
    Thread.objects.locked(page.pk)
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            page_id=page.pk,
            parent=parent,
            name=f"Reader {n}",
            body="My calf twitches at night, and has for weeks. It went when I slept more. " * 3,
            status="approved",
            posted_at=(at := now - timedelta(minutes=n)),
            listed_at=None if parent else at,
        )
        for n in range(count)
    )
    newest = Comment.objects.threads(page)[0]
    settle([newest])
    return newest


def last_of(page: Page) -> Comment:
    return Comment.objects.threads(page).reverse()[20]


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("import_content", verbosity=0)
    article = Article.objects.get(slug="muscle-twitching")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    url = f"/admin/articles/article/{article.pk}/change/"
    form = form_fields(client.get(url).content)
    body = next(name for name in form if name.endswith("textsection_set-0-body"))
    types = [part for part in part_models(Article) if issubclass(part, Section)]
    sections = sum(part.objects.filter(parent=article).count() for part in types)
    print(f"Main article, {sections} sections, on {connection.vendor}")
    measure("form, opened", lambda: client.get(url))
    measure("form, saved unchanged", lambda: client.post(url, form | {"_continue": "1"}))
    changed = form | {body: "<p>Changed.</p>", "_continue": "1"}
    measure("form, saved with a change", lambda: client.post(url, changed))
    measure("form with a draft, opened", lambda: client.get(url))
    measure("form with a draft, saved", lambda: client.post(url, changed | {"title": "Changed"}))
    drafts.save_draft(article, with_every_text_changed(drafts.state_of(article)), by=None)
    publishing.publish(article, by=None)
    print("\nTwo publications with every text changed, compared")
    measure("the page that shows it", lambda: client.get(f"{url.replace('change', 'compare')}?from=1&to=2"))
    print("\nPublic pages, uncached")
    for path in KINDS.values():
        measure(path, partial(Client().get, path))
    print("\nAn article with comments, 20 and 10,000, and 10,000 replies to one of them")
    commented = Article.objects.exclude(pk=article.pk)[0]
    for few_or_many in (20, 10_000 - 20):
        begun = add_comments(commented, few_or_many)
        measure(f"{Thread.objects.get().approved} comments", lambda: Client().get(commented.path))
    add_comments(commented, 10_000, parent=begun)
    measure("and 10,000 replies", lambda: Client().get(commented.path))
    measure("their last page", lambda: Client().get(f"{commented.path}comments/?before={last_of(commented).pk}"))
    print("\nThe main article on the wire, in bytes")
    styles = [file.read_bytes() for file in Path("static/css").rglob("*.css") if not file.name.startswith("admin")]
    page = Client().get(article.path, headers={"accept-encoding": "gzip"}).content
    print(f"page {len(page)}, all styles as one file {len(gzip.compress(b''.join(styles)))}")


if __name__ == "__main__":
    main()
