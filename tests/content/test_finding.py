"""The lookup of medicines, the chooser of movements and the A to Z, over the site as it ships."""

import csv
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from causes.lookup import look_up, names_of
from causes.models import GlossaryTerm, MedicationClass
from tests.causes.test_lookup import classes
from tests.pages import drawn

pytestmark = pytest.mark.django_db

NAMES = Path(__file__).parents[1] / "causes" / "medicine_names.csv"
KNOWN = [(row["name"], row["class"]) for row in csv.DictReader(NAMES.read_text().splitlines())]

# Rows whose spelling is further away than one slip: their name is offered, and not taken for what was typed.
OFFERED = {"donezepil": "donepezil"}

# Medicines of no class of ours whose names look or sound like one that is, most of them from the lists of confused
# names that safety institutes keep. Each is called by what it was taken for.
LOOK_ALIKES = """
    hydralazine; methadone; celecoxib; Celebrex; Cerebyx; Lamisil; Lamictal; Inderal; Plavix; Losec; Zantac; metformin;
    atomoxetine; reboxetine; nystatin; spironolactone; carbamazepine; cetirizine; Zyrtec; clonidine; clotrimazole;
    penicillamine; Aleve; Cedax; hydrocodone; hydroxychloroquine; Nardil; promazine; valerian; Pronestyl; clotiapine;
    tetrazepam; clonazolam; Medrox; Orap; Toradol; tramadol; Taxol; Paxlovid; Serzone; Zestril; Zetia; Zebeta; Xyzal;
    Xalatan; Zanaflex; Tenex; Actos; Avandia; Amaryl; chlorpropamide; Diabinese; Depakote; Desoxyn; Dolophine;
    Durasal; Edecrin; Fioricet; fomepizole; Foltx; glipizide; lamivudine; Lomotil; Lotronex; Lovenox; Luxiq;
    Mirapex; MiraLAX; Miradon; Norflex; Noroxin; Nasarel; oxycodone; OxyContin; pentobarbital; phenobarbital;
    Prandin; Precose; prasugrel; Prilosec; primidone; procainamide; Propecia; protamine; Prograf; quinidine; Reglan;
    Renagel; Requip; Restasis; Retrovir; rituximab; rimantadine; Rozerem; Salagen; selegiline; Septra; sildenafil;
    Sinemet; sulfadiazine; sumatriptan; Tegretol; tizanidine; Topamax; Toprol; torcetrapib; Trandate; trazodone;
    triamterene; Ultram; Valcyte; Valtrex; Viracept; Viagra; Vioxx; Wellbutrin; Xeloda; Zovirax; zolpidem; Zomig; Zyvox;
    temafloxacin; terbinafine; thioridazine; doxazosin; doxycycline; diltiazem; Dilaudid; Levoxyl; levetiracetam;
    loratadine; Claritin; clomifene; clobetasol; fluconazole; flunisolide; fluocinonide; flurazepam; mirtazapine
"""
FORM = "application/x-www-form-urlencoded"
REMINDER = "Do not stop or change a prescribed medicine without advice."

# What readers say of a movement, and its name.
SAID = {
    "flickers while I rest": "Twitch (fasciculation)",
    "One eyelid": "Eyelid twitch (eyelid myokymia)",
    "goes hard and hurts": "Cramp",
    "jerks all of a sudden": "Myoclonus",
    "steady rhythm": "Tremor",
    "hold it back": "Tic",
    "twists": "Dystonia",
    "like worms": "Myokymia (rippling)",
    "hands curl up": "Tetany (carpopedal spasm)",
}


def asked(client, name):
    return drawn(client.post("/medicines/find/", {"name": name})).main


def choices(main):
    return [choice["value"] for choice in main.select(".finder__choice")]


@pytest.mark.parametrize(("name", "slug"), KNOWN)
def test_name_leads_to_its_class_and_to_no_other(client, content, name, slug):
    main = asked(client, name)
    if name in OFFERED:
        assert not classes(main)
        assert choices(main) == [OFFERED[name]]
        main = asked(client, OFFERED[name])
    assert classes(main) == ({slug} if slug else set())
    assert slug or not choices(main)


@pytest.mark.parametrize("name", [name.strip() for name in LOOK_ALIKES.split(";")])
@pytest.mark.parametrize("text", ["{}", "{} 20mg", "{} tablets"])
def test_other_medicine_is_not_taken_for_one_that_looks_alike(client, content, name, text):
    assert classes(asked(client, text.format(name))) == set()


def test_other_medicines_are_none_of_ours_and_are_unknown(content):
    names = names_of(MedicationClass.objects.for_table())
    others = (settings.BASE_DIR / "causes" / "other_medicines.txt").read_text().split()
    assert others == sorted(set(others))
    assert len(others) > 1000
    for other in others:
        found = look_up(other, names)
        assert not found.names, other
        assert not found.choices, other


@pytest.mark.parametrize("name", ["Zoloft", "Symbyax", "sertaline", "hydro", "flibbertine", ""])
def test_reminder_not_to_stop_is_on_every_answer(client, content, name):
    assert REMINDER in asked(client, name).get_text()


