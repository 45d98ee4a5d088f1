"""The public pages of symptoms, nutrients, medicines and body areas, the glossary and the myths."""

import pytest
from django.db import IntegrityError, transaction

from articles import publishing
from causes.models import BodyArea, Cause, DotsSection, Medication, MedicationClass, Symptom
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def texts(elements):
    return [element.get_text(" ", strip=True) for element in elements]


def test_symptom_names_the_live_causes_it_is_seen_with_likeliest_first(client):
    symptom = factories.symptom(title="Cramps", urgency="urgent", advice="<p>Rest.</p>")
    rare, everyday = factories.group(position=9), factories.group(position=1)
    for title, group, frequency in [("Rare", rare, "common"), ("Everyday", everyday, "sometimes")]:
        cause = factories.cause(title=title, group=group, live=False)
        factories.seen_with(cause, symptom, frequency)
        factories.publish(cause)
    factories.seen_with(factories.cause(title="Hidden", live=False), symptom)
    main = drawn(client.get(symptom.path)).main
    assert [texts(row.select("th, td"))[:2] for row in main.select("tbody tr")] == [
        ["Everyday", "Sometimes"],
        ["Rare", "Common"],
    ]
    assert main.select_one(".help-card[data-urgency=urgent] .prose").get_text() == "Rest."


def test_cause_shows_its_signs_as_cards_with_the_numbers_of_all_countries(client):
    cause = factories.cause(call_now_if="<ul><li>you faint</li></ul>", see_gp_if="<ul><li>it lasts</li></ul>")
    main = drawn(client.get(cause.path)).main
    emergency, routine = main.select(".help-card")
    assert "you faint" in emergency.get_text()
    assert texts(emergency.select("dt")) == ["GB", "IE", "EU", "US", "CA", "AU"]
    assert {link["href"] for link in emergency.select("a")} == {"tel:999", "tel:112", "tel:911", "tel:000"}
    assert "it lasts" in routine.get_text()
    assert not routine.select("dt")


def test_cause_without_signs_has_no_empty_cards(client):
    main = drawn(client.get(factories.cause().path)).main
    assert not main.select(".help-card")
    assert "When to get help" not in main.get_text()


def test_medication_class_names_inn_and_us_name_and_what_not_to_do(client):
    page = factories.medication_class(live=False, emergency_signs="<p>You faint.</p>", note="<p>It settles.</p>")
    Medication.objects.create(medication_class=page, inn="salbutamol", us_name="albuterol")
    factories.publish(page)
    text = drawn(client.get(page.path)).main.get_text(" ", strip=True)
    for words in ("salbutamol (in the US: albuterol)", "Do not stop or change", "You faint.", "It settles.", "911"):
        assert words in text


def test_nutrient_leads_to_the_page_on_lacking_it_while_that_is_live(client):
    cause = factories.cause(title="Low magnesium")
    nutrient = factories.nutrient(deficiency=cause)
    assert "Low magnesium" in texts(drawn(client.get(nutrient.path)).main.select("a"))
    publishing.unpublish(cause, by=None)
    assert "Low magnesium" not in texts(drawn(client.get(nutrient.path)).main.select("a"))


def test_body_area_lists_its_live_causes(client):
    seen, hidden = factories.cause(title="Seen"), factories.cause(title="Hidden", live=False)
    area = factories.body_area(seen, hidden, be_alert="<p>It is weak.</p>", usual_meaning="<p>Tired.</p>")
    main = drawn(client.get(area.path)).main
    assert texts(main.select(".cause-list a")) == ["Seen"]
    assert "It is weak." in main.select_one(".get-help").get_text()


@pytest.mark.parametrize("make", ["symptom", "nutrient", "medication_class", "body_area"])
def test_list_leads_to_each_live_page_and_to_no_hidden_one(client, make):
    page = getattr(factories, make)(title="Seen")
    getattr(factories, make)(title="Hidden", live=False)
    main = drawn(client.get(f"/{page.path.split('/')[1]}/")).main
    assert page.path in {link["href"] for link in main.select("a")}
    assert "Hidden" not in main.get_text()


