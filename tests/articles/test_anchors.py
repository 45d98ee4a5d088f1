"""The ids that headings get on the pages that readers see."""

import pytest
from bs4 import BeautifulSoup

from articles import drafts
from articles.freezing import freeze
from articles.models import Passage, TextSection
from tests import factories

pytestmark = pytest.mark.django_db

SOURCED = '<p>Words. <a href="#source-reed-1963">source</a></p>'


@pytest.fixture(params=["article", "plain_page"])
def page(request):
    """A page with all that a template may add to its text."""
    factories.reference("reed-1963")
    page = getattr(factories, request.param)(text=SOURCED)
    page.tags.add("sleep")
    factories.article(tags=["sleep"])
    if request.param == "article":
        factories.comment(page)
    return republished(page)


def republished(page):
    """With what its rows hold now."""
    drafts.save_draft(page, freeze(page), by=None)
    return factories.publish(page)


def add_heading(page, heading, place):
    if page.kind == "articles.article":
        TextSection.objects.create(parent=page, heading=heading, body="<p>x</p>", ordering=place)
    else:
        Passage.objects.create(plain_page=page, heading=heading, body="<p>x</p>", position=place)


def ids(client, page):
    soup = BeautifulSoup(client.get(page.path).content, "html.parser")
    found = [element["id"] for element in soup.select("[id]")]
    assert {link["href"] for link in soup.select(".contents a")} <= {f"#{name}" for name in found}
    return found


def test_headings_take_no_id_that_the_page_has(client, page):
    before = ids(client, page)
    assert {"main", "contents", "sources", "source-reed-1963", "related", "page-status"} <= set(before)
    assert ("experiences" in before) == (page.kind == "articles.article")
    for place, name in enumerate(before, 100):
        add_heading(page, name.replace("-", " "), place)
    after = ids(client, republished(page))
    assert len(after) == len(set(after)) == 2 * len(before)


def test_equal_headings_have_ids_of_their_own(client, page):
    for place, heading in enumerate(["Again", "Again 2", "Again", "日本", "日本"], 100):
        add_heading(page, heading, place)
    assert [name for name in ids(client, republished(page)) if name.startswith(("again", "section"))] == [
        "again",
        "again-2",
        "again-3",
        "section",
        "section-2",
    ]
