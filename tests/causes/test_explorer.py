"""The cause explorer: what fits, why it is listed, how many fit each other answer, and addresses that can be shared."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from causes.body_map import PLACES
from causes.models import Answer, Cause, CauseGroup, CauseSymptom, Clue, DotsSection
from tests import factories
from tests.pages import drawn

pytestmark = pytest.mark.django_db

QUERIES = 9


def listed(client, query=""):
    return drawn(client.get(f"/causes/{query}"))


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
    soup = listed(client)
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
    soup = listed(client, query)
    assert found(soup) == titles
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert not soup.select("link[rel=canonical]")


def test_outer_group_holds_the_causes_of_the_groups_inside_it(client):
    outer = factories.group(slug="rare")
    cause("Isaacs", group=factories.group(slug="overactive", parent=outer))
    cause("Coffee")
    for query in ("?group=rare", "?group=overactive"):
        assert found(listed(client, query)) == ["Isaacs"]


def test_medicine_fits_the_causes_that_name_it(client):
    medicine, hidden = factories.medication_class(slug="lithium"), factories.medication_class(slug="old", live=False)
    named = cause("Medicines", live=False)
    factories.clue(named, medication_class=medicine, why="Lithium can.", evidence="some")
    factories.clue(named, medication_class=hidden)
    factories.publish(named)
    cause("Coffee")
    soup = listed(client, "?medicine=lithium")
    assert found(soup) == ["Medicines"]
    assert reasons(soup) == [f"{medicine.title}: Lithium can. 1 Some evidence"]
    assert chosen(listed(client, "?medicine=old")) == []


def test_each_answer_is_a_reason_with_its_fact_label_and_source(client, cramps):
    made = cause("Exercise", seen_with=[cramps], live=False)
    source = factories.reference("desai-1997")
    factories.clue(made, "in-calf", source, factories.reference("reed-1963"), why="Calves tire.", evidence="limited")
    factories.publish(made)
    soup = listed(client, "?where=in-calf&symptom=cramps&kind=cause")
    place, symptom, kind = reasons(soup)
    assert place == "Calf: Calves tire. 1 2 Limited evidence"
    assert symptom == "Cramps : Common with this cause."
    assert kind.startswith("A cause of twitching")
    assert [source["id"] for source in soup.select(".sources li")] == ["source-desai-1997", "source-reed-1963"]


def test_answer_that_speaks_against_a_cause_does_not_list_it(client):
    made = cause("Isaacs", live=False)
    factories.clue(made, "in-eyelid", fit="against")
    factories.publish(made)
    assert found(listed(client, "?where=in-eyelid")) == []


def test_page_about_a_place_lists_its_usual_causes_too(client):
    made = cause("Stress")
    area = factories.body_area(made, slug="calf", title="Calf")
    soup = listed(client, "?where=in-calf")
    assert found(soup) == ["Stress"]
    assert reasons(soup) == ["Calf : Among the usual causes there."]
    assert soup.select_one(".reasons a")["href"] == area.path


def test_symptom_of_a_page_that_readers_cannot_see_is_no_answer(client):
    cause("Exercise", seen_with=[factories.symptom(slug="cramps", live=False)])
    assert chosen(listed(client, "?symptom=cramps")) == []


def test_counts_say_how_many_the_link_leads_to(client, site):
    for query in ("", "?where=in-calf", "?symptom=cramps&group=rare"):
        soup = listed(client, query)
        links = soup.select(".explorer__answers li:has(.kind)")
        assert len(links) > 3
        for item in links:
            leads_to = found(listed(client, item.a["href"].removeprefix("/causes/")))
            assert len(leads_to) == int(item.select_one(".kind").next), item


def test_counts_respect_what_else_is_chosen(client, site):
    assert counts(listed(client), "where") == {"Calf": 2, "Thigh or hip": 1, "Eyelid": 1}
    assert counts(listed(client, "?kind=asked_about"), "where") == {"Calf": 1}
    assert counts(listed(client, "?where=in-calf"), "where") == {"Thigh or hip": 1, "Eyelid": 1}  # instead of the calf


def test_address_can_be_shared_and_each_answer_taken_back(client, site):
    soup = listed(client, "?symptom=cramps&where=in-calf")
    assert chosen(soup) == ["Place: Calf Remove Calf", "Symptom: Cramps Remove Cramps"]
    links = [item.a["href"] for item in soup.select(".chosen__answers li")]
    assert links == ["/causes/?symptom=cramps", "/causes/?where=in-calf"]
    assert [option["value"] for option in soup.select("option[selected]")] == ["in-calf", "cramps"]
    assert "Calf, Cramps" in soup.title.get_text()


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("?where=in-calf&feel=&trigger=&symptom=&medicine=&group=&kind=", "/causes/?where=in-calf"),
        ("?symptom=cramps&kind=&where=in-calf", "/causes/?where=in-calf&symptom=cramps"),
        ("?where=&feel=&trigger=&symptom=&medicine=&group=&kind=", "/causes/"),
        ("?where=in-nowhere&kind=", "/causes/"),
        ("?where=&where=in-calf", "/causes/?where=in-calf"),
        ("?page=", "/causes/"),
        ("?page=7&kind=", "/causes/"),
        ("?next=//elsewhere.example/&kind=", "/causes/"),
        ("?//elsewhere.example/", "/causes/"),
        (f"?kind=&x={'x' * 20_000}", "/causes/"),
    ],
)
def test_questions_left_open_do_not_stay_in_the_address(client, site, sent, address):
    response = client.get(f"/causes/{sent}")
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["?where=in-nowhere", "?utm_source=x", "?symptom=%00", "?kind=cause%27--", "?feel=in-calf", "?%ff=%ff"],
)
def test_what_no_question_knows_is_passed_over(client, site, query):
    soup = listed(client, query)
    assert found(soup) == ["Exercise", "Coffee", "Isaacs"]
    assert soup.select("link[rel=canonical]")


def test_second_answer_to_one_question_is_passed_over(client, site):
    assert chosen(listed(client, "?where=nowhere&where=in-calf&where=in-eyelid")) == ["Place: Calf Remove Calf"]


def test_nothing_that_fits_gives_ways_on(client, site):
    soup = listed(client, "?where=in-calf&trigger=after-caffeine")
    links = {link.get_text(): link["href"] for link in soup.select(".chosen .ways-in a")}
    assert links["Without “Calf”: 1 cause"] == "/causes/?trigger=after-caffeine"
    assert links["Show every cause"] == "/causes/"
    assert {"/check/", "/search/"} <= set(links.values())


def test_where_each_answer_but_one_fails_that_one_is_offered(client, site):
    soup = listed(client, "?where=in-tongue&trigger=after-alcohol&symptom=cramps")
    links = {link.get_text(): link["href"] for link in soup.select(".chosen .ways-in a")}
    assert links["Only “Cramps”: 2 causes"] == "/causes/?symptom=cramps"
    assert not any("Tongue" in text or "alcohol" in text for text in links)


@pytest.mark.parametrize(("urgency", "is_shown"), [("emergency", True), ("urgent", True), ("routine", False)])
def test_symptom_that_needs_help_soon_says_so_before_any_cause(client, urgency, is_shown):
    symptom = factories.symptom(slug="seizure", title="Seizure", urgency=urgency)
    cause("Low magnesium", seen_with=[symptom])
    card = listed(client, "?symptom=seizure").select_one("h1 + .standfirst + .help-card")
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
    assert not listed(client).select("figure")
    factories.publish(page)
    soup = listed(client)
    assert "70 of 100 have had twitches" in soup.select_one("figure").get_text()
    assert soup.select_one("#source-reed-1963")


def test_body_map_and_its_list_lead_to_the_same_places_in_the_same_order(client, site):
    area = factories.body_area(slug="calf", title="The calf")
    soup = listed(client)
    figure = [(link.title.get_text(), link["href"]) for link in soup.select(".body-map svg a")]
    assert figure == [(link.get_text(), link["href"]) for link in soup.select(".body-map li > a:first-child")]
    assert [href for _, href in figure] == [f"/causes/?where={place.answer.value}" for place in PLACES]
    assert len(figure) == 12
    [page] = soup.select(".body-map__more")
    assert (page["href"], page.get_text()) == (area.path, "What it means: The calf")


def test_body_map_of_the_explorer_keeps_the_other_answers(client, site):
    soup = listed(client, "?symptom=cramps&where=in-calf")
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
    """So many live causes in a group of their own, each with clues and a symptom."""
    source = factories.reference()
    pages = factories.many(Cause, count, group=factories.group(), evidence="some")
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
    assert "1,000 of 1,000 causes" in listed(client, "?where=in-calf").select_one("#found").get_text()
    assert needed[0] == needed[1]
    assert max(needed[0]) <= QUERIES
    assert len({counting(lambda page=page: client.get(f"/causes/?where=in-calf&page={page}")) for page in PAGES}) == 1
    assert len({counting(lambda page=page: client.get(f"/causes/?page={page}")) for page in PAGES[1:]}) == 1


PAGES = range(1, 18)


@pytest.fixture
def long_list(cramps):
    """130 causes on three pages: the first group ends on the second page, where the other begins."""
    medicine = factories.medication_class(slug="lithium")
    multiply(70, cramps, medicine)
    multiply(60, cramps, medicine)
    return CauseGroup.objects.order_by("position")


@pytest.mark.parametrize("answer", ["", "where=in-calf&"])
def test_long_list_has_each_cause_on_one_of_its_pages_in_one_order(client, long_list, answer):
    pages = [listed(client, f"?{answer}page={number}") for number in (1, 2, 3)]
    links = [link["href"] for soup in pages for link in soup.select(".cause-card__link")]
    assert links == [cause.path for cause in Cause.objects.for_overview()]
    assert [soup.select_one(".shown").get_text() for soup in pages] == [
        "130 causes, 1 to 60 shown.",
        "130 causes, 61 to 120 shown.",
        "130 causes, 121 to 130 shown.",
    ]


def test_groups_keep_their_headings_on_each_page(client, long_list):
    first, second = (group.name for group in long_list)
    headings = [
        [heading.get_text() for heading in listed(client, f"?page={number}").select(".cause-group > h2")]
        for number in (1, 2, 3)
    ]
    assert headings == [[first], [first, second], [second]]


def test_pages_lead_to_one_another_and_keep_the_answers(client, long_list):
    pages = [listed(client, f"?where=in-calf&page={number}") for number in (1, 2, 3)]
    assert [[link["href"] for link in soup.select(".list-pages a")] for soup in pages] == [
        ["/causes/?where=in-calf&page=2"],
        ["/causes/?where=in-calf", "/causes/?where=in-calf&page=3"],
        ["/causes/?where=in-calf&page=2"],
    ]
    assert pages[1].select_one(".chosen__answers a")["href"] == "/causes/"


def test_link_to_a_group_leads_on_to_the_page_where_it_begins(client, long_list):
    _, second = long_list
    [led_to] = listed(client).select(f"#group-{second.slug}")
    query, fragment = led_to.a["href"].removeprefix("/causes/").split("#")
    assert query == "?page=2"
    assert listed(client, query).select_one(f".cause-group > h2#{fragment}")
    for number in (1, 2, 3):
        for group in long_list:
            assert len(listed(client, f"?page={number}").select(f"#group-{group.slug}")) == 1


def test_pages_of_the_whole_list_have_names_and_addresses_of_their_own(client, long_list):
    first, second = listed(client), listed(client, "?page=2&utm_source=x")
    assert second.title.get_text() != first.title.get_text()
    assert second.select_one("link[rel=canonical]")["href"].endswith("/causes/?page=2")
    assert first.select_one("details.explorer").has_attr("open")
    assert not second.select_one("details.explorer").has_attr("open")


@pytest.mark.parametrize(("count", "has_pages"), [(60, False), (61, True)])
def test_list_that_fits_on_one_page_says_nothing_of_pages(client, count, has_pages):
    factories.many(Cause, count, group=factories.group(), evidence="some")
    soup = listed(client)
    assert len(found(soup)) == 60
    assert bool(soup.select(".shown, .list-pages")) == has_pages


@pytest.mark.parametrize("number", ["0", "-1", "4", "x", "1.5", "%00", "²", "9" * 5_000, "2%20", "3&page=x", "1e9"])
def test_any_number_of_a_page_gives_a_page(client, long_list, number):
    assert found(listed(client, f"?page={number}"))


@pytest.mark.parametrize("query", ["", "?where=in-calf"])
def test_reader_who_does_not_know_the_word_is_led_on(client, site, query):
    assert {"/check/", "/movements/"} <= {link["href"] for link in listed(client, query).select("main > p a")}


def test_site_without_causes_leads_to_the_rest(client):
    assert listed(client).select_one("main > p a[href='/a-to-z/']")


values = st.sampled_from(["in-calf", "after-exercise", "cramps", "daily", "asked_about", "", "nonsense"]) | st.text()
names = st.sampled_from(["where", "feel", "trigger", "symptom", "medicine", "group", "kind", "page"]) | st.text()


@given(pairs=st.lists(st.tuples(names, values), max_size=9))
@example(pairs=[("where", "\x00"), ("group", "'"), ("kind", "\ud800".encode("utf-8", "replace").decode())])
def test_any_query_string_gives_a_page_whose_causes_all_say_why(client, site, pairs):
    response = client.get("/causes/", pairs, follow=True)
    assert response.status_code == 200
    assert [address for address, _ in response.redirect_chain if not address.startswith("/causes/")] == []
    assert len(response.redirect_chain) <= 1
    soup = BeautifulSoup(response.content, "html.parser")
    answers = len(chosen(soup))
    assert all(len(reasons(soup, number)) == answers for number in range(len(found(soup))))


@given(query=st.text())
@example(query="where=in-calf;where=x&&&==&%")
def test_any_text_for_a_query_string_gives_a_page(client, query):
    sent = query.encode("utf-8", "surrogatepass").decode("latin-1")
    assert client.get("/causes/", QUERY_STRING=sent).status_code in {200, 302}