@pytest.mark.parametrize(
    ("path", "kind", "fields"),
    [
        ("/symptoms/", Symptom, {"urgency": "routine"}),
        ("/medicines/", MedicationClass, {"usual_movement": "tremor", "evidence": "some"}),
        ("/body/", BodyArea, {}),
    ],
)
def test_list_asks_as_much_for_1000_pages_as_for_10(client, counting, path, kind, fields):
    factories.many(kind, 10, **fields)
    few = counting(lambda: client.get(path))
    factories.many(kind, 990, **fields)
    assert counting(lambda: client.get(path)) == few <= 2


def test_body_area_asks_as_much_for_1000_causes_as_for_10(client, counting):
    factories.many(Cause, 1000, group=factories.group(), evidence="some")
    causes = Cause.objects.all()
    small, large = factories.body_area(*causes[:10]), factories.body_area(*causes)
    assert len(drawn(client.get(large.path)).main.select(".cause-list a")) == 1000
    assert counting(lambda: client.get(large.path)) == counting(lambda: client.get(small.path)) <= 12


def test_glossary_tells_words_apart_and_links_live_pages_only(client):
    page, hidden = factories.cause(title="Its page"), factories.cause(title="Hidden page", live=False)
    twitch = factories.term(term="Twitch", slug="twitch", page=page, looks_like="A flicker", comes_from="The nerve")
    factories.term(term="Cramp", slug="cramp", page=hidden).not_same_as.add(twitch)
    main = drawn(client.get("/glossary/")).main
    text = main.select_one("#twitch").get_text(" ", strip=True)
    for words in ("A flicker", "The nerve", "Its page", "cramp"):
        assert words in text
    assert main.select_one("#cramp a")["href"] == "#twitch"
    assert "Hidden page" not in main.get_text()


def test_myths_are_the_claims_that_are_not_supported_on_live_pages(client):
    page, hidden = factories.cause(title="Exercise", live=False), factories.cause(live=False)
    factories.claim(page, factories.reference("one-2001"), statement="A myth.", evidence="not_supported", why="Tested.")
    factories.claim(page, statement="A fact.", evidence="good")
    factories.claim(hidden, statement="A hidden myth.", evidence="not_supported")
    factories.publish(page)
    main = drawn(client.get("/myths/")).main
    assert texts(main.select(".claim > p")) == ["A myth. 1"]
    assert texts(main.select("h2 a")) == ["Exercise"]
    assert main.select_one("#source-one-2001")


@pytest.mark.parametrize(
    ("filled", "rows"), [(0, [0] * 10), (7, [7] + [0] * 9), (70, [10] * 7 + [0] * 3), (98, [10] * 9 + [8])]
)
def test_dots_fill_row_by_row(filled, rows):
    assert [dots for _, dots in DotsSection(filled=filled).dot_rows] == rows


def test_more_than_100_dots_are_refused():
    page, source = factories.article(), factories.reference()
    with pytest.raises(IntegrityError), transaction.atomic():
        DotsSection.objects.create(
            parent=page, filled=101, filled_label="a", rest_label="b", caption="c", source=source, ordering=20
        )


def test_dots_are_drawn_with_their_figure_and_its_source(client):
    page = factories.article(live=False)
    DotsSection.objects.create(
        parent=page,
        filled=70,
        filled_label="have had twitches",
        rest_label="have not",
        caption="About 7 in 10.",
        source=factories.reference("one-2001"),
        ordering=20,
    )
    figure = drawn(client.get(factories.publish(page).path)).main.select_one("figure")
    assert "70" in figure.get_text()
    assert figure.select_one("figcaption").get_text() == "About 7 in 10.1"


@pytest.mark.parametrize("drawing", ["motor_unit", "movements", "when_to_get_help"])
def test_diagram_says_in_words_what_it_draws(client, drawing):
    page = factories.article(live=False)
    page.causes_diagramsection_set.create(drawing=drawing, ordering=20)
    figure = drawn(client.get(factories.publish(page).path)).main.select_one("figure")
    assert figure.select("svg")
    assert len(figure.get_text(" ", strip=True)) > 80
