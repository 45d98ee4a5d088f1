"""Sections that draw facts: derived from live rows, so that nothing is typed twice and no draft leaks."""

import pytest

from articles import drafts, publishing
from articles.freezing import freeze
from articles.models import CalloutSection, HelpCardSection, QuoteSection
from causes.models import (
    CauseListSection,
    ClaimListSection,
    Medication,
    MedicineTableSection,
    NutritionSection,
    SymptomTable,
    SymptomTableColumn,
    SymptomTableSection,
)
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db


def page_with(section, ordering=20):
    page = factories.article(live=False)
    section.parent, section.ordering = page, ordering
    section.save()
    return factories.publish(page)


def table_of(*causes):
    table = SymptomTable.objects.create(slug="table", name="Table", caption="What goes with what")
    for position, cause in enumerate(causes):
        SymptomTableColumn.objects.create(table=table, cause=cause, position=position)
    return table


def rows(soup):
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in soup.select("table tr")]


def test_symptom_table_is_derived_from_the_facts(client):
    dry, salty = factories.cause(title="Dry"), factories.cause(title="Salty")
    thirst = factories.symptom(title="Thirst", urgency="self_care")
    cramps = factories.symptom(title="Cramps", urgency="routine")
    seizure = factories.symptom(title="Seizure", urgency="emergency")
    weakness = factories.symptom(title="A weak muscle", urgency="urgent")
    factories.seen_with(dry, thirst)
    factories.seen_with(dry, cramps, "sometimes")
    factories.seen_with(salty, cramps)
    factories.seen_with(salty, seizure, "rare")
    factories.seen_with(salty, weakness)
    page = page_with(SymptomTableSection(table=table_of(dry, salty)))
    assert rows(drawn(client.get(page.path))) == [
        ["Symptom", "Dry", "Salty"],
        ["Common signs"],
        ["Cramps", "Sometimes", "Common"],
        ["Thirst", "Common", ""],
        ["Get help now"],
        ["Seizure", "", "Rare"],
        ["Ask for help today Call at once where its page says so."],
        ["A weak muscle", "", "Common"],
    ]


def test_symptom_that_is_more_urgent_with_one_cause_counts_as_that(client):
    dry, coffee = (factories.cause(title=title, live=False) for title in ("Dry", "Coffee"))
    pulse = factories.symptom(title="Fast pulse", urgency="urgent")
    factories.seen_with(dry, pulse, "rare", urgency="emergency")
    factories.seen_with(coffee, pulse)
    for cause in (dry, coffee):
        factories.publish(cause)
    page = page_with(SymptomTableSection(table=table_of(dry, coffee)))
    assert rows(drawn(client.get(page.path)))[1:] == [["Get help now"], ["Fast pulse", "Rare", "Common"]]
    assert drawn(client.get(dry.path)).select_one(".urgency").get_text() == "Emergency"
    assert drawn(client.get(coffee.path)).select_one(".urgency").get_text() == "Urgent"


def test_symptom_table_keeps_the_column_of_a_cause_that_nothing_is_seen_with(client):
    dry, bare = factories.cause(title="Dry"), factories.cause(title="Bare")
    factories.seen_with(dry, factories.symptom(title="Thirst", urgency="self_care"))
    factories.seen_with(bare, factories.symptom(live=False))
    page = page_with(SymptomTableSection(table=table_of(dry, bare, factories.cause(title="Barer"))))
    assert rows(drawn(client.get(page.path))) == [
        ["Symptom", "Dry", "Bare", "Barer"],
        ["Common signs"],
        ["Thirst", "Common", "", ""],
    ]


def test_fact_corrected_once_is_right_in_the_table_at_once(client):
    cause, symptom = factories.cause(live=False), factories.symptom(title="Thirst")
    factories.seen_with(cause, symptom)
    factories.publish(cause)
    page = page_with(SymptomTableSection(table=table_of(cause)))
    data = freeze(cause)
    data["parts"]["causes.causesymptom"][0]["frequency"] = "rare"
    drafts.save_draft(cause, data, by=None)
    assert ["Thirst", "Common"] in rows(drawn(client.get(page.path)))
    publishing.publish(cause, by=None)
    assert ["Thirst", "Rare"] in rows(drawn(client.get(page.path)))


def test_hidden_rows_stand_in_no_section(client):
    hidden = factories.cause(live=False, title="Hidden cause")
    cause = factories.cause(title="Seen cause")
    factories.claim(hidden, statement="Hidden claim.")
    factories.seen_with(cause, factories.symptom(live=False, title="Hidden symptom"))
    factories.medication_class(live=False, title="Hidden medicines")
    nutrient = factories.nutrient(live=False, title="Hidden nutrient")
    page = factories.article(live=False)
    for ordering, section in enumerate(
        [
            CauseListSection(),
            ClaimListSection(page=hidden),
            SymptomTableSection(table=table_of(hidden, cause)),
            MedicineTableSection(),
            NutritionSection(nutrient=nutrient),
        ]
    ):
        section.parent, section.ordering = page, ordering
        section.save()
    text = drawn(client.get(factories.publish(page).path)).get_text()
    assert "Seen cause" in text
    assert "Hidden" not in text


def test_article_stands_when_every_column_of_its_table_is_hidden(client):
    cause = factories.cause()
    page = page_with(SymptomTableSection(table=table_of(cause)))
    publishing.unpublish(cause, by=None)
    assert not drawn(client.get(page.path)).select("table")


