"""Two who write entries of search at once: PostgreSQL alone lets them."""

import pytest
from django.db import connection

from articles import locking, publishing
from articles.content.exporting import export_content
from articles.content.importing import import_content
from articles.models import SearchEntry
from articles.search.indexing import index_list, reindex
from causes.models import GlossaryTerm
from tests import factories
from tests.races import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_two_editors_who_save_terms_at_once_lose_nothing():
    factories.term(term="Tic")
    meanwhile(
        lambda: (factories.term(term="Tremor"), index_list(GlossaryTerm)),
        lambda: (factories.term(term="Cramp"), index_list(GlossaryTerm)),
    )
    assert sorted(SearchEntry.objects.values_list("title", flat=True)) == ["Cramp", "Tic", "Tremor"]


def test_page_that_is_published_while_all_is_written_anew_is_found():
    first = factories.article()
    meanwhile(reindex, lambda: factories.article(title="Second"))
    assert {first.title, "Second"} <= set(SearchEntry.objects.values_list("title", flat=True))


def test_page_can_be_changed_by_hand_while_content_is_imported(tmp_path):
    """Both hold a page and write entries of search: neither may hold what the other waits for."""
    first, second = factories.article(slug="first"), factories.article(slug="second")
    export_content(tmp_path)
    import_content(tmp_path)
    for file in tmp_path.rglob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("In short.", "In a word."), encoding="utf-8")
    meanwhile(
        lambda: locking.lock(second),
        lambda: import_content(tmp_path),
        lambda: publishing.unpublish(second, by=None),
    )
    found = SearchEntry.objects.exclude(page=None).get()
    assert found.title == first.title
    assert "In a word." in found.body
