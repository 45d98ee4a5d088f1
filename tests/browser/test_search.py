"""Searching with a mouse, with the keys alone, and without scripts, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from .test_every_page import DESK, PHONE, axe_complaints


def box(page):
    return page.get_by_role("search").get_by_label("Search this site")


def chosen(page):
    return page.get_by_role("option", selected=True)


def choose_first(page, typed):
    """Type, wait for suggestions, and choose the first."""
    box(page).press_sequentially(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(1)


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
    option = chosen(page)
    expect(option).to_have_text("Low potassium Causes")
    expect(combobox).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    page.keyboard.press("Escape")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(combobox).to_have_value("low p")
    page.keyboard.type("o")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search/?q=low+po")
    box(page).focus()
    page.keyboard.press("End")
    page.keyboard.type("tassium")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/causes/low-potassium/")


def test_name_that_was_typed_is_shown(shipped, open_page):
    page = open_page("/")
    box(page).press_sequentially("als")
    expect(page.get_by_role("option", name="Motor neurone disease")).to_contain_text("Also called ALS")


def test_suggestion_opens_in_a_tab_of_its_own(shipped, open_page):
    page = open_page("/")
    box(page).press_sequentially("eyel")
    with page.context.expect_page() as opened:
        page.get_by_role("option").first.click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url("/body/eyelid/")
    expect(page).to_have_url("/")


def test_keys_typed_while_the_server_is_slow_still_bring_suggestions(shipped, open_page):
    page = open_page("/")
    held = []
    page.route("**/search/suggest/?q=cr", lambda route: held.append(route))
    with page.expect_request("**/search/suggest/?q=cr"):
        box(page).press_sequentially("cr")
    page.keyboard.type("a")  # while the first answer is still awaited
    expect(page.get_by_role("option").first).to_contain_text("Cramp")
    assert len(held) == 1


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight"])
def test_key_that_moves_the_caret_leaves_the_list(shipped, open_page, key):
    page = open_page("/")
    choose_first(page, "cramp")
    page.keyboard.press(key)
    expect(chosen(page)).to_have_count(0)
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search/?q=cramp")


def test_enter_never_opens_what_was_suggested_for_other_words(shipped, open_page):
    page = open_page("/")
    choose_first(page, "cramp")
    page.route("**/search/suggest/**", lambda route: None)  # the server is slow
    page.keyboard.type(" night")
    expect(chosen(page)).to_have_count(0)
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search/?q=cramp+night")


def test_old_suggestions_go_where_the_server_has_no_new_ones(shipped, open_page, complaints):
    page = open_page("/")
    choose_first(page, "cramp")
    page.route("**/search/suggest/**", lambda route: route.fulfill(status=503))
    page.keyboard.type("s")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)
    assert [text for text in complaints if "503" not in text] == []
    complaints.clear()


@pytest.mark.parametrize("key", ["ArrowDown", "Alt+ArrowDown"])
def test_list_that_was_closed_is_opened_again(shipped, open_page, key):
    page = open_page("/")
    choose_first(page, "cramp")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press(key)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("Cramp")


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
    choose_first(page, "als")
    found += axe_complaints(page, "suggestions", "best-practice")
    assert found == []
