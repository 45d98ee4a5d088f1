"""Searching with a mouse, with the keys alone, and without scripts, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from .test_every_page import DESK, PHONE, axe_complaints


def box(page):
    return page.get_by_role("search").get_by_label("Search this site")


def test_mouse_finds_a_page_from_any_other(shipped, open_page):
    page = open_page("/articles/muscle-twitching/")
    box(page).fill("eye twitch")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page).to_have_url("/search/?q=eye+twitch")
    page.get_by_role("main").get_by_role("link", name="Eyelid twitching").click()
    expect(page).to_have_url("/causes/eyelid-twitching/")


def test_mouse_takes_a_suggestion(shipped, open_page):
    page = open_page("/")
    box(page).press_sequentially("eyel")
    page.get_by_role("option", name="Eyelid Body areas", exact=True).click()
    expect(page).to_have_url("/body/eyelid/")


def test_keys_alone_take_a_suggestion_or_search(shipped, open_page):
    page = open_page("/")
    box(page).focus()
    page.keyboard.type("low p")
    combobox = page.get_by_role("combobox", name="Search this site")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_have_text("Low potassium Causes")
    expect(combobox).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    page.keyboard.press("Escape")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(combobox).to_have_value("low p")
    page.keyboard.type("o")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search/?q=low+po")
    box(page).focus()
    page.keyboard.press("End")
    page.keyboard.type("tassium")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/causes/low-potassium/")


def test_no_script_is_needed(shipped, open_page):
    page = open_page("/causes/", java_script_enabled=False, viewport=PHONE)
    box(page).fill("tounge")
    box(page).press("Enter")
    expect(page.get_by_text("Showing results for tongue.")).to_be_visible()
    page.get_by_role("link", name="Search for “tounge” instead").click()
    expect(page.get_by_role("main")).to_contain_text("No page here has these words: “tounge”.")
    page.get_by_role("main").get_by_role("link", name="Numbers to call").click()
    expect(page).to_have_url("/numbers/")


def test_next_page_is_not_told_what_was_asked(shipped, open_page):
    page = open_page("/search/?q=eyelid")
    with page.expect_request("**/body/eyelid/") as asked:
        page.get_by_role("main").get_by_role("link", name="Eyelid", exact=True).click()
    assert "referer" not in asked.value.all_headers()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_results_and_suggestions(shipped, open_page, screen, scheme):
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)  # which would keep axe itself out
    found = []
    for path in ("/search/?q=leg+cramps", "/search/?q=tounge", "/search/?q=xqzt"):
        page.goto(path)
        found += axe_complaints(page, path, "best-practice")
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path
    page.goto("/")
    box(page).press_sequentially("cr")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    found += axe_complaints(page, "suggestions", "best-practice")
    assert found == []
