"""The text that the site ships with: whole, correct in its words, linked, and the same after a round trip."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from articles import terminology
from articles.content.exporting import export_content
from articles.freezing import content_models
from articles.models import Article, Page, Reference
from causes.models import Cause, Claim, GlossaryTerm, MedicationClass, Nutrient

pytestmark = pytest.mark.django_db

NO_ROWS = {"terminology.yaml", "synonyms.yaml", "places.yaml", "first.yaml"}  # files that no row comes from
FORBIDDEN = ["ELA", "ISRS", "ATC", "miasthenia", "electrolytic imbalance", "nervous damage", "pulls"]


@pytest.fixture
def article(client, content):
    return BeautifulSoup(client.get("/articles/muscle-twitching/").content, "html.parser")


def test_round_trip_of_the_shipped_files_changes_nothing(content, tmp_path):
    export_content(tmp_path)
    shipped = {
        path.relative_to(settings.CONTENT_DIR): path.read_text()
        for path in settings.CONTENT_DIR.rglob("*.*")
        if path.name not in NO_ROWS
    }
    assert len(shipped) > 100
    assert {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*.*")} == shipped


@pytest.mark.parametrize("word", FORBIDDEN)
def test_mistranslations_are_refused(word):
    assert terminology.complaints(f"It has {word} in it.")
    assert not terminology.complaints(f"It hasx{word}x in it.")


def test_article_has_its_tables(article):
    captions = [caption.get_text() for caption in article.select("table caption")]
    assert len(captions) == 2
    symptoms = article.select_one(".symptom-table")
    assert [cell.get_text(strip=True) for cell in symptoms.select("thead th")][1:] == [
        "Dehydration",
        "Low potassium",
        "Low calcium",
        "Low magnesium",
        "Low sodium",
    ]
    medicines = article.select(".medicine-table tbody tr")
    assert len(medicines) == MedicationClass.objects.live().count() == 18


def test_article_has_no_more_than_one_help_card_of_each_urgency(article):
    urgencies = [card["data-urgency"] for card in article.select(".help-card")]
    assert len(urgencies) == len(set(urgencies)) >= 3


def test_article_covers_each_section_of_its_source(article):
    headings = " | ".join(heading.get_text(" ", strip=True) for heading in article.select("h2, h3"))
    for topic in (
        "twitch is",
        "causes",
        "stress",
        "nutri",
        "dehydration",
        "medicine",
        "nervous system",
        "overexertion",
        "help",
    ):
        assert re.search(topic, headings, re.IGNORECASE), (topic, headings)


def test_article_lists_every_live_cause(article):
    linked = {link["href"] for link in article.select(".cause-lines a")}
    causes = Cause.objects.live().filter(relation="cause")
    assert causes.count() >= 20
    assert {cause.path for cause in causes} <= linked


def test_every_claim_has_a_source_and_every_citation_its_entry(content):
    assert Claim.objects.count() > 100
    assert not Claim.objects.filter(references=None).exists()
    assert Reference.objects.filter(status="confirmed").count() > 50


def test_every_kind_of_fact_is_there(content):
    assert Nutrient.objects.live().count() == 3
    assert GlossaryTerm.objects.filter(not_same_as__isnull=False).exists()
    assert Article.objects.live().count() == 6
    assert {model._meta.model_name for model in content_models()} == {
        *("article", "author", "bodyarea", "cause", "causegroup", "glossaryterm"),
        *("medicationclass", "nutrient", "plainpage", "reference", "symptom", "symptomtable"),
    }


def test_no_page_claims_a_review_that_did_not_happen(content):
    assert not Page.objects.filter(reviewed_by__isnull=False).exists()
