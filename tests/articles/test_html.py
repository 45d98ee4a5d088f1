import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import html

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<ul>",
                "<ol start='3'>",
                "</ul>",
                "<li>",
                "</li>",
                "<strong>",
                "</strong>",
                "<em>",
                "</em>",
            ),
            *("<h3>", "</h3>", "<br>", "<a href='/causes/x/'>", "<a href='#source-a-1'>", "</a>", "<div>", "<script>"),
            *(
                "</script>",
                "<img src=x onerror=y>",
                "&nbsp;",
                "&amp;",
                "<",
                ">",
                " ",
                "\n",
                "word",
                "two words",
                "é",
                "*",
            ),
        ]
    ),
    max_size=20,
).map("".join)


@given(PIECES | st.text())
def test_clean_of_what_is_clean_changes_nothing(text):
    once = html.clean(text)
    assert html.clean(once) == once


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ('<p onclick="x" style="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<p><a href="https://x.org/" target="_blank">a</a></p>', '<p><a href="https://x.org/">a</a></p>'),
        ("<h1>a</h1><h3>b</h3>", "a<h3>b</h3>"),
        ("<ul>\n<li><p>a</p></li>\n<li>b</li>\n</ul>\n", "<ul><li>a</li><li>b</li></ul>"),
        ("<p></p>\n<p>&nbsp;</p>", ""),
        ("<p>a\nb</p>", "<p>a b</p>"),
    ],
)
def test_clean_keeps_what_is_allowed_in_one_form(dirty, clean):
    assert html.clean(dirty) == clean


def test_render_numbers_citations():
    numbers = {"a-1": 4, "b-2": 5}
    shown = html.render('<p>x <a href="#source-b-2">source</a></p>', number=numbers.__getitem__)
    assert shown == '<p>x<a href="#source-b-2">5</a></p>'


def test_render_keeps_words_that_are_linked_to_a_source():
    shown = html.render('<p>Reed and <a href="#source-reed-1963">Kurland</a> found</p>', number=lambda key: 1)
    assert 'Reed and Kurland<a href="#' in shown
    assert '(Kurland<a href="#' in html.render('<p>(<a href="#source-reed-1963">Kurland</a>)</p>', number=lambda key: 1)


def test_render_cleans_what_reached_the_database_unclean():
    assert html.render("<script>x</script><p>a</p>", number=len) == "<p>a</p>"
