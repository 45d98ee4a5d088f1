"""Readers on the public pages, on small screens and large, with a keyboard, in the dark, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import TextSection
from tests import factories

MAIN_ARTICLE = "/articles/muscle-twitching/"
PHONE = {"width": 360, "height": 740}


def test_links_lead_from_home_to_a_cause(shipped, open_page):
    for scripts in (True, False):
        page = open_page("/", java_script_enabled=scripts)
        page.get_by_role("main").get_by_role("link", name="Muscle twitching").click()
        expect(page).to_have_url(MAIN_ARTICLE)
        page.get_by_role("link", name="Stress, anxiety and poor sleep").first.click()
        expect(page).to_have_url("/causes/stress-anxiety-and-poor-sleep/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Stress")


def test_tables_of_the_main_article_have_captions(shipped, open_page):
    tables = open_page(MAIN_ARTICLE).get_by_role("table")
    expect(tables.filter(has_text="Get help now").first).to_be_visible()
    expect(tables.filter(has_text="Usual movement")).to_be_visible()
    for table in tables.all():
        expect(table.locator("caption")).not_to_be_empty()


def test_small_screen_scrolls_in_one_direction(shipped, open_page):
    page = open_page(viewport=PHONE)
    for path in ("/", MAIN_ARTICLE, "/causes/", "/causes/benign-fasciculation-syndrome/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path


@pytest.fixture
def long_article(transactional_db):
    article = factories.article(live=False, text="<p>Words.</p>" * 50)
    TextSection.objects.create(parent=article, heading="Far below", body="<p>Words.</p>" * 50, ordering=20)
    return factories.publish(article)


def test_contents_lead_to_the_section(long_article, open_page):
    page = open_page(long_article.path)
    heading = page.get_by_role("heading", name="Far below")
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Far below").click()
    expect(heading).to_be_in_viewport()


def test_contents_unfold_on_a_small_screen(long_article, open_page):
    contents = open_page(long_article.path, viewport=PHONE).get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link", name="Far below")).to_be_hidden()
    contents.locator("summary").click()
    expect(contents.get_by_role("link", name="Far below")).to_be_visible()


def test_reader_gets_no_cookie(open_page):
    page = open_page("/")
    for row in (factories.article(), factories.cause()):
        page.goto(row.path)
    assert page.context.cookies() == []


def test_skip_link_comes_first_and_leads_past_the_header(open_page):
    factories.article(title="Eyelids")
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Eyelids")).to_be_focused()


def test_keyboard_opens_the_reason_of_a_label(open_page):
    cause = factories.cause(live=False)
    factories.claim(cause, why="Three small studies.")
    page = open_page(factories.publish(cause).path)
    expect(page.get_by_text("Three small studies.")).to_be_hidden()
    page.get_by_text("Why this label?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Three small studies.")).to_be_visible()


def test_light_and_dark_are_both_readable(open_page):
    path = factories.article().path
    grounds = set()
    for scheme in ("light", "dark"):
        text = open_page(path, color_scheme=scheme).get_by_text("First words.")
        ink, ground = colour(text, "color"), colour(text.page.locator("html"), "background-color")
        assert contrast(ink, ground) >= 7, scheme
        grounds.add(ground)
    assert len(grounds) == 2


def colour(element, name):
    value = element.evaluate("(element, name) => getComputedStyle(element).getPropertyValue(name)", name)
    return tuple(int(number) for number in re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", value).groups())


def contrast(one, other):
    """The contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_wrong_address_offers_ways_on(open_page, complaints):
    page = open_page()
    with page.expect_console_message(lambda message: "404" in message.text):
        page.goto("/nowhere/")
    assert complaints.pop().endswith("status of 404 (Not Found)")
    page.get_by_role("link", name="Articles").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles")
