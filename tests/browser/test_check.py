"""“What fits?” in a real browser: by mouse, by keys alone, without scripts; its answer as accessible as its form."""

import pytest
from playwright.sync_api import expect

from .test_every_page import DESK, PHONE, axe_complaints


def unfold(page):
    page.locator("summary", has_text="What you told").press("Enter")


def expect_answer(page):
    """The answer to a flicker in the calf after exercise, with the form folded below it as it was sent."""
    expect(page.locator(".help-card")).to_contain_text("Look after yourself")
    expect(page.locator(".fit").first).to_contain_text("Exercise and tired muscles")
    expect(page.get_by_label("Calf", exact=True)).to_be_hidden()
    unfold(page)
    expect(page.get_by_label("Calf", exact=True)).to_be_visible()
    expect(page.get_by_label("Calf", exact=True)).to_be_checked()
    assert page.url.endswith("/check/")
    assert page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_question_is_answered_by_mouse(shipped, open_page, screen, scripts):
    page = open_page("/", viewport=screen, java_script_enabled=scripts)
    page.get_by_role("link", name="what fits?").first.click()
    for label in ("Calf", "A flicker in one small patch", "Exercise or hard work", "Up to two weeks"):
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Show what fits").first.click()
    expect_answer(page)


def test_question_is_answered_by_keys(shipped, open_page):
    page = open_page("/check/")
    page.locator("#main").focus()
    wanted = {"in-calf", "feels-flicker", "after-exercise"}
    while wanted:
        page.keyboard.press("Tab")
        value = page.evaluate("document.activeElement.value")
        if value in wanted:
            page.keyboard.press("Space")
            wanted.remove(value)
    page.keyboard.press("Enter")
    expect_answer(page)


def test_folded_question_is_opened_and_stays_open_once_answered(shipped, open_page):
    page = open_page("/check/", java_script_enabled=False)
    page.locator("summary", has_text="Which medicines").press("Enter")
    page.get_by_label("Lithium").check()
    page.get_by_role("button", name="Show what fits").last.click()
    unfold(page)
    expect(page.get_by_label("Lithium")).to_be_checked()
    expect(page.get_by_label("Lithium")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_an_answer(shipped, open_page, screen, scheme):
    page = open_page("/check/", viewport=screen, color_scheme=scheme, bypass_csp=True)
    for urgency, value in (("routine", "tingling"), ("urgent", "muscle-weakness"), ("emergency", "seizure")):
        page.locator(f"[value={value}]").evaluate("field => { field.checked = true }")
        page.get_by_role("button", name="Show what fits").last.click()
        expect(page.locator(".help-card")).to_have_attribute("data-urgency", urgency)
        for summary in page.locator(".check-more > summary, .sources > summary").all():
            summary.press("Enter")
        assert axe_complaints(page, urgency, "best-practice") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_answer_stays_where_it_is_while_a_cause_is_read_beside_it(shipped, open_page):
    page = open_page("/check/", java_script_enabled=False)
    page.get_by_label("Eyelid", exact=True).check()
    page.get_by_role("button", name="Show what fits").first.click()
    with page.context.expect_page() as beside:
        page.locator(".fit h3 a").first.click()
    expect(beside.value.locator("h1")).to_contain_text("Eyelid twitching")
    expect(page.locator(".fit").first).to_be_visible()


def test_number_of_a_source_unfolds_it(shipped, open_page):
    page = open_page("/check/", java_script_enabled=False)
    page.get_by_label("Eyelid", exact=True).check()
    page.get_by_role("button", name="Show what fits").first.click()
    expect(page.locator("#source-banik-2004")).to_be_hidden()
    page.locator("a[href='#source-banik-2004']").first.press("Enter")
    expect(page.locator("#source-banik-2004")).to_be_visible()
