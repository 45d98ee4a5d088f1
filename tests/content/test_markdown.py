import pytest
from hypothesis import given

from articles import html
from articles.content import markdown
from tests.articles.test_html import PIECES


@given(PIECES)
def test_html_survives_markdown(text):
    clean = html.clean(text)
    assert markdown.to_html(markdown.to_markdown(clean)) == clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo **b** *e*.", "<p>One.</p><p>Two <strong>b</strong> <em>e</em>.</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("### Head\n\ntext [a](/b/)", '<h3>Head</h3><p>text <a href="/b/">a</a></p>'),
    ],
)
def test_plain_markdown_is_kept_as_it_was_written(text, expected):
    assert markdown.to_html(text) == expected
    assert markdown.to_markdown(expected) == text
