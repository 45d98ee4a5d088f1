"""The cause explorer: what fits, why it is listed, how many fit each other answer, and addresses that can be shared."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.db.models import OuterRef, Subquery
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import Page, Revision
from causes.body_map import PLACES
from causes.models import Answer, Cause, CauseSymptom, Clue, DotsSection
from tests import factories

pytestmark = pytest.mark.django_db

QUERIES = 8


def drawn(client, query=""):
    response = client.get(f"/causes/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def found(soup):
    return [link.get_text() for link in soup.select(".cause-card__link")]


def reasons(soup, number=0):
    return [item.get_text(" ", strip=True) for item in soup.select(".cause-card")[number].select(".reasons li")]


def counts(soup, name):
    """The number of causes beside each answer that a link offers."""
    items = soup.select(f"section[aria-labelledby=answers-{name}] li:has(.kind)")
    return {item.a.get_text(): int(item.select_one(".kind").next) for item in items}


def chosen(soup):
    return [item.get_text(" ", strip=True) for item in soup.select(".chosen__answers li")]


def cause(title, *answers, seen_with=(), live=True, **fields):
    made = factories.cause(title=title, live=False, **fields)
    for answer in answers:
        factories.clue(made, answer)
    for symptom in seen_with:
        factories.seen_with(made, symptom)
    return factories.publish(made) if live else made


@pytest.fixture
def cramps():
    return factories.symptom(slug="cramps", title="Cramps")


@pytest.fixture
def site(cramps):
    """Three live causes, likeliest first, and one that readers must not see."""
    everyday, rare = (
        factories.group(slug=slug, name=slug.title(), position=n) for n, slug in [(1, "daily"), (2, "rare")]
    )
    cause("Exercise", "in-calf", "in-thigh", "after-exercise", seen_with=[cramps], group=everyday)
    cause("Coffee", "in-eyelid", "after-caffeine", group=everyday)
    cause("Isaacs", "in-calf", "feels-ripple", seen_with=[cramps], group=rare, relation="asked_about")
    cause("Hidden", "in-calf", seen_with=[cramps], group=rare, live=False)


def test_overview_has_every_live_cause_likeliest_first_and_no_reasons(client, site):
    soup = drawn(client)
    assert found(soup) == ["Exercise", "Coffee", "Isaacs"]
    assert not soup.select(".reasons, .chosen, meta[name=robots]")
    assert soup.select_one("link[rel=canonical]")["href"].endswith("/causes/")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?where=in-calf", ["Exercise", "Isaacs"]),
        ("?where=in-eyelid", ["Coffee"]),
        ("?feel=feels-ripple", ["Isaacs"]),
        ("?trigger=after-exercise", ["Exercise"]),
        ("?symptom=cramps", ["Exercise", "Isaacs"]),
        ("?group=daily", ["Exercise", "Coffee"]),
        ("?kind=asked_about", ["Isaacs"]),
        ("?where=in-calf&symptom=cramps&kind=cause", ["Exercise"]),
        ("?where=in-calf&group=rare", ["Isaacs"]),
        ("?where=in-calf&trigger=after-caffeine", []),
        ("?where=in-tongue", []),
    ],
)
def test_all_answers_must_fit(client, site, query, titles):
    soup = drawn(client, query)
    assert found(soup) == titles
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert not soup.select("link[rel=canonical]")


def test_outer_group_holds_the_causes_of_the_groups_inside_it(client):
    outer = factories.group(slug="rare")
    cause("Isaacs", group=factories.group(slug="overactive", parent=outer))
    cause("Coffee")
    for query in ("?group=rare", "?group=overactive"):
        assert found(drawn(client, query)) == ["Isaacs"]


def test_medicine_fits_the_causes_that_name_it(client):
    medicine, hidden = factories.medication_class(slug="lithium"), factories.medication_class(slug="old", live=False)
    named = cause("Medicines", live=False)
    factories.clue(named, medication_class=medicine, why="Lithium can.", evidence="some")
    factories.clue(named, medication_class=hidden)
    factories.publish(named)
    cause("Coffee")
    soup = drawn(client, "?medicine=lithium")
    assert found(soup) == ["Medicines"]
    assert reasons(soup) == [f"{medicine.title}: Lithium can. 1 Some evidence"]
    assert chosen(drawn(client, "?medicine=old")) == []


def test_each_answer_is_a_reason_with_its_fact_label_and_source(client, cramps):
    made = cause("Exercise", seen_with=[cramps], live=False)
    source = factories.reference("desai-1997")
    factories.clue(made, "in-calf", source, factories.reference("reed-1963"), why="Calves tire.", evidence="limited")
    factories.publish(made)
    soup = drawn(client, "?where=in-calf&symptom=cramps&kind=cause")
    place, symptom, kind = reasons(soup)
    assert place == "Calf: Calves tire. 1 2 Limited evidence"
    assert symptom == "Cramps : Common with this cause."
    assert kind.startswith("A cause of twitching")
    assert [source["id"] for source in soup.select(".sources li")] == ["source-desai-1997", "source-reed-1963"]


def test_answer_that_speaks_against_a_cause_does_not_list_it(client):
    made = cause("Isaacs", live=False)
    factories.clue(made, "in-eyelid", fit="against")
    factories.publish(made)
    assert found(drawn(client, "?where=in-eyelid")) == []


def test_page_about_a_place_lists_its_usual_causes_too(client):
    made = cause("Stress")
    area = factories.body_area(made, slug="calf", title="Calf")
    soup = drawn(client, "?where=in-calf")
    assert found(soup) == ["Stress"]
    assert reasons(soup) == ["Calf : Among the usual causes there."]
    assert soup.select_one(".reasons a")["href"] == area.path


def test_symptom_of_a_page_that_readers_cannot_see_is_no_answer(client):
    cause("Exercise", seen_with=[factories.symptom(slug="cramps", live=False)])
    assert chosen(drawn(client, "?symptom=cramps")) == []


def test_counts_say_how_many_the_link_leads_to(client, site):
    for query in ("", "?where=in-calf", "?symptom=cramps&group=rare"):
        soup = drawn(client, query)
        links = soup.select(".explorer__answers li:has(.kind)")
        assert len(links) > 3
        for item in links:
            leads_to = found(drawn(client, item.a["href"].removeprefix("/causes/")))
            assert len(leads_to) == int(item.select_one(".kind").next), item


def test_counts_respect_what_else_is_chosen(client, site):
    assert counts(drawn(client), "where") == {"Calf": 2, "Thigh or hip": 1, "Eyelid": 1}
    assert counts(drawn(client, "?kind=asked_about"), "where") == {"Calf": 1}
    assert counts(drawn(client, "?where=in-calf"), "where") == {"Thigh or hip": 1, "Eyelid": 1}  # instead of the calf


def test_address_can_be_shared_and_each_answer_taken_back(client, site):
    soup = drawn(client, "?symptom=cramps&where=in-calf")
    assert chosen(soup) == ["Place: Calf Remove Calf", "Symptom: Cramps Remove Cramps"]
    links = [item.a["href"] for item in soup.select(".chosen__answers li")]
    assert links == ["/causes/?symptom=cramps", "/causes/?where=in-calf"]
    assert [option["value"] for option in soup.select("option[selected]")] == ["in-calf", "cramps"]
    assert "Calf, Cramps" in soup.title.get_text()


def test_unanswered_questions_of_the_form_change_nothing(client, site):
    query = "?where=in-calf&feel=&trigger=&symptom=&medicine=&group=&kind="
    assert found(drawn(client, query)) == found(drawn(client, "?where=in-calf"))


@pytest.mark.parametrize(
    "query",
    ["?where=in-nowhere", "?where=", "?utm_source=x", "?symptom=%00", "?kind=cause%27--", "?feel=in-calf", "?%ff=%ff"],
)
def test_what_no_question_knows_is_passed_over(client, site, query):
    soup = drawn(client, query)
    assert found(soup) == ["Exercise", "Coffee", "Isaacs"]
    assert soup.select("link[rel=canonical]")


def test_second_answer_to_one_question_is_passed_over(client, site):
    assert chosen(drawn(client, "?where=nowhere&where=in-calf&where=in-eyelid")) == ["Place: Calf Remove Calf"]


def test_nothing_that_fits_gives_ways_on(client, site):
    soup = drawn(client, "?where=in-calf&trigger=after-caffeine")
    links = {link.get_text(): link["href"] for link in soup.select(".chosen .ways-in a")}
    assert links["Without “Calf”: 1 cause"] == "/causes/?trigger=after-caffeine"
    assert links["Show every cause"] == "/causes/"
    assert {"/check/", "/search/"} <= set(links.values())


def test_where_each_answer_but_one_fails_that_one_is_offered(client, site):
    soup = drawn(client, "?where=in-tongue&trigger=after-alcohol&symptom=cramps")
    links = {link.get_text(): link["href"] for link in soup.select(".chosen .ways-in a")}
    assert links["Only “Cramps”: 2 causes"] == "/causes/?symptom=cramps"
    assert not any("Tongue" in text or "alcohol" in text for text in links)


@pytest.mark.parametrize(("urgency", "is_shown"), [("emergency", True), ("urgent", True), ("routine", False)])
def test_symptom_that_needs_help_soon_says_so_before_any_cause(client, urgency, is_shown):
    symptom = factories.symptom(slug="seizure", title="Seizure", urgency=urgency)
    cause("Low magnesium", seen_with=[symptom])
    card = drawn(client, "?symptom=seizure").select_one("h1 + .standfirst + .help-card")
    assert bool(card) == is_shown
    if card:
        assert symptom.path in {link["href"] for link in card.select("a")}
        assert ("999" in card.get_text()) == (urgency == "emergency")


def test_overview_begins_with_how_common_twitching_is(client, site):
    page = factories.article(live=False)
    source = factories.reference("reed-1963")
    fields = {
        "filled_label": "have had twitches",
        "rest_label": "have not",
        "caption": "About 7 in 10.",
        "source": source,
    }
    DotsSection.objects.create(parent=page, filled=70, ordering=20, **fields)
    assert not drawn(client).select("figure")
    factories.publish(page)
    soup = drawn(client)
    assert "70 of 100 have had twitches" in soup.select_one("figure").get_text()
    assert soup.select_one("#source-reed-1963")


def test_body_map_and_its_list_lead_to_the_same_places_in_the_same_order(client, site):
    area = factories.body_area(slug="calf", title="The calf")
    soup = BeautifulSoup(client.get("/body/").content, "html.parser")
    figure = [(link.title.get_text(), link["href"]) for link in soup.select(".body-map svg a")]
    assert figure == [(link.get_text(), link["href"]) for link in soup.select(".body-map li > a:first-child")]
    assert [href for _, href in figure] == [f"/causes/?where={place.answer.value}" for place in PLACES]
    assert len(figure) == 12
    [page] = soup.select(".body-map__page")
    assert (page["href"], page.get_text()) == (area.path, "What it means: The calf")


def test_body_map_of_the_explorer_keeps_the_other_answers(client, site):
    soup = drawn(client, "?symptom=cramps&where=in-calf")
    links = {link.title.get_text(): link for link in soup.select(".body-map svg a")}
    assert links["Thumb"]["href"] == "/causes/?where=in-thumb&symptom=cramps"
    assert [name for name, link in links.items() if link.has_attr("aria-current")] == ["Calf"]


def test_every_place_of_the_body_is_on_the_map():
    assert [place.answer for place in PLACES] == [
        answer
        for answer in Answer
        if answer.value.startswith("in-") and answer not in {Answer.IN_SEVERAL_PLACES, Answer.IN_ALL_OVER}
    ]


def multiply(count, symptom, medicine):
    """So many live causes, each with clues and a symptom, written at once."""
    group, source = factories.group(), factories.reference()
    pages = [
        Page(kind="causes.cause", slug=f"many-{count}-{n}", title=f"Many {n}", standfirst="In short.")
        for n in range(count)
    ]
    with transaction.atomic():
        Page.objects.bulk_create(pages)
        Revision.objects.bulk_create(Revision(page=page, number=1, data={}) for page in pages)
        revision = Revision.objects.filter(page=OuterRef("pk")).values("pk")
        Page.objects.filter(slug__startswith=f"many-{count}-").update(live_revision=Subquery(revision))
        for page in pages:
            Cause(page_ptr=page, group=group, evidence="some").save_base(raw=True)
        answers = [{"answer": "in-calf"}, {"answer": "after-exercise"}, {"medication_class": medicine}]
        clues = [
            Clue(cause_id=page.pk, why="It is so.", fit="typical", evidence="some", **answer)
            for page in pages
            for answer in answers
        ]
        Clue.objects.bulk_create(clues)
        links = Clue.references.through
        links.objects.bulk_create(links(clue=clue, reference=source) for clue in clues)
        CauseSymptom.objects.bulk_create(
            CauseSymptom(cause_id=page.pk, symptom=symptom, frequency="common") for page in pages
        )


def test_queries_are_fixed_at_10_and_at_1000_causes_and_whatever_is_chosen(client, counting, cramps):
    factories.body_area(slug="calf")
    medicine = factories.medication_class(slug="lithium")
    needed = []
    for count in (10, 990):
        multiply(count, cramps, medicine)
        needed.append(
            [
                counting(lambda query=query: client.get(f"/causes/{query}"))
                for query in (
                    "",
                    "?where=in-calf",
                    "?where=in-calf&symptom=cramps&trigger=after-exercise&medicine=lithium&kind=cause",
                    "?where=in-tongue&symptom=cramps",
                )
            ]
        )
    assert len(found(drawn(client, "?where=in-calf"))) == 1000
    assert needed[0] == needed[1]
    assert max(needed[0]) <= QUERIES


values = st.sampled_from(["in-calf", "after-exercise", "cramps", "daily", "asked_about", "", "nonsense"]) | st.text()
names = st.sampled_from(["where", "feel", "trigger", "symptom", "medicine", "group", "kind", "page"]) | st.text()


@given(pairs=st.lists(st.tuples(names, values), max_size=9))
@example(pairs=[("where", "\x00"), ("group", "'"), ("kind", "\ud800".encode("utf-8", "replace").decode())])
def test_any_query_string_gives_a_page_whose_causes_all_say_why(client, site, pairs):
    response = client.get("/causes/", pairs)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    answers = len(chosen(soup))
    assert all(len(reasons(soup, number)) == answers for number in range(len(found(soup))))


@given(query=st.text())
@example(query="where=in-calf;where=x&&&==&%")
def test_any_text_for_a_query_string_gives_a_page(client, query):
    assert (
        client.get("/causes/", QUERY_STRING=query.encode("utf-8", "surrogatepass").decode("latin-1")).status_code == 200
    )
