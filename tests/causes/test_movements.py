"""The chooser of movements: from readers' own words to the name of a movement, and to how soon to ask about it."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from tests import factories

pytestmark = pytest.mark.django_db


def drawn(client):
    response = client.get("/movements/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def movement(**fields):
    return factories.term(**{"movement": "flicker", "looks_like": "A flicker", "comes_from": "The nerve"} | fields)


def test_questions_come_in_their_order_and_lead_to_movements_likeliest_first(client):
    movement(term="Jerk", movement="moves", position=1)
    movement(term="Ripple", position=2)
    movement(term="Twitch", position=1)
    factories.term(term="Nerve")
    main = drawn(client)
    assert [link["href"] for link in main.select("nav a")] == ["#flicker", "#moves", "#compare"]
    assert [row.h3.get_text() for row in main.select("details")] == ["Twitch", "Ripple", "Jerk"]
    assert [cell.get_text() for cell in main.select("tbody th")] == ["Twitch", "Ripple", "Jerk"]


def test_answer_shows_the_one_row_of_the_glossary(client):
    term = movement(
        term="Twitch", slug="twitch", in_readers_words="It flickers\nIt jumps", definition="<p>A brief twitch.</p>"
    )
    answer = drawn(client).select_one("details")
    text = answer.get_text(" ", strip=True)
    for words in ("“It flickers”", "“It jumps”", "A brief twitch.", "A flicker", "The nerve"):
        assert words in text
    assert answer.select_one("a")["href"] == term.path == "/glossary/#twitch"


def test_answer_says_how_soon_to_ask_where_the_page_is_a_live_symptom(client):
    symptom = factories.symptom(title="Shaking", urgency="urgent", advice="<p>Ask today.</p>")
    movement(page=symptom)
    movement(page=factories.cause(title="Its cause"))
    movement(page=factories.symptom(title="Hidden", live=False, urgency="emergency"))
    shown, cause, hidden = drawn(client).select("details")
    assert shown.select_one("[data-urgency=urgent]")
    assert "Ask today." in shown.get_text()
    assert symptom.path in {link["href"] for link in shown.select("a")}
    assert "Its cause" in cause.get_text()
    assert not cause.select("[data-urgency]")
    assert not hidden.select("[data-urgency]")
    assert "Hidden" not in hidden.get_text()


def test_page_without_movements_leads_on(client):
    assert drawn(client).select_one("a[href='/a-to-z/']")


def test_unknown_kind_of_movement_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        movement(movement="dance")


def test_editor_changes_the_words(editor, client):
    term = movement(slug="twitch")
    editor.send(term, "_save", in_readers_words="It pops\r\nIt hops")
    assert "“It hops”" in drawn(client).get_text()


def test_number_of_queries_is_fixed(client, counting):
    def fill(count):
        for _ in range(count):
            movement(page=factories.symptom())

    fill(10)
    few = counting(lambda: client.get("/movements/"))
    fill(90)
    assert counting(lambda: client.get("/movements/")) == few <= 3
