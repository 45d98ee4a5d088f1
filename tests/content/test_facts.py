"""The site says what is known: a walk over every item of the checked facts, on the pages as readers see them."""

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from causes.models import BodyArea, Cause, GlossaryTerm, MedicationClass, Nutrient
from tests.pages import crawl

pytestmark = pytest.mark.django_db

FACTS = yaml.safe_load(Path(__file__).with_name("facts.yaml").read_text())
MAIN_ARTICLE = "/articles/muscle-twitching/"

# Sections that the main article must have, by a word of a heading.
TOPICS = """
    What a muscle twitch is; Possible causes; The main causes: physiological; The main causes: pathological;
    Stress and anxiety; Nutritional deficiencies; Vitamin D; Magnesium; Vitamin B12; Dehydration and electrolytes;
    Medicine side effects; Nervous system disorders; Neurodegenerative disorders; Neuromuscular disorders;
    Autoimmune disorders; Overexertion; Lactic acid is a myth; When to get help; Sources; Who wrote this
"""

# Every warning sign, by the card that it stands in.
SIGNS = {
    "emergency": """
        trouble breathing; swallowing or speaking; spreads or gets worse over hours to days; cannot move; face droops;
        seizure, collapse; confused; heartbeat is irregular; fever, agitation; lithium; pesticides;
        numb between the legs; bladder or bowel
    """,
    "urgent": """
        weak or getting thinner; drop things; front of your foot; slurred or nasal; choke; tongue twitches;
        lying flat; wake with headaches; spasm; round the mouth; urine is dark; floppy
    """,
    "routine": """
        more than 2 weeks; more than one place; disturb your sleep; a medicine is the reason; over 3 months;
        down the face; closes the eye; numbness or tingling; worry about twitching
    """,
    "self_care": "one small area; rest; caffeine; alcohol; sleep; stretch; screens",
}

# The movements that are mistaken for each other.
MOVEMENTS = """
    fasciculation; myokymia; cramp; spasm; tetany; myoclonus; tremor; tic; dystonia; clonus; fibrillation;
    hemifacial-spasm; blepharospasm; spasticity
"""

# Rows of the symptom table, by column; the last ones ask for help now.
ROWS = {
    "Dehydration": """
        Thirst; Dark urine; Passing little urine; Dry mouth; Dizziness; Tiredness; Headache; Confusion; Fainting;
        No urine for 8 hours; Fast heartbeat
    """,
    "Low potassium": """
        Muscle weakness; Cramps; Constipation; Palpitations; Twitching; Irregular heartbeat; Fainting;
        Cannot move an arm or a leg
    """,
    "Low calcium": "Tingling; Cramps; Hand or foot spasm; Tight throat; Noisy breathing; Seizure",
    "Low magnesium": "Tremor; Twitching; Cramps; Tiredness; Seizure; Irregular heartbeat",
    "Low sodium": "Headache; Feeling sick; Tiredness; Cramps; Unsteadiness; Confusion; Drowsiness; Seizure",
}

# What stood wrong in the text that this site began with, and must stand nowhere on it.
WRONG = """
    (ELA); ISRS; miasthenia; muscle dystrophy; nervous damage; electrolytic; overestimulat; suffer pulls;
    muscle contractures; irrational; Cannabis; oncolog
"""


def words(text):
    return [" ".join(item.split()) for item in text.split(";")]


def soup(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def test_every_page_of_facts_is_walked(content):
    rows = [row for model in (Cause, MedicationClass, Nutrient, BodyArea) for row in model.objects.live()]
    assert {row.path for row in rows} == set(FACTS)


@pytest.mark.parametrize("path", FACTS)
def test_item_stands_on_its_page_with_label_sources_and_figures(client, content, path):
    item, page = FACTS[path], soup(client, path)
    text = page.get_text(" ", strip=True)
    heading = " ".join(found.get_text() for found in page.select(".cause-facts, dl.facts [data-evidence]"))
    assert item.get("label", "") in heading
    assert item.get("relation", "") in heading
    listed = {entry["id"].removeprefix("source-") for entry in page.select(".sources li")}
    assert set(item.get("sources", [])) - listed == set()
    assert [said for said in item["says"] if said.lower() not in text.lower()] == []
    assert [said for said in item.get("not", []) if said in text] == []
    assert page.select(".claim [data-evidence]"), "no claim with a label"


def test_main_article_has_every_topic(client, content):
    headings = [found.get_text(" ", strip=True) for found in soup(client, MAIN_ARTICLE).select("h2, h3")]
    assert [topic for topic in words(TOPICS) if not any(topic in heading for heading in headings)] == []


@pytest.mark.parametrize("urgency", SIGNS)
def test_every_warning_sign_stands_in_its_card(client, content, urgency):
    card = soup(client, MAIN_ARTICLE).select_one(f".help-card[data-urgency={urgency}]").get_text(" ", strip=True)
    assert [sign for sign in words(SIGNS[urgency]) if sign.lower() not in card.lower()] == []


def test_every_movement_is_explained(content):
    terms = GlossaryTerm.objects.exclude(looks_like="").exclude(comes_from="")
    assert set(words(MOVEMENTS)) - {term.slug for term in terms} == set()


@pytest.mark.parametrize("column", ROWS)
def test_symptom_table_has_every_row(client, content, column):
    table = soup(client, MAIN_ARTICLE).select_one(".symptom-table")
    rows = {cell.find_parent("tr").th.get_text(strip=True) for cell in table.select(f'td[data-label="{column}"]')}
    assert set(words(ROWS[column])) - rows == set()


def test_nothing_of_what_was_wrong_is_left(client, content):
    for path, page in crawl(client).items():
        text = BeautifulSoup(page, "html.parser").get_text(" ")
        assert [wrong for wrong in words(WRONG) if wrong in text] == [], path
