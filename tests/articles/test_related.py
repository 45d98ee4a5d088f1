"""What readers are led to next: pages that share tags, the rarer the tag the closer."""

import pytest
from bs4 import BeautifulSoup

from articles import publishing
from articles.models import Page, Tag
from tests import factories

pytestmark = pytest.mark.django_db


def read_next(client, page):
    soup = BeautifulSoup(client.get(page.path).content, "html.parser")
    return [link.get_text() for link in soup.select(".related a")]


def test_page_that_shares_a_rare_tag_stands_before_those_that_share_a_common_one(client):
    page = factories.article(tags=["common", "rare"])
    for title in ("A", "B", "C"):
        factories.article(title=title, tags=["common"])
    factories.article(title="Z", tags=["rare"])
    assert read_next(client, page) == ["Z", "A", "B", "C"]


def test_two_shared_tags_bring_a_page_closer_than_one(client):
    page = factories.article(tags=["one", "two"])
    factories.article(title="A", tags=["one"])
    factories.article(title="B", tags=["one", "two"])
    factories.article(title="C", tags=["two"])
    assert read_next(client, page) == ["B", "A", "C"]


def test_pages_of_all_kinds_are_related(client):
    page = factories.article(tags=["sleep"])
    cause = factories.cause(live=False, title="A cause")
    cause.tags.set(["sleep"])
    factories.publish(cause)
    assert read_next(client, page) == ["A cause"]
    assert read_next(client, cause) == [page.title]


def test_hidden_pages_and_the_page_itself_are_not_related(client):
    page = factories.article(tags=["sleep"])
    hidden = factories.article(tags=["sleep"])
    publishing.unpublish(hidden, by=None)
    assert read_next(client, page) == []


def test_at_most_six_are_named(client):
    page = factories.article(tags=["sleep"])
    for _ in range(8):
        factories.article(tags=["sleep"])
    assert len(read_next(client, page)) == 6


def test_hidden_pages_do_not_make_a_tag_less_rare(client):
    page = factories.article(tags=["crowded", "rare"])
    factories.article(title="B", tags=["rare"])
    factories.article(title="C", tags=["rare"])
    factories.article(title="A", tags=["crowded"])
    for _ in range(5):
        factories.article(tags=["crowded"], live=False)
    assert read_next(client, page) == ["A", "B", "C"]


def links(client, path, selector):
    return {link["href"] for link in BeautifulSoup(client.get(path).content, "html.parser").select(selector)}


def test_tags_lead_from_pages_of_every_kind_to_those_of_every_other_and_back(client, content):
    tagged = {page.path: links(client, page.path, ".tags a") for page in Page.objects.live()}
    listed = {tag.path: links(client, tag.path, ".page-list a") for tag in Tag.objects.in_use()}
    assert {path for path, tags in tagged.items() if not tags} == set()
    assert listed == {tag: {path for path, tags in tagged.items() if tag in tags} for tag in listed}
    kinds = {kind: {path.split("/")[1] for path in listed[f"/tags/{kind}/"]} for kind in ("nutrition", "medicines")}
    assert kinds["nutrition"] >= {"articles", "causes", "nutrition"}
    assert kinds["medicines"] >= {"articles", "causes", "medicines"}
