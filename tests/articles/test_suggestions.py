"""Suggestions: what somebody types brings first the pages whose title it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.suggesting import suggestions
from tests import factories

pytestmark = pytest.mark.django_db


def titles(typed):
    return [suggestion.title for suggestion in suggestions(typed)]


def test_titles_come_before_other_names_and_what_begins_so_comes_first():
    factories.cause(title="Aardvarks", other_names="the zebra of the ants\nzebra ant")
    factories.cause(title="Badgers", other_names="the striped zebra")
    factories.article(title="Could it be a zebra?")
    factories.article(title="Zebras in the wild")
    factories.article(title="Zebras")
    factories.article(title="Ants", text="<p>They ran from a zebra.</p>")
    assert titles("zeb") == ["Zebras", "Zebras in the wild", "Could it be a zebra?", "Aardvarks", "Badgers"]
    assert titles("zebra")[-1] == "Ants"


def test_each_word_may_be_the_beginning_of_one():
    factories.article(title="Zebras that are striped")
    factories.cause(title="Okapis", other_names="striped half zebra")
    factories.cause(title="Ants", other_names="zebra\nstriped")
    assert titles("str ze")[:2] == ["Zebras that are striped", "Okapis"]


def test_name_that_was_typed_is_told_where_the_title_is_another(client):
    page = factories.cause(title="Okapis", other_names="forest giraffe\nzebra giraffe\nzebra")
    factories.article(title="Zebra crossings")
    crossings, okapis = client.get("/search/suggest/?q=zeb").json()["suggestions"]
    assert "called" not in crossings
    assert okapis == {"title": "Okapis", "kind": "Causes", "path": page.path, "called": "zebra"}


@pytest.mark.parametrize(
    ("typed", "first", "before"),
    [
        ("ca", "Calf", "Cannot move an arm or a leg"),
        ("leg", "Pain in an arm or a leg", "Numbness between the legs"),
        ("als", "Could it be ALS?", "Motor neurone disease"),
        ("mu", "Muscle pain", "Multiple sclerosis"),
        ("cr", "Cramp", "Cramp-fasciculation syndrome"),
    ],
)
def test_fear_does_not_come_first_by_the_alphabet(content, typed, first, before):
    found = titles(typed)
    assert found[0] == first
    assert before in found


@given(typed=st.text(alphabet="aeclmtu ", min_size=2, max_size=12))
def test_suggestions_are_few_and_each_is_another_page(content, typed):
    paths = [suggestion.path for suggestion in suggestions(typed)]
    assert len(paths) == len(set(paths)) <= 8
