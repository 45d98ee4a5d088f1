"""One page of each kind, and each list, in a real browser: accessible, silent, and whole without scripts."""

import pytest
from playwright.sync_api import expect

from tests.pages import KINDS
from tests.tools import checker

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules about all that differs between light and dark
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(shipped, open_page, screen, scheme):
    page = open_page(viewport=screen, color_scheme=scheme, bypass_csp=True)  # which would keep axe itself out
    found = []
    for name, path in KINDS.items():
        page.goto(path)
        found += axe_complaints(page, name, "best-practice")
    assert found == []


def axe_complaints(page, name, *more_rules):
    page.evaluate(checker("axe.min.js").read_text())
    rules = COLOURS if page.evaluate(IS_DARK) else [*RULES, *more_rules]
    result = page.evaluate("rules => axe.run({runOnly: rules})", rules)
    assert result["passes"]
    return [
        f"{name}: {broken['id']}: {node['html'][:200]} {node['failureSummary']}"
        for broken in result["violations"]
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_page_is_whole_silent_and_keeps_nothing(shipped, open_page, scripts):
    """The fixture fails on anything in the console and on any request to another server."""
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    for path in KINDS.values():
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        assert len(page.locator("main").inner_text()) > 100
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_wider_than_a_small_screen(shipped, open_page, width):
    page = open_page(viewport={"width": width, "height": 640})
    for path in KINDS.values():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
