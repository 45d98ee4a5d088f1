"""The moderators' desk in a real browser: by keyboard alone, two at once, without scripts, in light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments import moderation
from comments.models import Comment, Finding, SavedText, Status, Verdict
from fasciculations import roles
from tests import factories
from tests.browser.test_every_page import DESK, PHONE, axe_complaints
from tests.browser.test_newsroom import sign_in

LIST = "/admin/comments/comment/"
ALL_TABS = 60  # more steps of the Tab key than any page takes


@pytest.fixture
def page(transactional_db):
    factories.member(roles.MODERATOR, "mira")
    SavedText.objects.all().delete()
    for title, text in (("Advice", "It tells others what to take."), ("Unkind", "It is unkind to somebody.")):
        SavedText.objects.create(title=title, text=text)
    factories.plain_page(slug="comment-policy", title="How comments work")
    return factories.article(title="Eyelids")


def waiting(page, number, **fields):
    due_at = timezone.now() + timedelta(minutes=number + 1)
    return factories.comment(page, status="pending", name=f"Reader {number}", due_at=due_at, **fields)


def tab_to(desk, target):
    """Go back with the Tab key until `target` has the focus."""
    for _ in range(ALL_TABS):
        desk.keyboard.press("Shift+Tab")
        if target.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError("The Tab key does not lead there.")


def left(desk, count):
    """Wait until so many comments are left, and the page is ready for the next key."""
    expect(desk.locator(".lanes [data-lane=new] .badge")).to_have_text(str(count))
    desk.wait_for_function("document.readyState === 'complete'")


def names(desk):
    return desk.locator(".card strong").all_inner_texts()


def test_queue_of_thirty_is_worked_through_with_the_keyboard_alone(page, open_page):
    for number in range(30):
        waiting(page, number)
    desk = sign_in(open_page(viewport=DESK), "mira")
    desk.goto(LIST)
    left(desk, 30)
    for done in range(8):
        desk.keyboard.press("a")
        left(desk, 29 - done)
    expect(desk.locator(".card:focus strong")).to_have_text("Reader 8")
    for done in range(8):
        desk.keyboard.press("r")
        desk.keyboard.press("2")
        left(desk, 21 - done)
    for done in range(6):
        desk.keyboard.press("s")
        left(desk, 13 - done)
    desk.keyboard.press("r")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.type("Please leave out the name, as ask.")
    desk.keyboard.press("Enter")
    left(desk, 7)
    assert names(desk) == [f"Reader {number}" for number in range(23, 30)]

    for _ in range(3):  # the others are chosen and approved at one stroke, and that is undone
        desk.keyboard.press("x")
        desk.keyboard.press("j")
    tab_to(desk, desk.locator("#bulk button[value=approved]"))
    desk.keyboard.press("Enter")
    left(desk, 4)
    expect(desk.get_by_text("Approved: 3 comments.")).to_be_visible()
    desk.keyboard.press("u")
    left(desk, 7)
    expect(desk.get_by_text("Undone: Approved: 3 comments.")).to_be_visible()
    desk.keyboard.press("u")  # and what came before it
    left(desk, 8)
    desk.keyboard.press("a")
    left(desk, 7)

    desk.keyboard.press("?")
    expect(desk.get_by_text("undo what you did last")).to_be_visible()
    statuses = dict.fromkeys(Status.values, 0)
    for status in Comment.objects.values_list("status", flat=True):
        statuses[status] += 1
    assert statuses == {"approved": 9, "rejected": 8, "spam": 6, "pending": 7, "withdrawn": 0}
    assert set(Comment.objects.filter(status="rejected").values_list("reason", flat=True)) == {
        "It is unkind to somebody."
    }


def test_one_at_a_time_with_the_explanation_and_the_keyboard(page, open_page):
    past = waiting(page, 1, body="Stop your tablets and the twitching stops.")
    moderation.decide([past], Verdict.REJECTED, by=None, reason="It tells others what to take.")
    comment = waiting(page, 2, body="Stop your tablets today and the twitching stops.", lane="advice")
    finding = {"rule": "advice", "lane": "advice", "points": 4, "why": "Tells others to leave a medicine"}
    Finding.objects.create(comment=comment, start=0, end=24, **finding)
    behind = waiting(page, 3)
    desk = sign_in(open_page(viewport=DESK), "mira")
    desk.goto(f"{LIST}next/")
    desk.wait_for_url(f"**/{comment.pk}/change/")
    expect(desk.locator("mark")).to_have_text("Stop your tablets today ")
    expect(desk.get_by_role("cell", name="Tells others to leave a medicine")).to_be_visible()
    expect(desk.get_by_text("88% the same words")).to_be_visible()
    desk.get_by_role("button", name="This rule was wrong").press("Enter")
    expect(desk.get_by_text("A moderator said that it was wrong.")).to_be_visible()
    desk.keyboard.press("u")
    expect(desk.get_by_role("button", name="This rule was wrong")).to_be_visible()
    desk.wait_for_function("document.readyState === 'complete'")
    desk.keyboard.press("r")
    desk.keyboard.press("1")
    desk.wait_for_url(f"**/{behind.pk}/change/")
    desk.keyboard.press("a")
    desk.wait_for_url(f"**{LIST}")
    expect(desk.get_by_text("Nothing waits here.")).to_be_visible()
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("rejected", "It tells others what to take.")


def test_keys_can_be_switched_off_and_do_not_disturb_typing(page, open_page):
    waiting(page, 1)
    desk = sign_in(open_page(viewport=DESK), "mira")
    desk.goto(LIST)
    desk.get_by_label("Find").press_sequentially("aasru")
    desk.get_by_text("Keys", exact=True).click()
    desk.get_by_label("Use these keys in this browser").uncheck()
    desk.reload()
    desk.wait_for_function("document.readyState === 'complete'")
    desk.keyboard.press("a")
    desk.keyboard.press("s")
    left(desk, 1)
    assert Comment.objects.get().status == Status.PENDING


def test_two_moderators_cannot_lose_each_others_work(page, open_page):
    factories.member(roles.MODERATOR, "noel")
    first, second = waiting(page, 1), waiting(page, 2)
    mira, noel = (sign_in(open_page(viewport=DESK), name) for name in ("mira", "noel"))
    mira.goto(LIST)
    noel.goto(LIST)  # both see both
    mira.locator(".card", has_text="Reader 1").get_by_role("button", name="Approve").click()
    expect(mira.get_by_text("Approved: 1 comment.")).to_be_visible()
    noel.locator(".card", has_text="Reader 1").get_by_role("button", name="Spam").click()
    expect(noel.get_by_text("somebody changed it meanwhile")).to_be_visible()
    first.refresh_from_db()
    assert first.status == Status.APPROVED

    mira.goto(f"{LIST}{second.pk}/change/")  # what one reads the other is told of
    noel.goto(LIST)
    expect(noel.get_by_text("mira is reading it")).to_be_visible()
    noel.goto(f"{LIST}{second.pk}/change/")
    noel.get_by_role("button", name="Take it over").click()
    noel.get_by_role("button", name="Spam").click()
    noel.wait_for_url(f"**{LIST}")
    mira.get_by_role("button", name="Approve").click()
    expect(mira.get_by_text("somebody changed it meanwhile")).to_be_visible()
    second.refresh_from_db()
    assert second.status == Status.SPAM


def test_desk_works_without_scripts(page, open_page):
    comment = waiting(page, 1, lane="crisis", body="I do not want to be here.")
    desk = sign_in(open_page(viewport=PHONE, java_script_enabled=False), "mira")
    desk.goto(LIST)
    expect(desk.get_by_text("I do not want to be here.")).to_be_hidden()
    desk.get_by_text("Open the text: somebody may be in danger").click()
    expect(desk.get_by_text("I do not want to be here.")).to_be_visible()
    desk.get_by_text("Reject…").click()
    desk.get_by_role("button", name="Unkind").click()
    expect(desk.get_by_text("Nothing waits here.")).to_be_visible()
    comment.refresh_from_db()
    assert comment.reason == "It is unkind to somebody."
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_label("Choose the comment by Reader 1").check()
    desk.locator("#bulk").get_by_role("button", name="Approve").click()
    expect(desk.get_by_text("Approved: 1 comment.")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(page, open_page, screen, scheme):
    comment = waiting(page, 1, body="Ring me on 0161 496 0000 tonight.", address="a" * 64, appeal="It is mine.")
    found = {"rule": "personal-data", "lane": "personal_data", "points": 3, "why": "Holds a telephone number"}
    Finding.objects.create(comment=comment, start=11, end=24, **found)
    moderation.decide([waiting(page, 2, body="Ring me tonight.", address="a" * 64)], Verdict.APPROVED, by=None)
    waiting(page, 3, lane="crisis", body="I do not want to be here.")
    desk = sign_in(open_page(viewport=screen, color_scheme=scheme, bypass_csp=True), "mira")
    complaints = []
    one = [f"{comment.pk}/{name}/" for name in ("change", "redact", "measure")]
    for path in ["", "?status=all", "log/", "people/", "rules/", "health/", "mine/", *one]:
        desk.goto(f"{LIST}{path}")
        desk.evaluate("document.querySelectorAll('#content details').forEach(it => { it.open = true })")
        complaints += axe_complaints(desk, path or "queue", "best-practice")
        if desk.evaluate("document.documentElement.scrollWidth") > screen["width"]:
            complaints.append(f"{path} is too wide")
    assert not complaints
