"""The A to Z: every page, medicine and word under every name that it has."""

import pytest

from causes.models import Cause, GlossaryTerm, Medication, MedicationClass
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def names(client):
    return drawn(client.get("/a-to-z/")).main


def lines(main):
    return [" ".join(line.get_text(" ").split()) for line in main.select(".name-list li")]


def test_each_kind_is_listed_and_labelled(client):
    factories.cause(title="Caffeine")
    factories.symptom(title="Cramps")
    factories.nutrient(title="Magnesium")
    factories.body_area(title="Calf")
    factories.medication_class(title="Statins")
    factories.term(term="Reflex")
    assert lines(names(client)) == [
        "Caffeine Cause",
        "Calf Body area",
        "Cramps Symptom",
        "Magnesium Nutrition",
        "Reflex Glossary",
        "Statins Medicine",
    ]


def test_other_names_say_which_page_to_see(client):
    cause = factories.cause(title="Harmless twitching", medical_name="fasciculation, BFS", other_names="buzzing")
    main = names(client)
    assert lines(main) == [
        "BFS Cause: see Harmless twitching",
        "Buzzing Cause: see Harmless twitching",
        "Fasciculation Cause: see Harmless twitching",
        "Harmless twitching Cause",
    ]
    assert {link["href"] for link in main.select(".name-list a")} == {cause.path}


def test_medicine_leads_to_its_class_from_each_of_its_names(client):
    page = factories.medication_class(title="Inhalers", live=False, other_names="puffers")
    Medication.objects.create(medication_class=page, inn="salbutamol", us_name="albuterol", brands="Ventolin")
    factories.publish(page)
    main = names(client)
    see = "Medicine: see Inhalers"
    assert lines(main) == [
        f"Albuterol {see}",
        "Inhalers Medicine",
        f"Puffers {see}",
        f"Salbutamol {see}",
        f"Ventolin {see}",
    ]
    assert {link["href"] for link in main.select(".name-list a")} == {page.path}


def test_order_and_letters_do_not_see_accents_and_case(client):
    for title in ("Zinc", "éclair", "Eyelid", "edge"):
        factories.cause(title=title)
    main = names(client)
    assert [line.split()[0] for line in lines(main)] == ["Éclair", "Edge", "Eyelid", "Zinc"]
    assert [heading.get_text() for heading in main.select("h2")] == ["E", "Z"]


def test_name_that_differs_in_case_alone_is_listed_once(client):
    factories.cause(title="Tremor", other_names="tremor\nTrémor")
    assert lines(names(client)) == ["Tremor Cause"]


def test_letters_without_entries_are_no_links(client):
    factories.cause(title="Alcohol")
    factories.cause(title="24-hour twitch")
    letters = names(client).select(".letters li")
    assert [letter.get_text() for letter in letters] == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0 to 9"]
    assert [link["href"] for letter in letters for link in letter.select("a")] == ["#a", "#0-to-9"]


def test_what_is_hidden_is_not_listed(client):
    for make in ("cause", "symptom", "nutrient", "body_area", "medication_class"):
        getattr(factories, make)(title="Hidden", live=False)
    assert lines(names(client)) == []


def test_number_of_queries_is_fixed(client, counting):
    def fill(count):
        factories.many(Cause, count, group=factories.group(), evidence="some", other_names="one\ntwo")
        for page in factories.many(MedicationClass, count, usual_movement="tremor", evidence="some"):
            GlossaryTerm.objects.create(slug=page.slug, term=page.slug, definition="<p>A word.</p>")

    fill(10)
    few = counting(lambda: client.get("/a-to-z/"))
    fill(990)
    assert counting(lambda: client.get("/a-to-z/")) == few <= 8
