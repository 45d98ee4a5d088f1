"""The lookup of medicines: any spelling leads to the class, and never to a wrong one without a word."""

import pytest
from bs4 import BeautifulSoup

from causes.models import Medication
from tests import factories

pytestmark = pytest.mark.django_db


def asked(client, name):
    response = client.post("/medicines/find/", {"name": name})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def classes(main):
    return {link["href"].split("/")[2] for link in main.select(".finder__match h2 a")}


def medicine(inn, **fields):
    page = factories.medication_class(live=False, slug=f"class-of-{inn}")
    Medication.objects.create(medication_class=page, inn=inn, **fields)
    return factories.publish(page)


@pytest.mark.parametrize("typed", ["PREDNISOLONE", "prédnisolone", " predni-solone ", "p r e d n i s o l o n e"])
def test_case_accents_spaces_and_hyphens_do_not_matter(client, typed):
    medicine("prednisolone")
    medicine("prednisone")
    assert classes(asked(client, typed)) == {"class-of-prednisolone"}


def test_beginning_of_several_names_gives_a_choice_that_leads_on(client):
    medicine("hydroxyzine")
    medicine("hydrocortisone")
    main = asked(client, "hydro")
    assert not classes(main)
    choices = [choice["value"] for choice in main.select("button[name=name]")]
    assert sorted(choices) == ["hydrocortisone", "hydroxyzine"]
    assert classes(asked(client, choices[0])) == {f"class-of-{choices[0]}"}


def test_spelling_near_to_one_medicine_shows_it_and_offers_those_that_are_less_near(client):
    medicine("clonazepam")
    medicine("clonazebam")
    main = asked(client, "clonazepem")
    assert classes(main) == {"class-of-clonazepam"}
    assert [choice["value"] for choice in main.select(".finder__choice")] == ["clonazebam"]


def test_spelling_as_near_to_two_medicines_is_not_decided(client):
    medicine("clonazepam")
    medicine("clonazelam")
    main = asked(client, "clonazemam")
    assert not classes(main)
    assert sorted(choice["value"] for choice in main.select(".finder__choice")) == ["clonazelam", "clonazepam"]


def test_short_word_is_never_corrected_without_asking(client):
    medicine("estrogen", brands="Alesse")
    main = asked(client, "Aleve")
    assert not classes(main)
    assert main.select_one(".finder__choice").get_text() == "Alesse"


def test_hidden_class_is_not_found(client):
    page = factories.medication_class(live=False)
    Medication.objects.create(medication_class=page, inn="secretine")
    main = asked(client, "secretine")
    assert not classes(main)
    assert "secretine" not in {option["value"] for option in main.select("option")}


def test_number_of_queries_is_fixed(client, counting):
    def fill(count):
        for number in range(count):
            page = factories.medication_class(live=False)
            Medication.objects.create(medication_class=page, inn=f"medicine {number}", brands="One\nTwo")
            factories.publish(page)

    fill(10)
    few = counting(lambda: client.post("/medicines/find/", {"name": "one"}))
    fill(90)
    assert counting(lambda: client.post("/medicines/find/", {"name": "one"})) == few <= 3
