"""The lookup of medicines: any spelling leads to the class, and never to a wrong one without a word."""

import pytest
from django.views.debug import SafeExceptionReporterFilter

from causes.lookup import MOST_CHOICES
from causes.models import Medication, MedicationClass
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def asked(client, name):
    return drawn(client.post("/medicines/find/", {"name": name})).main


def classes(main):
    return {link["href"].split("/")[2] for link in main.select(".finder__match h2 a")}


def choices(main):
    return [choice["value"] for choice in main.select("button[name=name]")]


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
    assert sorted(choices(main)) == ["hydrocortisone", "hydroxyzine"]
    assert classes(asked(client, choices(main)[0])) == {f"class-of-{choices(main)[0]}"}


@pytest.mark.parametrize(("typed", "offered"), [("hyd", ["hydroxyzine"]), ("hydroxy", ["hydroxyzine"]), ("hy", [])])
def test_beginning_of_one_name_is_a_choice_too_if_it_is_long_enough(client, typed, offered):
    medicine("hydroxyzine")
    main = asked(client, typed)
    assert not classes(main)
    assert choices(main) == offered
    assert ("Did you mean this?" in main.get_text()) == bool(offered)


def test_spelling_near_to_one_medicine_shows_it_and_offers_those_that_are_less_near(client):
    medicine("clonazepam")
    medicine("clonazebam")
    main = asked(client, "clonazepem")
    assert classes(main) == {"class-of-clonazepam"}
    assert choices(main) == ["clonazebam"]


@pytest.mark.parametrize("typed", ["plonazepam", "clonezepan"], ids=["in the first letter", "two"])
def test_other_slips_are_a_question(client, typed):
    medicine("clonazepam")
    main = asked(client, typed)
    assert not classes(main)
    assert choices(main) == ["clonazepam"]


def test_two_slips_are_too_many_where_one_is_in_the_first_letter(client):
    medicine("clonazepam")
    assert not choices(asked(client, "plonazepan"))


def test_spelling_as_near_to_two_medicines_is_not_decided(client):
    medicine("clonazepam")
    medicine("clonazelam")
    main = asked(client, "clonazemam")
    assert not classes(main)
    assert sorted(choices(main)) == ["clonazelam", "clonazepam"]


def test_misspelt_brand_of_two_medicines_gives_both(client):
    medicine("fluoxetine", brands="Symbyax")
    medicine("olanzapine", brands="Symbyax")
    assert classes(asked(client, "Symbiaxe")) == {"class-of-fluoxetine", "class-of-olanzapine"}


def test_nearest_is_offered_first(client):
    medicine("plonazebem")
    medicine("clonazepam")
    assert choices(asked(client, "plonazepam")) == ["clonazepam", "plonazebem"]


@pytest.mark.parametrize("typed", ["Alest", "Alest 200mg", "alest tablets"])
def test_short_word_is_never_corrected_without_asking(client, typed):
    medicine("estrogen", brands="Alesse")
    main = asked(client, typed)
    assert not classes(main)
    assert choices(main) == ["Alesse"]


def test_first_word_may_be_misspelt_before_others(client):
    medicine("clonazepam")
    assert classes(asked(client, "clonazepem tablets")) == {"class-of-clonazepam"}


@pytest.mark.parametrize("typed", ["Nardil", "nardil 15mg", "valerian", "valleriann", "orap", "clonadine"])
def test_medicine_that_is_known_to_be_another_is_unknown(client, typed):
    medicine("atorvastatin", brands="Cardyl")
    medicine("alimemazine", brands="Vallergan")
    medicine("prednisolone", brands="Orapred")
    medicine("clozapine")  # two slips from "clonadine", which is one from clonidine
    main = asked(client, typed)
    assert not classes(main)
    assert not choices(main)
    assert "is not in our list" in main.get_text()


