"""Public pages: few queries however much there is, no cookie, a strict policy, honest errors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleAuthor, Page
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/articles/",
    "/articles/muscle-twitching/",
    "/causes/",
    "/causes/motor-neurone-disease/",
]


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def crowd(count):
    """Rows of every kind around the pages, and on them."""
    group = factories.group()
    article = Page.objects.get(slug="muscle-twitching").concrete
    for _ in range(count):
        source = factories.reference()
        cause = factories.cause(group=group, live=False)
        factories.claim(cause, source)
        factories.seen_with(cause, factories.symptom())
        factories.publish(cause)
        factories.medication_class()
        factories.nutrient()
        factories.article(tags=["sleep", source.key])
        factories.claim(article, source)
        article.tags.add(source.key)
    ArticleAuthor.objects.create(article=article, author=factories.author(), position=2)
    article.reviewed_by, article.reviewed_on = factories.author(), "2026-01-15"
    article.save()
    factories.publish(article)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_12_queries_at_most_and_no_more_among_many_rows(client, content, path):
    few = queries(client, path)
    crowd(12)
    assert queries(client, path) == few
    assert few <= 12


@pytest.mark.parametrize("path", [*PAGES, "/nowhere/"])
def test_page_sets_no_cookie_and_allows_nothing_from_elsewhere(client, content, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/articles", "/causes", "/articles/muscle-twitching"])
def test_missing_slash_is_added(client, content, path):
    assert client.get(path)["Location"] == f"{path}/"


def test_page_of_another_kind_is_not_found(client, content):
    assert client.get("/articles/motor-neurone-disease/").status_code == 404
