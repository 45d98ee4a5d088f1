"""Readers who comment, in a real browser: with and without scripts, by keyboard, on a phone, with hostile words."""

import re

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from articles import publishing
from articles.freezing import freeze
from comments import moderation
from comments.models import Comment, Mode, Thread, Verdict
from tests import factories
from tests.browser.test_every_page import DESK, PHONE, axe_complaints
from tests.comments.test_hostile import OURS

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def article(transactional_db):
    factories.plain_page(slug="comment-policy", title="How comments work")
    page = factories.article(title="Eyelids")
    Thread.objects.create(page=page)
    return page


def write(page, body="My eyelid twitches.", name="Ann"):
    page.get_by_label("Your comment").fill(body)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Send").click()


def press(page, link, button=None):
    """Follow a link on the comment's own page, and press the button of the form that it leads to."""
    page.get_by_role("link", name=link).click()
    page.get_by_role("button", name=button or link).click()


@SCRIPTS
def test_reader_writes_changes_withdraws_and_sends_again(article, open_page, scripts):
    page = open_page(article.path, viewport=PHONE, java_script_enabled=scripts)
    page.get_by_role("link", name="Write a comment").click()
    expect(page).to_have_url(re.compile(r"/articles/[^/]+/$" if scripts else r"/write/$"))
    write(page)
    page.wait_for_url("**/comments/yours/**")
    expect(page.get_by_role("heading", name="Received: it waits for a moderator")).to_be_visible()
    own = page.url
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Your comment").fill("My left eyelid twitches.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(own)
    expect(page.get_by_text("My left eyelid twitches.")).to_be_visible()
    press(page, "Withdraw it", "Withdraw")
    expect(page.get_by_role("heading", name="You withdrew it")).to_be_visible()
    press(page, "Change it and send it again", "Send again")
    expect(page.get_by_role("heading", name="Received: it waits for a moderator")).to_be_visible()
    assert Comment.objects.get().body == "My left eyelid twitches."
    assert page.context.cookies() == []


@SCRIPTS
def test_reader_replies_below_what_is_answered(article, open_page, scripts):
    Thread.objects.update(mode=Mode.OPEN)
    factories.comment(article, name="Bob", body="Mine stopped after a week.")
    page = open_page(article.path, java_script_enabled=scripts)
    page.get_by_role("link", name="Reply to Bob").click()
    write(page, body="After a month here.")
    page.wait_for_url("**/comments/yours/**")
    moderation.decide(Comment.objects.filter(name="Ann"), Verdict.APPROVED, by=None)
    page.reload()
    page.get_by_role("link", name="See it on the page").click()
    expect(page.get_by_role("listitem").filter(has_text="After a month here.").last).to_be_visible()


@SCRIPTS
def test_reader_appeals_a_refusal(article, open_page, scripts):
    page = open_page(f"{article.path}comments/write/", java_script_enabled=scripts)
    write(page)
    page.wait_for_url("**/comments/yours/**")
    moderation.decide(Comment.objects.all(), Verdict.REJECTED, by=None, reason="It is about something else.")
    page.reload()
    expect(page.get_by_text("It is about something else.")).to_be_visible()
    page.get_by_role("link", name="Ask for another look").click()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Say in a sentence why.")).to_be_visible()
    page.get_by_label("Why should it be shown?").fill("It is about eyelids.")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("You asked for another look.")).to_be_visible()


@SCRIPTS
def test_reader_is_warned_before_personal_data_are_shown(article, open_page, scripts):
    page = open_page(f"{article.path}comments/write/", java_script_enabled=scripts)
    write(page, body="Write to ann@example.org if yours is the same.")
    expect(page.locator("mark")).to_have_text("ann@example.org")
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Take that out and send").click()
    page.wait_for_url("**/comments/yours/**")
    assert Comment.objects.get().body == "Write to [removed] if yours is the same."


@SCRIPTS
def test_reader_may_send_personal_data_all_the_same(article, open_page, scripts):
    page = open_page(f"{article.path}comments/write/", java_script_enabled=scripts)
    write(page, body="Write to ann@example.org if yours is the same.")
    page.get_by_role("button", name="Send it as it is").click()
    page.wait_for_url("**/comments/yours/**")
    assert "ann@example.org" in Comment.objects.get().body


