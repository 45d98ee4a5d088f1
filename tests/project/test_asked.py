"""What a reader asks in the address of a page is told to no shared cache, to no page that is opened next, to no log."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasciculations.logs import QuerylessFormatter
from tests import factories

LINES = {
    "Not Found: %s": "Not Found: /x/?…",
    "cannot answer '%s' now\nThat is all": "cannot answer '/x/?…\nThat is all",
    '"GET %s HTTP/1.1" 404 12': '"GET /x/?… HTTP/1.1" 404 12',
    "Is it that? <WSGIRequest: GET 'http://localhost%s'>": "Is it that? <WSGIRequest: GET 'http://localhost/x/?…",
}
RAW = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))


def logged(message, address):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, (address,), None)
    return QuerylessFormatter().format(record)


@pytest.mark.parametrize(
    "query", ["q=it's+als", 'q="als"', "q='als' or als", "q=als?als", "q=als HTTP/1.1 als", "als/?als"]
)
@pytest.mark.parametrize("path", ["/x/", "/it's", '/"x"', "/x y"])
@pytest.mark.parametrize("message", LINES)
def test_log_holds_nothing_of_a_query_with_raw_signs(message, path, query):
    assert "als" not in logged(message, f"{path}?{query}")


@pytest.mark.parametrize(("message", "said"), LINES.items())
@given(query=RAW)
def test_log_of_any_query_is_the_same(message, said, query):
    assert logged(message, f"/x/?{query}.") == said


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/search/?q=calf", "/search/suggest/?q=calf", "/causes/?where=in-calf"])
def test_answer_is_kept_by_no_shared_cache_and_told_to_no_next_page(client, path):
    factories.body_area(slug="calf")
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/causes/", "/causes/?page=1"])
def test_list_of_causes_with_nothing_chosen_may_be_found(client, path):
    response = client.get(path)
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.has_header("X-Robots-Tag")