def test_spelling_as_near_to_another_medicine_is_a_question(client):
    medicine("alimemazine", brands="Vallergan")
    main = asked(client, "valergian")
    assert not classes(main)
    assert choices(main) == ["Vallergan"]


def test_beginning_of_another_medicine_is_a_question(client):
    medicine("atorvastatin", brands="Cardyl")
    main = asked(client, "cardiz")
    assert not classes(main)
    assert choices(main) == ["Cardyl"]


def test_name_that_is_part_of_a_longer_one_is_not_meant(client):
    medicine("phenylephrine", brands="Sudafed PE")
    medicine("pseudoephedrine", brands="Sudafed")
    assert classes(asked(client, "sudafed pe 10mg")) == {"class-of-phenylephrine"}
    assert classes(asked(client, "sudafed 60mg")) == {"class-of-pseudoephedrine"}


@pytest.mark.parametrize("typed", ["the pill for blood pressure", "contraceptive for acne", "contraceptivs for acne"])
def test_name_of_a_class_among_other_words_is_only_offered(client, typed):
    factories.medication_class(other_names="the pill\ncontraceptive\ncontraceptives")
    main = asked(client, typed)
    assert not classes(main)
    assert choices(main)


def test_everyday_name_beside_that_of_a_medicine_is_only_offered(client):
    factories.medication_class(other_names="the pill")
    medicine("fluoxetine")
    main = asked(client, "fluoxetine, the pill for mood")
    assert classes(main) == {"class-of-fluoxetine"}
    assert choices(main) == ["the pill"]


def test_class_may_be_said_in_the_singular_and_a_medicine_not(client):
    factories.medication_class(slug="class-of-ssris", other_names="SSRIs")
    medicine("hyoscine", brands="Kwells")
    assert classes(asked(client, "SSRI")) == {"class-of-ssris"}
    assert not classes(asked(client, "Kwell"))


def test_choices_and_what_is_repeated_are_bounded(client):
    page = factories.medication_class(live=False)
    Medication.objects.bulk_create(Medication(medication_class=page, inn=f"hydro{n}") for n in "abcdefghij")
    factories.publish(page)
    assert len(choices(asked(client, "hydro"))) == MOST_CHOICES
    main = asked(client, "z" * 200)
    assert "z" * 80 in main.get_text()
    assert "z" * 81 not in main.get_text()


def test_change_is_found_as_soon_as_it_is_published(client):
    page = medicine("sertraline")
    assert not classes(asked(client, "Zoloft"))
    Medication.objects.update(brands="Zoloft")
    factories.publish(page)
    assert classes(asked(client, "Zoloft")) == {"class-of-sertraline"}


def test_what_was_typed_is_hidden_from_error_reports(client):
    request = client.post("/medicines/find/", {"name": "Zoloft"}).wsgi_request
    assert "Zoloft" not in SafeExceptionReporterFilter().get_post_parameters(request).values()


def test_hidden_class_is_not_found(client):
    page = factories.medication_class(live=False)
    Medication.objects.create(medication_class=page, inn="secretine")
    main = asked(client, "secretine")
    assert not classes(main)
    assert "secretine" not in {option["value"] for option in main.select("option")}


def test_number_of_queries_is_fixed(client, counting):
    def fill(count):
        pages = factories.many(MedicationClass, count, usual_movement="tremor", evidence="some")
        Medication.objects.bulk_create(
            Medication(medication_class_id=page.pk, inn=f"medicine {number}", brands="One\nTwo")
            for number, page in enumerate(pages)
        )
        factories.medication_class()  # a publication: what was kept is read again

    def asking():
        return [counting(lambda name=name: client.post("/medicines/find/", {"name": name})) for name in typed]

    typed = ["one", "medicine", "medicine 7", "medecine 7", "unknown", ""]
    fill(10)
    few = asking()
    fill(990)
    assert asking() == few
    assert max(few) <= 4
    assert max(asking()) <= 3
