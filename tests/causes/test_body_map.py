"""The drawing of the body: where its places stand, and where they lead."""

import re
from itertools import combinations

import pytest
from bs4 import BeautifulSoup

from causes.body_map import PLACES
from tests import factories

pytestmark = pytest.mark.django_db

FRONT, BACK = 101, 306
STEP = {"M": 2, "L": 2, "Q": 2, "C": 2, "S": 2, "H": 1, "V": 1}  # numbers that make one point
IN_PAIRS = {"Arm", "Hand", "Thumb", "Thigh or hip", "Calf", "Foot"}


@pytest.fixture
def body_page(client):
    """The page at /body/, as long as no area has a page."""
    return lambda: BeautifulSoup(client.get("/body/").content, "html.parser").main


@pytest.fixture
def drawing(body_page):
    return body_page().svg


def links(drawing):
    return {link.title.get_text().removesuffix(": causes"): link for link in drawing.select("a")}


def points(link):
    """The middle of the figure, and where each point of the outline lies from there: those that bend it too, so that
    the whole outline lies between them.
    """
    for path in link.select("path"):
        x = y = 0
        middle, mirrored = re.fullmatch(r"translate\((\d+)\)( scale\(-1 1\))?", path.parent["transform"]).groups()
        for command, numbers in re.findall(r"([A-Y])([^A-Z]*)", path["d"]):
            values = [int(number) for number in re.findall(r"-?\d+", numbers)]
            for start in range(0, len(values), STEP[command]):
                x = values[start] if command != "V" else x
                y = values[start + STEP[command] - 1] if command != "H" else y
                yield int(middle), (-x if mirrored else x, y)


def boxes(drawing):
    """Corners of the callouts by their words."""
    for group in drawing.select("a g:has(rect)"):
        x, y = map(int, re.findall(r"-?\d+", group["transform"]))
        yield group.get_text(), (x, y, x + int(group.rect["width"]), y + int(group.rect["height"]))


def test_each_piece_lies_within_the_drawing_and_no_two_callouts_overlap(drawing):
    left, top, width, height = map(int, drawing["viewbox"].split())
    found = dict(boxes(drawing))
    corners = [corner for x, y, right, bottom in found.values() for corner in ((x, y), (right, bottom))]
    for name, link in links(drawing).items():
        for x, y in [*((middle + x, y) for middle, (x, y) in points(link)), *corners]:
            assert left <= x <= left + width, name
            assert top <= y <= top + height, name
    assert (
        set(found) == {place.callout.word for place in PLACES if place.callout} == {"Eyelid", "Face", "Chin", "Tongue"}
    )
    for (one, (x, y, right, bottom)), (other, (x2, y2, right2, bottom2)) in combinations(found.items(), 2):
        assert right <= x2 or right2 <= x or bottom <= y2 or bottom2 <= y, (one, other)


def test_limbs_come_in_pairs_on_both_figures_and_the_face_on_the_front_alone(drawing):
    figures = {}
    for name, link in links(drawing).items():
        outline = set(points(link))
        figures[name] = {middle for middle, _ in outline}
        if name in IN_PAIRS:
            assert {(middle, (-x, y)) for middle, (x, y) in outline} == outline, name
    assert {name for name in figures if figures[name] == {FRONT}} == {"Face, cheek or corner of the mouth", "Thumb"}
    assert {name for name in figures if not figures[name]} == {"Eyelid", "Chin", "Tongue"}
    assert all(figures[name] == {FRONT, BACK} for name in IN_PAIRS - {"Thumb"})


def test_place_leads_to_its_page_where_that_is_live_and_else_to_its_causes(body_page):
    factories.body_area(slug="calf", title="The calf")
    factories.body_area(slug="eyelid", title="Eyelid", live=False)
    main = body_page()
    figure = [(link.title.get_text(), link["href"]) for link in main.select(".body-map svg a")]
    assert figure == [(link.get_text(), link["href"]) for link in main.select(".body-map li > a:first-child")]
    assert ("Calf", "/body/calf/") in figure
    assert ("Eyelid: causes", "/causes/?where=in-eyelid") in figure
    assert len(figure) == len(PLACES)
    [more] = main.select(".body-map__more")
    assert (more.get_text(), more["href"]) == ("Causes: Calf", "/causes/?where=in-calf")


def test_no_two_links_of_one_name_lead_to_two_pages(content, body_page):
    targets = {}
    for link in body_page().select("a[href]"):
        name = link.title or link
        targets.setdefault(name.get_text(strip=True), set()).add(link["href"])
    assert {name: hrefs for name, hrefs in targets.items() if len(hrefs) > 1} == {}
    assert targets["Eyelid"] == {"/body/eyelid/"}
