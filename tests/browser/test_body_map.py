"""The drawing of the body as a browser draws it."""

import pytest

from .test_every_page import PHONE

ROOM = 5  # units of the drawing, at each side of a word


@pytest.mark.django_db(transaction=True)
def test_words_beside_the_head_stand_inside_their_boxes(open_page):
    page = open_page("/body/", viewport=PHONE)
    callouts = page.locator(".body-map a g:has(rect)").evaluate_all(
        "all => all.map(g => [g.textContent, g.querySelector('rect').getBBox().width, "
        "g.querySelector('text').getBBox().width])"
    )
    assert len(callouts) == 4
    assert [word for word, box, text in callouts if text + 2 * ROOM > box] == []