def test_headings_do_not_take_the_addresses_of_the_page_itself(client):
    page = factories.article(live=False)
    page.articles_textsection_set.create(heading="Sources", body="<p>x</p>", ordering=20)
    soup = drawn(client.get(factories.publish(page).path))
    assert soup.select_one("#sources-2").get_text() == "Sources"


def test_page_without_an_author_has_no_empty_byline(client):
    page = factories.article(live=False)
    page.bylines.all().delete()
    text = drawn(client.get(factories.publish(page).path)).get_text()
    assert "By " not in text
    assert "Who wrote this" not in text


def test_cause_list_follows_likelihood_and_keeps_to_its_group(client):
    rare = factories.group(position=9)
    everyday = factories.group(position=1)
    inner = factories.group(position=1, parent=rare)
    for title, group, position in [
        ("Third", rare, 1),
        ("Second", everyday, 2),
        ("Fourth", inner, 1),
        ("First", everyday, 1),
    ]:
        factories.cause(title=title, group=group, position=position)

    def listed(page):
        return [link.get_text(strip=True) for link in drawn(client.get(page.path)).select(".cause-lines a")]

    assert listed(page_with(CauseListSection())) == ["First", "Second", "Third", "Fourth"]
    assert listed(page_with(CauseListSection(group=rare))) == ["Third", "Fourth"]
    assert listed(page_with(CauseListSection(group=inner))) == ["Fourth"]


def test_medicine_table_names_both_names_movement_and_evidence(client):
    first = factories.medication_class(
        title="Reliever inhalers", usual_movement="fine tremor", evidence="limited", live=False
    )
    Medication.objects.create(medication_class=first, inn="salbutamol", us_name="albuterol")
    factories.publish(first)
    factories.medication_class(title="Others")
    page = page_with(MedicineTableSection())
    section = MedicineTableSection.objects.get()
    soup = drawn(client.get(page.path))
    assert "Do not stop or change a prescribed medicine" in soup.get_text()
    _, inhalers, others = rows(soup)
    assert inhalers == ["Reliever inhalers salbutamol (albuterol)", "Fine tremor", "Limited evidence"]
    assert others[0] == "Others"
    assert soup.select_one("tbody a")["href"] == first.path
    section.classes.set([first])
    data = freeze(page)
    drafts.save_draft(page, data, by=None)
    factories.publish(page)
    assert len(rows(drawn(client.get(page.path)))) == 2


def test_claim_shows_its_label_why_and_numbered_sources(client):
    one, two = factories.reference("one-2001", status="confirmed"), factories.reference("two-2002")
    page = factories.article(live=False, text='<p>x <a href="#source-two-2002">source</a></p>')
    factories.claim(page, one, two, statement="It is so.", evidence="not_supported", why="One small study.")
    ClaimListSection.objects.create(parent=page, ordering=20)
    soup = drawn(client.get(factories.publish(page).path))
    claim = soup.select_one(".claim")
    assert "It is so." in claim.get_text()
    assert claim.select_one("[data-evidence]").get_text() == "Not supported"
    assert "One small study." in claim.get_text()
    assert [link["href"] for link in claim.select("a")] == ["#source-one-2001", "#source-two-2002"]
    listed = soup.select(".sources li")
    assert [item["id"] for item in listed] == ["source-two-2002", "source-one-2001"]
    assert "to be checked" in listed[0].get_text()
    assert "to be checked" not in listed[1].get_text()


def test_help_card_says_its_urgency_in_the_heading(client):
    page = page_with(HelpCardSection(urgency="urgent", heading="Ask for help today if", body="<ul><li>a</li></ul>"))
    assert drawn(client.get(page.path)).select_one(".help-card h3").get_text() == "Urgent: Ask for help today if"


def test_quote_and_callout_are_drawn(client):
    page = factories.article(live=False)
    source = factories.reference("one-2001")
    QuoteSection.objects.create(parent=page, quote="<p>Said.</p>", attribution="A person", source=source, ordering=20)
    CalloutSection.objects.create(parent=page, heading="Stop here", body="<p>Rest.</p>", ordering=30)
    soup = drawn(client.get(factories.publish(page).path))
    assert soup.select_one("blockquote").get_text() == "Said."
    assert soup.select_one("figcaption").get_text() == "A person1"
    assert "Stop here" in soup.select_one(".callout").get_text()


def test_contents_lead_to_each_topic_even_when_headings_repeat(client):
    page = factories.article(live=False)
    for ordering in (20, 30):
        page.articles_textsection_set.create(heading="First heading", body="<p>x</p>", ordering=ordering)
    soup = drawn(client.get(factories.publish(page).path))
    links = [link["href"] for link in soup.select(".contents a")]
    assert links == ["#first-heading", "#first-heading-2", "#first-heading-3"]
    assert all(soup.select_one(link) for link in links)


def test_page_says_that_no_clinician_has_reviewed_it_until_one_has(client):
    page = factories.article()
    assert "No clinician has reviewed this page yet." in drawn(client.get(page.path)).get_text()
    data = freeze(page)
    data["fields"] |= {"reviewed_by": str(factories.author(name="Dr Test").pk), "reviewed_on": "2026-01-15"}
    drafts.save_draft(page, data, by=None)
    text = drawn(client.get(factories.publish(page).path)).get_text()
    assert "Reviewed by Dr Test on 15 January 2026" in text
    assert "No clinician" not in text.split("About this page")[1].split("General information")[0]