@SCRIPTS
def test_reader_loses_nothing_by_a_mistake(article, open_page, scripts, complaints):
    page = open_page(f"{article.path}comments/write/", java_script_enabled=scripts)
    write(page, name="")
    expect(page.get_by_text("Give a name")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("My eyelid twitches.")
    write(page)
    page.wait_for_url("**/comments/yours/**")


def test_reader_writes_by_keyboard_alone(article, open_page):
    page = open_page(article.path)
    page.get_by_role("link", name="Write a comment").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Write a comment")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard alone.")
    page.keyboard.press("Tab")
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/yours/**")
    assert Comment.objects.get().body == "By keyboard alone."
    page.get_by_role("link", name="Withdraw it").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Withdraw").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You withdrew it")).to_be_visible()


def test_text_stays_when_the_connection_is_lost(article, open_page, complaints):
    page = open_page(article.path)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Your comment").fill("Typed on a train.")
    page.get_by_label("Name").fill("Ann")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Your text is still here")
    expect(page.get_by_label("Your comment")).to_have_value("Typed on a train.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/comments/yours/**")
    assert Comment.objects.get().body == "Typed on a train."
    assert [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []
    complaints.clear()


def test_text_survives_a_page_that_moves_and_a_mistake_at_once(article, open_page):
    page = open_page(article.path)
    page.get_by_role("link", name="Write a comment").click()
    data = freeze(article.concrete)
    publishing.publish(article, by=None, data={**data, "fields": {**data["fields"], "slug": "moved-on"}})
    write(page, body="Write to ann@example.org, please.")
    expect(page.locator("mark")).to_have_text("ann@example.org")
    page.get_by_role("button", name="Send it as it is").click()
    page.wait_for_url("**/comments/yours/**")
    assert Comment.objects.get().body == "Write to ann@example.org, please."


@SCRIPTS
def test_text_is_sent_after_the_database_comes_back(article, open_page, scripts, monkeypatch, complaints):
    page = open_page(article.path, java_script_enabled=scripts)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Your comment").wait_for()

    def gone(*args, **options):
        raise OperationalError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr("comments.posting.post", gone)
        write(page)
        expect(page.get_by_label("What you wrote")).to_have_value("My eyelid twitches.")
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url("**/comments/yours/**")
    assert Comment.objects.get().body == "My eyelid twitches."
    assert [text for text in complaints if "503" not in text] == []
    complaints.clear()


def test_two_forms_may_be_open_and_keep_what_is_typed(article, open_page):
    factories.comment(article, name="Bob")
    page = open_page(article.path)
    page.get_by_role("link", name="Reply to Bob").click()
    page.get_by_label("Your comment").fill("Begun.")
    page.get_by_role("link", name="Write a comment").click()
    expect(page.locator("main form")).to_have_count(2)
    expect(page.get_by_label("Your comment").first).to_have_value("Begun.")
    ids = page.locator("[id]").evaluate_all("elements => elements.map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_nothing_that_readers_write_runs(article, open_page, desk):
    """The console fixture fails on anything that the policy had to stop; a script that ran would change the title."""
    marker = "document.title='taken'"
    for text in [*OURS, f"<script>{marker}</script>", f"<img src=x onerror={marker}>", f'"><svg onload={marker}>']:
        factories.comment(article, body=text, name=text[:80])
    page = open_page(article.path)
    expect(page.get_by_text("<script>document").first).to_be_visible()
    titles = [page.title()]
    page.goto(f"{article.path}comments/")
    titles.append(page.title())
    desk.goto("/admin/comments/comment/?status=all")
    titles.append(desk.title())
    for comment in Comment.objects.filter(body__contains="document.title"):
        desk.goto(f"/admin/comments/comment/{comment.pk}/change/")
        titles.append(desk.title())
    assert len(titles) == 6
    assert not any(title == "taken" for title in titles)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_is_too_wide(article, open_page, screen, scheme):
    begun = factories.comment(article, name="Bob", body="x" * 300)
    factories.comment(article, parent=begun, body="https://example.org/" + "long/" * 60)
    Comment.objects.filter(pk=begun.pk).update(lane="crisis")
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)
    page.goto(f"{article.path}comments/write/")
    write(page, body="I want to die. Write to ann@example.org.", name="")
    page.get_by_text("Give a name").wait_for()
    found = axe_complaints(page, "mistake", "best-practice")
    page.get_by_label("Name").fill("Ann")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("form:not([aria-busy=true]) mark").wait_for()  # the form stays until the answer is there
    found += axe_complaints(page, "notice", "best-practice")
    page.get_by_role("button", name="Send it as it is").click()
    page.wait_for_url("**/comments/yours/**")
    expect(page.get_by_text("116 123").first).to_be_visible()
    own = page.url
    paths = [article.path, f"{article.path}comments/", f"{article.path}comments/{begun.pk}/", own, "/comments/find/"]
    paths += [f"{own}{deed}/" for deed in ("change", "withdraw", "erase")]
    paths += [f"{article.path}comments/{below}/" for below in (f"{begun.pk}/report", "reported/danger")]
    for path in paths:
        page.goto(path)
        found += axe_complaints(page, path, "best-practice")
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path
    assert found == []
