"""Known terms: where they link, where they do not, and who decides."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from articles import html, previewing, publishing
from articles.linking import Links, Terms
from articles.models import Article, CalloutSection, HelpCardSection, QuoteSection, TextSection
from causes.models import Medication, NutritionSection
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cramps():
    return factories.symptom(title="Cramps", slug="cramps")


def linked(client, page):
    """The words in the text of a page that link to other pages, each with its address."""
    body = BeautifulSoup(client.get(page.path).content, "html.parser").select_one(".article__body")
    for other in body.select(".page-status, .authors, .experiences"):
        other.decompose()
    return [(link.get_text(), link["href"]) for link in body.select("a[href^='/']")]


def section(page, text, heading="", **fields):
    return TextSection.objects.create(parent=page, heading=heading, body=text, ordering=20, **fields)


def test_first_mention_in_each_section_links_to_the_page(client, cramps):
    page = factories.article(live=False, text="<p>A cramp hurts. Cramps pass.</p><p>Cramps come back.</p>")
    section(page, "<p>Night cramps.</p>", "Second heading")
    factories.publish(page)
    assert linked(client, page) == [("cramp", "/symptoms/cramps/"), ("cramps", "/symptoms/cramps/")]


def test_text_without_a_heading_continues_the_section_above(client, cramps):
    page = factories.article(live=False, text="<p>Cramps.</p>")
    section(page, "<p>Cramps again.</p>")
    factories.publish(page)
    assert linked(client, page) == [("Cramps", "/symptoms/cramps/")]


@pytest.mark.parametrize(
    "text",
    [
        '<p><a href="https://example.org/">cramps at night</a></p>',
        '<p>Cramps <a href="/symptoms/cramps/">at night</a></p>',
        "<h3>Cramps</h3>",
        "<h4>About <strong>cramps</strong></h4>",
        '<p><a href="#source-one">cramps</a></p>',
    ],
)
def test_nothing_links_inside_links_and_headings_or_beside_a_link_of_the_editors(client, cramps, text):
    factories.reference("one")
    expected = [("at night", "/symptoms/cramps/")] if "symptoms" in text else []
    assert linked(client, factories.article(text=text)) == expected


def test_page_does_not_link_to_itself_and_not_out_of_its_own_name(client):
    factories.cause(title="Magnesium", slug="magnesium")
    own = factories.cause(title="Low magnesium", what_happens="<p>Low magnesium. Magnesium is a salt.</p>")
    assert linked(client, own) == [("Magnesium", "/causes/magnesium/")]


def test_signs_of_an_emergency_and_the_words_of_others_stay_as_they_are(client, cramps):
    page = factories.article()
    HelpCardSection.objects.create(parent=page, urgency="emergency", heading="Call", body="<p>Cramps.</p>", ordering=30)
    QuoteSection.objects.create(parent=page, quote="<p>Cramps.</p>", attribution="Somebody", ordering=40)
    assert linked(client, factories.publish(page)) == []


def test_callouts_nutrition_sections_and_pages_of_facts_link(client, cramps):
    text = "<p>Cramps.</p>"
    page = factories.article()
    nutrient = factories.nutrient(role=text, lack=text)
    CalloutSection.objects.create(parent=page, heading="Mind", body=text, ordering=30)
    NutritionSection.objects.create(parent=page, heading="Eat", nutrient=nutrient, ordering=40)
    link = ("Cramps", "/symptoms/cramps/")
    assert linked(client, factories.publish(page))[:2] == [link, link]
    assert link in linked(client, nutrient)
    assert linked(client, factories.cause(what_happens=text, what_helps=text)) == [link, link]
    assert linked(client, factories.medication_class(note=text)) == [link]
    assert linked(client, factories.body_area(usual_meaning=text)) == [link]
    assert linked(client, factories.plain_page(text=text)) == [link]


def unticked(editor, page, box):
    """Publish the form of `page` with one box empty."""
    form = editor.form(page)
    assert form.pop(box) == "on"
    return editor.client.post(editor.url(page), form | {"_publish": "1"}, follow=True)


def test_editor_switches_it_off_for_a_section(editor, cramps):
    page = factories.article(live=False, text="<p>Cramps.</p>")
    section(page, "<p>Night cramps.</p>", "Second heading")
    factories.publish(page)
    unticked(editor, page, "articles_textsection_set-0-link_terms")
    assert linked(editor.client, page) == [("cramps", "/symptoms/cramps/")]


@pytest.mark.parametrize(
    "make", [lambda text: factories.cause(what_happens=text), lambda text: factories.article(text=text)]
)
def test_editor_switches_it_off_for_a_page(editor, cramps, make):
    page = make("<p>Cramps.</p>")
    unticked(editor, page, "link_terms")
    assert linked(editor.client, page) == []


def test_editor_chooses_the_words_that_link_to_a_page(editor, cramps):
    page = factories.article(text="<p>Cramps, or a charley horse.</p>")
    editor.publish(cramps, link_words="charley horse\r\nspasm at night")
    assert linked(editor.client, page) == [("charley horse", "/symptoms/cramps/")]


def test_draft_shows_its_links_in_the_preview(client, cramps):
    page = factories.article(live=False, text="<p>Cramps.</p>")
    assert 'href="/symptoms/cramps/"' in client.get(previewing.link_to(page)).content.decode()


def test_links_follow_what_is_published_at_once(client, cramps):
    page = factories.article(text="<p>Cramps and tremor.</p>")
    tremor = factories.symptom(title="Tremor", slug="tremor")
    assert linked(client, page) == [("Cramps", "/symptoms/cramps/"), ("tremor", "/symptoms/tremor/")]
    publishing.unpublish(tremor, by=None)
    cramps.slug = "cramp"
    cramps.save()
    factories.publish(cramps)
    assert linked(client, page) == [("Cramps", "/symptoms/cramp/")]


def test_page_goes_before_a_word_of_the_glossary(editor, cramps):
    editor.send(factories.term(slug="cramp", term="Cramps"))
    assert linked(editor.client, factories.article(text="<p>Cramps.</p>")) == [("Cramps", "/symptoms/cramps/")]


def test_medical_names_substances_and_glossary_link(editor):
    page = factories.article(text="<p>Spasm, hypocalcaemia, albuterol, salbutamol.</p>")
    factories.cause(title="Low calcium", slug="low-calcium", medical_name="hypocalcaemia, tetany")
    inhalers = factories.medication_class(live=False, title="Agonists (inhalers)", slug="agonists")
    Medication.objects.create(medication_class=inhalers, inn="salbutamol", us_name="albuterol", position=1)
    factories.publish(inhalers)
    editor.send(factories.term(slug="spasm", term="Spasm"))
    assert linked(editor.client, page) == [
        ("Spasm", "/glossary/#spasm"),
        ("hypocalcaemia", "/causes/low-calcium/"),
        ("albuterol", "/medicines/agonists/"),
    ]


TERMS = Terms(
    [
        ("cramp", "/cramp/"),
        ("night cramps", "/night/"),
        ("ALS", "/als/"),
        ("SSRIs", "/ssri/"),
        ("reflex", "/reflex/"),
        ("B12", "/b12/"),
        ("Guillain-Barré syndrome", "/gbs/"),
        ("Parkinson's", "/shorter/"),
        ("Parkinson's disease", "/parkinson/"),
        ("cramp", "/second/"),
        ("...", "/nothing/"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cramps!", [("Cramps", "/cramp/")]),
        ("a night cramp", [("night cramp", "/night/")]),
        ("a night, cramp", [("cramp", "/cramp/")]),
        ("a night-cramp", [("night-cramp", "/night/")]),
        ("ALS, als and Als", [("ALS", "/als/")]),
        ("an SSRI", [("SSRI", "/ssri/")]),
        ("brisk reflexes", [("reflexes", "/reflex/")]),
        ("vitamin B12", [("B12", "/b12/")]),
        ("guillain\u2011barre syndrome", [("guillain\u2011barre syndrome", "/gbs/")]),
        ("Parkinson’s disease", [("Parkinson’s disease", "/parkinson/")]),
        ("scramp cramped crampss", []),
        ("...", []),
        ("", []),
    ],
)
def test_terms_are_whole_words_in_any_number_and_the_longest_wins(text, expected):
    pieces = list(TERMS.mentions(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert [(piece, path) for piece, path in pieces if path] == expected


WORDS = st.sampled_from(["cramp", "night cramps", "ALS", "&amp;", "&lt;b&gt;", "als", " ", "x", "B12", "é", '"', "'"])
ELEMENTS = st.sampled_from(
    ["{}", "<p>{}</p>", "<h3>{}</h3>", '<a href="/x/">{}</a>', "<em>{}</em>", "<ul><li>{}</li></ul>"]
)


@given(st.lists(st.tuples(ELEMENTS, st.lists(WORDS)), max_size=8))
@example([("<p>{}</p>", ["cramp", "<script>", "ALS"])])
def test_links_change_no_text_nest_in_nothing_and_come_once(written):
    text = " ".join(element.format(" ".join(words)) for element, words in written)
    page = Article(slug="own", kind="articles.article")
    shown = html.render(text, number=len, mentions=Links(page, TERMS).finder(page, text))
    plain = html.render(text, number=len)
    soup, before = (BeautifulSoup(markup, "html.parser") for markup in (shown, plain))
    assert soup.get_text() == before.get_text()
    added = [link["href"] for link in soup.select("a") if link["href"] != "/x/"]
    assert len(added) == len(set(added))
    assert not soup.select("a a, h3 a:not([href='/x/'])")
    assert html.clean(re.sub(r'<a href="/(?!x/)[^"]*">(.*?)</a>', r"\1", shown)) == html.clean(plain)
