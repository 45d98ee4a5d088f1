"""Tags, authors and plain pages as readers find them."""

import pytest
from django.core.exceptions import ValidationError

from articles import drafts, publishing
from articles.freezing import freeze
from articles.models import Tag
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def test_tags_are_listed_with_the_number_of_their_live_pages(client):
    factories.article(tags=["sleep", "stress"])
    factories.article(tags=["sleep"])
    factories.article(tags=["sleep", "hidden"], live=False)
    items = [item.get_text(" ", strip=True) for item in drawn(client.get("/tags/")).main.select(".tag-list li")]
    assert items == ["sleep 2 pages", "stress 1 page"]


def test_tag_gathers_its_live_pages_by_kind(client):
    factories.article(title="An article", tags=["sleep"])
    factories.article(title="Hidden", tags=["sleep"], live=False)
    cause = factories.cause(live=False, title="A cause")
    cause.tags.set(["sleep"])
    factories.publish(cause)
    main = drawn(client.get("/tags/sleep/")).main
    assert [heading.get_text() for heading in main.select("h2")] == ["Articles", "Causes"]
    assert [link.get_text() for link in main.select("section a")] == ["An article", "A cause"]


def test_tag_without_a_live_page_is_not_found(client):
    factories.article(tags=["hidden"], live=False)
    assert Tag.objects.filter(slug="hidden").exists()
    assert client.get("/tags/hidden/").status_code == 404


def test_page_leads_to_its_tags(client):
    page = factories.article(tags=["Poor sleep"])
    [link] = drawn(client.get(page.path)).main.select(".tags a")
    assert (link.get_text(), link["href"]) == ("Poor sleep", "/tags/poor-sleep/")


def test_author_is_shown_with_their_live_articles(client):
    page = factories.article(title="Seen")
    author = page.authors.get()
    author.role, author.specialty = "Writer", "Neurology"
    author.save()
    author.links.create(label="ORCID", url="https://orcid.org/0000", position=1)
    hidden = factories.article(title="Hidden", live=False)
    hidden.bylines.update(author=author)
    main = drawn(client.get(f"/authors/{author.slug}/")).main
    assert "Seen" in main.get_text()
    assert "Neurology" in main.get_text()
    assert "Hidden" not in main.get_text()
    assert main.select_one("a[rel=me]")["href"] == "https://orcid.org/0000"
    authors = drawn(client.get(page.path)).main.select(".authors a")
    assert f"/authors/{author.slug}/" in {link["href"] for link in authors}


def test_author_is_shown_with_the_pages_they_reviewed(client):
    reviewer = factories.author()
    factories.cause(title="Read whole", reviewed_by=reviewer, reviewed_on="2026-01-15")
    assert "Read whole" in drawn(client.get(f"/authors/{reviewer.slug}/")).main.get_text()


def test_plain_page_stands_at_the_root_with_its_passages(client):
    page = factories.plain_page(slug="about", title="About us")
    main = drawn(client.get("/about/")).main
    assert main.select_one("h1").get_text() == "About us"
    assert main.select_one("h2#first-heading").get_text() == "First heading"
    assert main.select_one(".contents a")["href"] == "#first-heading"
    publishing.unpublish(page, by=None)
    assert client.get("/about/").status_code == 404


def test_plain_page_that_moves_leaves_a_redirect(client):
    page = factories.plain_page(slug="about")
    data = freeze(page)
    data["fields"]["slug"] = "about-us"
    drafts.save_draft(page, data, by=None)
    publishing.publish(page, by=None)
    assert client.get("/about/")["Location"] == "/about-us/"


@pytest.mark.parametrize("slug", ["causes", "sources", "glossary", "numbers", "admin"])
def test_plain_page_may_not_hide_behind_another_address(slug):
    page = factories.plain_page(slug=slug, live=False)
    with pytest.raises(ValidationError, match="address of another part"):
        publishing.publish(page, by=None)


def test_editor_changes_a_plain_page(client, editor):
    page = factories.plain_page(slug="about")
    editor.save(page, passages__0__heading="New heading")
    assert "New heading" not in drawn(client.get("/about/")).main.get_text()
    editor.publish(page)
    assert "New heading" in drawn(client.get("/about/")).main.get_text()


def test_articles_stand_in_their_order_then_newest_first(client):
    for title, position in [("First", 1), ("Old", 100), ("New", 100)]:
        factories.article(title=title, position=position)
    for path in ("/", "/articles/"):
        cards = drawn(client.get(path)).main.select(".article-card a")
        assert [link.get_text() for link in cards] == ["First", "New", "Old"]


def test_home_shows_the_emergency_card_of_the_first_article(client):
    for title, position in [("First", 1), ("Second", 2)]:
        page = factories.article(position=position, live=False)
        for urgency in ("emergency", "urgent"):
            page.articles_helpcardsection_set.create(urgency=urgency, heading=f"{title} {urgency}", ordering=20)
        factories.publish(page)
    [card] = drawn(client.get("/")).main.select(".help-card")
    assert "First emergency" in card.get_text()


def test_home_names_no_more_than_six_articles(client):
    for _ in range(8):
        factories.article()
    assert len(drawn(client.get("/")).main.select(".article-card")) == 6
