"""Public pages: few queries however much there is, no cookie, a strict policy, honest errors."""

import gzip

import pytest
from bs4 import BeautifulSoup

from articles.models import ArticleAuthor, Page
from causes.models import GlossaryTerm
from tests import factories
from tests.pages import KINDS

pytestmark = pytest.mark.django_db

PAGES = list(KINDS.values())


def crowd(count):
    """Rows of every kind around the pages, and on them."""
    group = factories.group()
    article = Page.objects.get(slug="muscle-twitching").concrete
    cramps, calf = Page.objects.get(slug="cramps").concrete, Page.objects.get(slug="calf").concrete
    cramp = GlossaryTerm.objects.get(slug="cramp")
    for _ in range(count):
        source = factories.reference()
        cause = factories.cause(group=group, live=False)
        factories.claim(cause, source, evidence="not_supported")
        factories.seen_with(cause, cramps)
        factories.seen_with(cause, factories.symptom())
        factories.publish(cause)
        calf.causes.add(cause)
        factories.medication_class()
        factories.nutrient()
        factories.body_area(cause)
        factories.plain_page()
        factories.article(tags=["nerves", source.key], authors=article.authors.all())
        cited = f'<p><a href="#source-{source.key}">source</a></p>'
        factories.term(page=cause, definition=cited).not_same_as.add(cramp)
        factories.claim(article, source)
        article.tags.add(source.key)
    factories.publish(calf)
    ArticleAuthor.objects.create(article=article, author=factories.author(), position=2)
    article.reviewed_by, article.reviewed_on = factories.author(), "2026-01-15"
    article.save()
    factories.publish(article)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_12_queries_at_most_and_no_more_among_many_rows(client, content, counting, path):
    few = counting(lambda: client.get(path))
    crowd(12)
    assert counting(lambda: client.get(path)) == few <= 12


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


@pytest.mark.parametrize("path", ["/articles", "/causes", "/articles/muscle-twitching", "/medicines/lithium", "/about"])
def test_missing_slash_is_added(client, content, path):
    assert client.get(path)["Location"] == f"{path}/"


def test_page_of_another_kind_is_not_found(client, content):
    assert client.get("/articles/motor-neurone-disease/").status_code == 404


def test_page_is_sent_compressed_to_who_can_read_it(client, content):
    whole = client.get("/causes/")
    packed = client.get("/causes/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == whole.content
    assert len(packed.content) < len(whole.content) / 3


def test_numbers_of_every_country_can_be_called(client, db):
    main = BeautifulSoup(client.get("/numbers/").content, "html.parser").select_one("main")
    rows = {row.th.get_text(): [link["href"] for link in row.select("a")] for row in main.select("tbody tr")}
    assert rows == {
        "United Kingdom": ["tel:999", "tel:112", "tel:111", "tel:116123"],
        "Ireland": ["tel:112", "tel:999", "tel:116123"],
        "European Union": ["tel:112", "tel:116123"],
        "United States": ["tel:911", "tel:988"],
        "Canada": ["tel:911", "tel:811", "tel:988"],
        "Australia": ["tel:000", "tel:1800022222", "tel:131114"],
    }
