"""The chooser of movements: from readers' own words to the name of a movement, and to how soon to ask about it."""

import pytest
from django.db import IntegrityError, transaction

from causes.models import GlossaryTerm, Symptom
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def chooser(client):
    return drawn(client.get("/movements/")).main


def movement(**fields):
    return factories.term(**{"movement": "flicker", "looks_like": "A flicker", "comes_from": "The nerve"} | fields)


def test_questions_come_in_their_order_and_lead_to_movements_likeliest_first(client):
    movement(term="Jerk", movement="moves", position=1)
    movement(term="Ripple", position=2)
    movement(term="Twitch", position=1)
    factories.term(term="Nerve")
    main = chooser(client)
    assert [link["href"] for link in main.select("nav a")] == ["#flicker", "#moves", "#compare"]
    assert [row.h3.get_text() for row in main.select("details")] == ["Twitch", "Ripple", "Jerk"]
    assert [cell.get_text() for cell in main.select("tbody th")] == ["Twitch", "Ripple", "Jerk"]


def test_answer_shows_the_one_row_of_the_glossary(client):
    term = movement(
        term="Twitch", slug="twitch", in_readers_words="It flickers\nIt jumps", definition="<p>A brief twitch.</p>"
    )
    answer = chooser(client).select_one("details")
    text = answer.get_text(" ", strip=True)
    for words in ("“It flickers”", "“It jumps”", "A brief twitch.", "A flicker", "The nerve"):
        assert words in text
    assert answer.select_one("a")["href"] == term.path == "/glossary/#twitch"


def test_answer_says_how_soon_to_ask_where_the_page_is_a_live_symptom(client):
    symptom = factories.symptom(title="Shaking", urgency="urgent", advice="<p>Ask today.</p>")
    movement(page=symptom, position=1)
    movement(page=factories.cause(title="Its cause"), position=2)
    movement(page=factories.symptom(title="Hidden", live=False, urgency="emergency"), position=3)
    shown, cause, hidden = chooser(client).select("details")
    assert shown.select_one("[data-urgency=urgent]")
    assert "Ask today." in shown.get_text()
    assert symptom.path in {link["href"] for link in shown.select("a")}
    assert "Its cause" in cause.get_text()
    assert not cause.select("[data-urgency]")
    assert not hidden.select("[data-urgency]")
    assert "Hidden" not in hidden.get_text()


def test_answer_whose_page_is_no_symptom_leads_to_when_to_get_help(client):
    signs = "<ul><li>it lasts</li></ul>"
    cause = factories.cause(title="A cause", see_gp_if=signs)
    pages = [cause, factories.cause(title="Another", relation="not_typical", see_gp_if=signs), factories.article()]
    for position, page in enumerate(pages):
        movement(page=page, position=position)
    own, *others = (answer.select_one(".facts .prose") for answer in chooser(client).select("details"))
    assert own.get_text(" ", strip=True).startswith("See a GP if: it lasts When to ask sooner")
    assert all("it lasts" not in other.get_text() for other in others)
    assert [link["href"] for answer in (own, *others) for link in answer.select("a")] == [page.path for page in pages]


def test_page_without_movements_leads_on(client):
    assert chooser(client).select_one("a[href='/a-to-z/']")


def test_unknown_kind_of_movement_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        movement(movement="dance")


def test_editor_changes_the_words(editor, client):
    term = movement(slug="twitch")
    editor.send(term, "_save", in_readers_words="It pops\r\nIt hops")
    assert "“It hops”" in chooser(client).get_text()


def test_number_of_queries_is_fixed(client, counting):
    def fill(count):
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(slug=page.slug, term=page.slug, definition="<p>A word.</p>", movement="flicker", page=page)
            for page in factories.many(Symptom, count, urgency="routine")
        )

    fill(10)
    few = counting(lambda: client.get("/movements/"))
    fill(990)
    assert counting(lambda: client.get("/movements/")) == few <= 3
