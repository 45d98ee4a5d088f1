"""Words are taken out of a comment in a real browser, and put back from the page that answers."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from fasciculations import roles
from tests import factories
from tests.browser.test_every_page import DESK, PHONE, axe_complaints
from tests.browser.test_newsroom import sign_in
from tests.comments.conftest import Reader
from tests.comments.test_redaction import DIGITS, rows_with


@pytest.fixture
def comment(transactional_db):
    factories.member(roles.MODERATOR, "mira")
    body = "Ann Lee is on 0161 496 0837.\nAsk for  Ann Lee."
    found, _ = Reader().posted(factories.article(), body, personal="keep")
    return found


@pytest.mark.parametrize(("screen", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_words_are_taken_out_and_put_back(open_page, comment, screen, scheme):
    desk = sign_in(open_page(viewport=screen, color_scheme=scheme, bypass_csp=True), "mira")
    desk.goto(f"/admin/comments/comment/{comment.pk}/redact/")
    desk.locator("mark").dblclick()  # which selects a word
    desk.get_by_role("button", name="Add what is selected above").click()
    words = desk.get_by_label("Words to take out")
    expect(words).to_be_focused()
    assert words.input_value() in {"0161", "496", "0837"}
    desk.locator("mark").evaluate(
        "it => getSelection().selectAllChildren(it)"
    )  # as a pointer does that is drawn over it
    desk.get_by_role("button", name="Add what is selected above").click()
    assert words.input_value().split("\n")[1:] == ["0161 496 0837"]
    words.fill("ann lee")
    desk.get_by_label("0161 496 0837").check()
    assert rows_with(DIGITS)
    desk.get_by_role("button", name="Take them out").click()
    expect(desk.get_by_role("heading", name="The words are taken out")).to_be_visible()
    assert Comment.objects.get().body == "[removed] is on [removed].\nAsk for  [removed]."
    assert rows_with(DIGITS) == []
    assert axe_complaints(desk, "redacted", "best-practice") == []
    desk.get_by_role("button", name="Put the words back").click()
    expect(desk.get_by_text("The words stand there again.")).to_be_visible()
    assert Comment.objects.get().body == comment.body
