"""The cause explorer and the body map: with a mouse, with a keyboard alone, without scripts, and read aloud."""

import pytest
from playwright.sync_api import expect

from causes.models import Cause
from tests import factories
from tests.browser.test_every_page import DESK, PHONE, axe_complaints

TARGET = 24  # pixels: what a finger needs
NARROWED = "/causes/?where=in-calf&symptom=cramps"


def unfold(page, *summaries):
    for summary in summaries:
        page.locator("summary", has_text=summary).click()


def cards(page):
    return page.locator(".cause-card__link")


def titles(page):
    return cards(page).all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_mouse_narrows_down_by_form_and_takes_an_answer_back(shipped, open_page, scripts):
    page = open_page("/causes/", java_script_enabled=scripts)
    every = cards(page).count()
    page.get_by_role("combobox", name="Place").select_option("Calf")
    page.get_by_role("combobox", name="Symptom").select_option("Cramps")
    page.get_by_role("button", name="Show causes").click()
    expect(page).to_have_url(NARROWED)
    expect(page.get_by_role("heading", name=f"of {every} causes")).to_be_visible()
    both = cards(page).count()
    assert 0 < both < every
    expect(page.locator(".reasons")).to_have_count(both)
    page.locator(".chosen").get_by_role("link", name="Remove Cramps").click()
    expect(page).to_have_url("/causes/?where=in-calf")
    assert both < cards(page).count() < every


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_mouse_follows_an_answer_to_as_many_causes_as_it_says(shipped, open_page, scripts):
    page = open_page("/causes/", java_script_enabled=scripts)
    unfold(page, "Every answer")
    answer = page.locator(".explorer__answers li", has_text="Tremor")
    count = int(answer.locator(".kind").inner_text().split()[0])
    answer.get_by_role("link").click()
    expect(page).to_have_url("/causes/?symptom=tremor")
    expect(cards(page)).to_have_count(count)


@pytest.mark.parametrize(
    ("path", "leads_to"), [("/body/", "/body/thumb/"), ("/causes/", "/causes/?where=in-thumb")], ids=["body", "causes"]
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_mouse_presses_the_body(shipped, open_page, path, leads_to, scripts):
    page = open_page(path, java_script_enabled=scripts, viewport=PHONE)
    if path == "/causes/":
        unfold(page, "Choose a place")
    page.get_by_role("group", name="A figure").get_by_role("link", name="Thumb").locator("circle").first.click()
    expect(page).to_have_url(leads_to)


def test_keyboard_alone_goes_from_the_body_to_a_cause_and_its_reason(shipped, open_page):
    page = open_page("/causes/")
    unfold(page, "Choose a place")
    figure = page.get_by_role("group", name="A figure")
    names = [link.evaluate("link => link.querySelector('title').textContent") for link in figure.locator("a").all()]
    figure.get_by_role("link", name="Eyelid").focus()
    for name in names:
        expect(figure.get_by_role("link", name=name, exact=True)).to_be_focused()
        page.keyboard.press("Tab")
    for name in reversed(names):
        page.keyboard.press("Shift+Tab")
        if name == "Calf":
            break
    ring = figure.get_by_role("link", name="Calf").locator("path").first
    assert ring.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)") > 3
    page.keyboard.press("Enter")
    expect(page).to_have_url("/causes/?where=in-calf")
    cards(page).first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cause-card").first.locator(".reasons a").first).to_be_focused()


def test_keyboard_alone_narrows_down_by_form(shipped, open_page):
    page = open_page("/causes/")
    page.get_by_role("combobox", name="Place").focus()
    page.keyboard.type("Calf")
    page.keyboard.press("Enter")  # opens or closes the list, as browsers differ
    page.get_by_role("button", name="Show causes").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chosen")).to_contain_text("Place: Calf")


def test_figure_and_list_are_read_aloud_alike(shipped, open_page):
    page = open_page("/body/")
    drawn = page.get_by_role("group", name="A figure").get_by_role("link")
    listed = page.locator(".body-map__list li > a:first-child")
    expect(drawn).to_have_count(listed.count())
    for number, name in enumerate(listed.all_inner_texts()):
        expect(drawn.nth(number)).to_have_accessible_name(name)


@pytest.mark.parametrize("path", ["/body/", "/causes/"])
def test_each_piece_of_the_figure_is_large_enough_for_a_finger(shipped, open_page, path):
    page = open_page(path, viewport=PHONE)
    if path == "/causes/":
        unfold(page, "Choose a place")
    pieces = page.locator(".body-map__figure a :is(path:not(:has(+ circle)), circle, rect)").all()
    boxes = [piece.bounding_box() for piece in pieces]
    assert len(boxes) > 20
    assert [box for box in boxes if min(box["width"], box["height"]) < TARGET] == []
    links = page.locator(".body-map__list a").all()
    assert min(link.bounding_box()["height"] for link in links) >= TARGET


def test_address_that_was_shared_shows_the_same(shipped, open_page):
    assert titles(open_page(NARROWED)) == titles(open_page("/causes/?symptom=cramps&x=1&where=in-calf&where=in-hand"))


@pytest.fixture
def last_group(shipped):
    """Of a list that has three pages with it, beginning on the second."""
    groups = [factories.group(name=name, position=position) for name, position in [("Rare", 98), ("Rarest", 99)]]
    for group in groups:
        factories.many(Cause, 65, group=group, evidence="some")
    return groups[-1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_long_list_leads_from_the_first_page_to_a_group_and_on(last_group, open_page, scripts):
    page = open_page("/", java_script_enabled=scripts, viewport=PHONE)
    page.get_by_role("link", name="Rarest").click()
    expect(page).to_have_url(f"/causes/#group-{last_group.slug}")
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(":target").get_by_role("link").click()
    expect(page).to_have_url(f"/causes/?page=2#group-{last_group.slug}")
    expect(page.get_by_role("heading", name="Rarest")).to_be_in_viewport()
    page.get_by_role("link", name="Less likely causes").click()
    expect(page).to_have_url("/causes/?page=3")
    expect(cards(page)).to_have_count(Cause.objects.live().count() - 120)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_a_long_list(last_group, open_page, screen, scheme):
    page = open_page("/causes/?page=2", viewport=screen, color_scheme=scheme, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert axe_complaints(page, "long list", "best-practice") == []


def test_paper_has_the_causes_and_their_reasons_without_the_form(shipped, open_page):
    page = open_page(NARROWED)
    page.emulate_media(media="print")
    expect(page.locator(".explorer")).to_be_hidden()
    expect(page.locator(".chosen")).to_contain_text("Place: Calf")
    expect(page.locator(".reasons").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_where_everything_is_unfolded(shipped, open_page, screen, scheme):
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)
    found = []
    for path in ("/causes/", NARROWED, "/causes/?symptom=seizure", "/body/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(element => element.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        found += axe_complaints(page, path, "best-practice")
    assert found == []


def test_forced_colours_keep_the_figure_apart_from_the_page(shipped, open_page):
    page = open_page("/body/", forced_colors="active")
    place = page.locator(".body-map__figure a path").first
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert place.evaluate("path => getComputedStyle(path).stroke") != ground
