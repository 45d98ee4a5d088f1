"""Readers who look for a medicine, a movement or a name: by mouse, by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import expect

from .test_every_page import DESK, PHONE, axe_complaints

ANSWERS = ["Zoloft", "Symbyax", "prednisilone", "hydro", "flibbertine", ""]


def heading(page, name):
    return page.get_by_role("main").get_by_role("heading", name=name)


def by_mouse(page, name):
    page.get_by_label("Name of a medicine").fill(name)
    page.get_by_role("button", name="Look it up").click()


def by_keyboard(page, name):
    page.get_by_label("Name of a medicine").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


WAYS = pytest.mark.parametrize(
    ("scripts", "look_up"),
    [(True, by_mouse), (True, by_keyboard), (False, by_mouse)],
    ids=["mouse", "keyboard", "no scripts"],
)


@WAYS
def test_medicine_is_looked_up_and_its_class_read(shipped, open_page, scripts, look_up):
    page = open_page("/medicines/", java_script_enabled=scripts)
    look_up(page, "sertaline")
    expect(page).to_have_url("/medicines/find/")
    expect(page.get_by_text("Showing sertraline")).to_be_visible()
    expect(page.get_by_text("Do not stop or change")).to_be_visible()
    heading(page, "SSRIs and SNRIs").get_by_role("link").click()
    expect(page).to_have_url("/medicines/ssris-and-snris/")


@WAYS
def test_choice_between_look_alikes_leads_to_one(shipped, open_page, scripts, look_up):
    page = open_page("/medicines/", java_script_enabled=scripts)
    look_up(page, "hydro")
    choice = page.get_by_role("button", name="hydroxyzine")
    if look_up is by_keyboard:
        choice.focus()
        page.keyboard.press("Enter")
    else:
        choice.click()
    expect(heading(page, "Sedating antihistamines")).to_be_visible()


@pytest.mark.parametrize("way", ["mouse", "keyboard", "no scripts"])
def test_movement_is_found_in_own_words(shipped, open_page, way):
    page = open_page("/symptoms/", java_script_enabled=way != "no scripts")
    page.get_by_role("link", name="What kind of movement is it?").click()
    page.get_by_role("link", name="A part of the body moves or shakes").click()
    summary = page.locator("summary", has_text="steady rhythm")
    expect(summary).to_be_in_viewport()
    expect(heading(page, "Tremor")).to_be_hidden()
    if way == "keyboard":
        summary.focus()
        page.keyboard.press("Enter")
    else:
        summary.click()
    expect(heading(page, "Tremor")).to_be_visible()
    page.locator("details[open]").get_by_role("link", name="Tremor", exact=True).click()
    expect(page).to_have_url("/symptoms/tremor/")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("way", ["mouse", "keyboard", "no scripts"])
def test_letter_leads_to_its_names_and_covers_none(shipped, open_page, way, screen):
    page = open_page("/about/", viewport=screen, java_script_enabled=way != "no scripts", reduced_motion="reduce")
    page.get_by_role("link", name="A to Z").click()
    letters = page.get_by_role("navigation", name="Letters")
    letter = letters.get_by_role("link", name="V", exact=True)
    if way == "keyboard":
        letter.focus()
        page.keyboard.press("Enter")
    else:
        letter.click()
    expect(heading(page, "V").first).to_be_in_viewport()
    expect(letters).to_be_in_viewport()
    name = page.get_by_role("link", name="Ventolin", exact=True)
    name.focus()
    assert name.bounding_box()["y"] >= letters.bounding_box()["y"] + letters.bounding_box()["height"]
    name.click()
    expect(page).to_have_url("/medicines/beta-2-agonists/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_answer(shipped, open_page, screen, scheme):
    page = open_page("/medicines/", viewport=screen, color_scheme=scheme, bypass_csp=True)
    found = []
    for name in ANSWERS:
        by_mouse(page, name)
        expect(heading(page, "Look up another")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], name
        found += axe_complaints(page, name, "best-practice")
    page.goto("/movements/")
    for summary in page.locator("summary").all():
        summary.click()
    found += axe_complaints(page, "movements, all open", "best-practice")
    assert found == []