def test_answer_says_what_the_class_does_and_what_to_do(client, content):
    main = asked(client, "Priadel")
    text = main.get_text(" ", strip=True)
    for words in ("lithium carbonate", "Fine tremor", "Good evidence", "urgent blood test", "Vomiting, unsteadiness"):
        assert words in text
    assert main.select_one(".help-card[data-urgency=emergency] a[href='tel:999']")
    assert main.select_one("#source-lithium-product-information")
    assert "active substance" in text


def test_brand_with_two_medicines_gives_both_classes(client, content):
    assert classes(asked(client, "Symbyax")) == {"ssris-and-snris", "antipsychotics"}


def test_two_medicines_in_one_question_give_both_classes(client, content):
    assert classes(asked(client, "sertraline and lithium")) == {"ssris-and-snris", "lithium"}


def test_corrected_name_is_shown_beside_the_typed_one(client, content):
    note = asked(client, "sertaline").select_one(".finder__note").get_text()
    assert "“sertaline”" in note
    assert "Showing sertraline" in note
    assert not asked(client, "sertraline").select(".finder__note")


def test_unknown_name_gets_an_honest_answer_and_ways_on(client, content):
    main = asked(client, "flibbertine")
    text = main.get_text(" ", strip=True)
    for words in ("“flibbertine” is not in our list", "does not mean", "leaflet", "pharmacist"):
        assert words in text
    assert {"/check/", "/medicines/", "/a-to-z/"} <= {link["href"] for link in main.select("a")}


@pytest.mark.parametrize("name", ["Xanax", "diazepam", "alcohol"])
def test_what_comes_with_stopping_is_not_said_of_taking(client, content, name):
    match = asked(client, name).select_one(".finder__match")
    assert match.h2.get_text() == "Benzodiazepines and alcohol: when stopped"
    assert "only when stopped or cut down" in match.dl.dd.get_text()


def test_what_was_typed_is_in_no_address_and_in_no_cache(client, content):
    response = client.post("/medicines/find/", {"name": "Zoloft"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    form = BeautifulSoup(response.content, "html.parser").select_one("form.finder")
    assert (form["method"], form["action"]) == ("post", "/medicines/find/")
    assert client.get("/medicines/find/")["Location"] == "/medicines/"


def test_form_is_taken_without_a_token(content):
    assert Client(enforce_csrf_checks=True).post("/medicines/find/", {"name": "Zoloft"}).status_code == 200


def test_suggestions_are_the_names_and_stand_on_no_other_page(client, content):
    options = BeautifulSoup(client.get("/medicines/").content, "html.parser").select("#medicine-names option")
    offered = [option["value"] for option in options]
    assert len(offered) == len(set(offered)) > 400
    assert {"sertraline", "albuterol", "Ventolin", "Benadryl"} <= set(offered)
    assert b"<datalist" not in client.get("/medicines/lithium/").content


def test_every_name_that_is_known_finds_itself(content):
    names = names_of(MedicationClass.objects.for_table())
    assert len(names) > 500
    for name in names:
        found = look_up(name.label, names)
        assert found.is_exact, name
        assert name.medicine in {one.medicine for one in found.names}


@given(typed=st.text(st.characters(), max_size=200))
@example(typed="\x00")
@example(typed="\ud800")
@example(typed="\u202e enilartres")
@example(typed="' OR 1=1 --")
@example(typed="<script>alert(1)</script>")
@example(typed="ﷺ" * 500)
def test_whatever_is_typed_gives_a_page_with_the_reminder(client, content, typed):
    sent = urlencode({"name": typed}, errors="surrogatepass")
    main = drawn(client.post("/medicines/find/", sent, content_type=FORM)).main
    assert REMINDER in main.get_text()
    assert not main.select("script")


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "base64", "no-such", "rot13"])
def test_sender_cannot_break_the_page_with_another_encoding(client, content, charset):
    sent = {"data": b"name=%ff%feZoloft", "content_type": f"{FORM}; charset={charset}"}
    response = client.generic("POST", "/medicines/find/", **sent)
    assert response.status_code == 200


@pytest.mark.parametrize("words", SAID)
def test_readers_words_lead_to_the_name(client, content, words):
    answers = drawn(client.get("/movements/")).main.select("details")
    assert [row.h3.get_text() for row in answers if words in row.summary.get_text()] == [SAID[words]]


def test_every_movement_that_has_looks_is_in_the_chooser(content):
    terms = GlossaryTerm.objects.exclude(looks_like="")
    assert {term.slug for term in terms} == {term.slug for term in GlossaryTerm.objects.movements()}
    assert all(term.readers_words for term in terms)


def test_a_to_z_has_pages_of_every_kind(client, content):
    links = {link["href"] for link in drawn(client.get("/a-to-z/")).main.select(".name-list a")}
    for path in ("/causes/low-magnesium/", "/symptoms/tremor/", "/nutrition/vitamin-d/", "/body/calf/"):
        assert path in links
    assert {"/medicines/statins/", "/glossary/#fasciculation"} <= links


def test_it_is_called_a_to_z_and_linked_from_every_page(client, content):
    footer = BeautifulSoup(client.get("/").content, "html.parser").select_one("footer")
    assert footer.select_one("a[href='/a-to-z/']").get_text() == "A to Z"
    assert "A-Z" not in drawn(client.get("/a-to-z/")).main.get_text()
