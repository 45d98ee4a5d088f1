"""“What fits?”: how causes are weighed, the page, and the file of red flags."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from causes.check.judging import judge
from causes.check.knowledge import Knowledge
from causes.check.red_flags import RedFlag, red_flags
from causes.check.told import Told
from causes.check.views import check
from causes.models import Cause, Medication
from tests import factories
from tests.pages import drawn

from .test_explorer import multiply

QUERIES = 12
FORM = "application/x-www-form-urlencoded"


def send(client, told):
    return client.post("/check/", urlencode(told, doseq=True), content_type=FORM)


def posted(client, **told):
    return drawn(send(client, told))


# --- the rules ------------------------------------------------------------------------------------------------------


def cause(group, *clues, **fields):
    made = factories.cause(group=group, **fields)
    for answer, fit in clues:
        factories.clue(made, answer, fit=fit)
    return made


def first_of(*answers, symptoms=(), medicines=()):
    known = Knowledge()
    told = Told(frozenset(answers), frozenset(symptoms), frozenset(medicines))
    return [each.cause for each in judge(told, known.candidates, known.symptoms).fitting]


@pytest.fixture
def groups(db):
    return [factories.group(position=place) for place in range(3)]


def test_likelier_cause_comes_first_between_equals(groups):
    rare = cause(groups[0], ("in-calf", "possible"), position=2)
    everyday = cause(groups[0], ("in-calf", "possible"), position=1)
    assert first_of("in-calf") == [everyday, rare]


def test_typical_fact_outweighs_likelihood(groups):
    everyday, rare = cause(groups[0], ("in-calf", "possible")), cause(groups[2], ("after-infection", "typical"))
    assert first_of("in-calf", "after-infection") == [rare, everyday]


def test_fact_against_a_cause_moves_it_back(groups):
    eyelid = cause(groups[0], ("feels-flicker", "possible"), ("in-calf", "against"))
    other = cause(groups[1], ("feels-flicker", "possible"))
    assert first_of("feels-flicker") == [eyelid, other]
    assert first_of("feels-flicker", "in-calf") == [other]


def test_serious_symptom_that_a_cause_does_not_explain_moves_it_back(groups):
    weakness = factories.symptom(urgency="urgent")
    everyday, nerve = cause(groups[0], ("in-calf", "possible")), cause(groups[1], ("in-calf", "possible"))
    factories.seen_with(nerve, weakness, "sometimes")
    assert first_of("in-calf") == [everyday, nerve]
    assert first_of("in-calf", symptoms=[weakness.slug]) == [nerve]


NERVES = {"position": 8, "nature": "pathological"}
RARE = {"position": 9, "nature": "pathological"}


def test_rare_disease_is_not_named_alone_for_an_answer_of_which_nobody_else_has_a_clue(groups):
    everyday = cause(groups[0], ("after-exercise", "typical"))
    rare = cause(factories.group(**RARE), ("feels-cramp", "typical"), ("feels-ripple", "typical"))
    factories.cause(group=factories.group(**NERVES))
    cause(groups[1])
    cause(groups[2])
    assert first_of("feels-cramp") == []
    assert first_of("feels-cramp", "feels-ripple") == [rare]
    assert first_of("feels-cramp", "feels-ripple", "after-exercise") == [everyday, rare]


def test_nerve_is_not_blamed_for_a_twitch_alone(groups):
    cause(groups[0])
    nerve = cause(factories.group(**NERVES), ("in-hand", "typical"), ("after-neck-or-back-pain", "typical"))
    rare = cause(factories.group(**RARE), ("lasts-months", "typical"))
    weakness = factories.symptom(slug="muscle-weakness", urgency="urgent")
    factories.seen_with(rare, weakness)
    assert first_of("in-hand") == []
    assert first_of("in-hand", "after-neck-or-back-pain") == [nerve]
    assert first_of("lasts-months") == []
    assert first_of("lasts-months", symptoms=["muscle-weakness"]) == [rare]
    assert first_of("lasts-months", "sign-drops-or-trips") == [rare]


def test_serious_sign_that_a_cause_does_not_explain_moves_it_back(groups):
    cause(groups[0], ("in-calf", "possible"))
    explains = cause(groups[1], ("in-calf", "possible"), ("sign-both-legs-weak", "possible"))
    assert first_of("in-calf", "sign-both-legs-weak") == [explains]
    assert len(first_of("in-calf", "sign-self-harm")) == 2


def test_answer_that_means_a_symptom_counts_once(groups):
    cramps = factories.symptom(slug="cramps")
    knows, lists = cause(groups[0], ("feels-cramp", "typical")), cause(groups[0])
    for each in (knows, lists):
        factories.seen_with(each, cramps)
    known = Knowledge()
    points = {
        each.cause: each.points for each in judge(Told({"feels-cramp"}), known.candidates, known.symptoms).fitting
    }
    assert points == {knows: 4, lists: 4}


@pytest.mark.parametrize(
    ("more", "points"),
    [
        ("in-arm", 1),
        ("in-hand", -4),
        ("leading", 4),
        ("common", 2),
        ("sometimes", 1),
        ("rare", 1),
        ("not-listed", -1),
        ("serious", -3),
        ("sign-both-legs-weak", -3),
        ("sign-self-harm", 0),
        ("feels-shake", 0),
    ],
)
def test_each_fact_has_its_weight(groups, more, points):
    made = cause(groups[0], ("in-calf", "typical"), ("in-arm", "possible"), ("in-hand", "against"))
    for position, frequency in enumerate(("common", "common", "sometimes", "rare")):
        slug = frequency if position else "leading"
        factories.seen_with(made, factories.symptom(slug=slug), frequency, position=position)
    factories.symptom(slug="not-listed")
    factories.symptom(slug="serious", urgency="urgent")
    known = Knowledge()
    [candidate] = known.candidates

    def weigh(*told):
        return candidate.points(set(told), candidate.facts(set(told), known.symptoms))

    assert weigh("in-calf", more) - weigh("in-calf") == points
    assert (weigh("in-calf"), weigh()) == (4, -1)


def test_cause_that_nothing_speaks_for_is_not_named(groups):
    cause(groups[0], ("in-calf", "typical"))
    assert first_of("in-arm") == []


def test_medicine_that_was_told_counts(groups):
    medicine = factories.medication_class()
    caused = factories.cause(group=groups[0])
    factories.clue(caused, medication_class=medicine)
    assert first_of(medicines=[medicine.slug]) == [caused]


def test_hidden_pages_are_not_told_about(groups):
    hidden = factories.cause(group=groups[0], live=False)
    factories.clue(hidden, "in-calf")
    known = factories.cause(group=groups[0])
    factories.seen_with(known, factories.symptom(live=False, slug="secret"))
    assert first_of("in-calf", symptoms=["secret"]) == []


MULTIPART = "multipart/form-data; boundary=x"
IN_PARTS = b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\nin-calf\r\n--x--\r\n'


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestPage:
    def test_form_stays_filled(self, client):
        symptom = factories.symptom(urgency="routine")
        page = posted(client, answer=["in-calf", "after-exercise"], lasts="lasts-weeks", symptom=symptom.slug)
        ticked = {field["value"] for field in page.select("input[checked]")}
        assert ticked == {"in-calf", "after-exercise", "lasts-weeks", symptom.slug}
        assert page.select_one(f"details[open] [value={symptom.slug}]")

    def test_answer_folds_the_form_away_and_offers_no_word_that_a_history_would_keep(self, client):
        page = posted(client, answer="sign-self-harm")
        assert page.title.get_text().startswith("What fits?")
        assert page.select_one("details:not([open]) > form.check")["autocomplete"] == "off"

    def test_links_out_of_the_answer_open_beside_it(self, client):
        made = factories.cause()
        factories.clue(made, "in-calf", factories.reference(url="https://example.org/"))
        factories.seen_with(made, factories.symptom(slug="vomiting", urgency="urgent"))
        page = posted(client, answer=["in-calf"], symptom="vomiting")
        links = [
            link
            for link in page.select("main a[href]")
            if not link["href"].startswith("#") and not link.find_parent("form")
        ]
        assert {made.path, "/symptoms/vomiting/", "/numbers/", "https://example.org/"} <= {
            link["href"] for link in links
        }
        assert {(link["target"], *link["rel"]) for link in links} == {("_blank", "noopener")}
        assert "Links open beside this answer" in page.get_text()

    def test_what_an_answer_means_is_not_asked_twice(self, client):
        for slug in ("rippling", "tremor", "brisk-reflexes", "constipation"):
            factories.symptom(slug=slug)
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        assert [field["value"] for field in page.select("[name=symptom]")] == ["constipation"]

    def test_nobody_takes_poisons_and_withdrawal_is_only_for_who_stopped(self, client):
        for slug in ("organophosphates", "depolarising-muscle-relaxants", "withdrawal"):
            factories.medication_class(slug=slug)
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        [choice] = page.select("[name=medicine]")
        assert choice["value"] == "withdrawal"
        assert choice.parent.small.get_text() == "only if you stopped or cut down"

    def test_four_medicines_of_a_class_are_named(self, client):
        medicine = factories.medication_class(live=False)
        for name in "abcdef":
            Medication.objects.create(medication_class=medicine, inn=name)
        factories.publish(medicine)
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        assert page.select_one("[name=medicine]").parent.small.get_text() == "a, b, c, d"

    def test_sign_that_an_editor_calls_urgent_stands_with_those_that_need_help_soon(self, client):
        factories.symptom(slug="new-sign", urgency="urgent")
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        assert page.select_one("[value=new-sign]").find_previous(class_="choices__heading").get_text() == "Other signs"

    def test_form_can_be_sent_before_the_signs(self, client):
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        assert page.select_one("[value=sign-fever]").find_previous("button", type="submit").find_parent("form")

    def test_note_on_sources_stands_only_where_one_is_to_be_checked(self, client):
        made = factories.cause()
        factories.clue(made, "in-calf", factories.reference(status="confirmed"))
        assert "To be checked" not in posted(client, answer="in-calf").get_text()
        factories.clue(
            made, "in-arm", factories.reference(status="to_be_checked"), factories.reference(status="confirmed")
        )
        assert "To be checked" in posted(client, answer=["in-calf", "in-arm"]).get_text()

    def test_nothing_is_kept(self, client):
        for response in (client.get("/check/"), send(client, {"answer": "in-calf"})):
            assert "no-store" in response["Cache-Control"]
            assert not response.cookies
            assert "csrf" not in response.content.decode()

    def test_answers_in_an_address_are_not_read(self, client):
        page = BeautifulSoup(client.get("/check/?answer=in-calf").content, "html.parser")
        assert not page.select("input[type=checkbox][checked]")
        assert not page.select(".help-card")

    def test_form_needs_no_token(self):
        assert send(Client(enforce_csrf_checks=True), {"answer": "in-calf"}).status_code == 200

    def test_empty_form_gets_a_kind_hint(self, client):
        assert "One answer is enough" in posted(client).get_text()

    @given(
        sent=st.dictionaries(
            st.sampled_from(["answer", "symptom", "medicine", "lasts", "x", "\0"]),
            st.lists(st.one_of(st.text(), st.sampled_from(["in-calf", "in-calf\0", "IN-CALF", "withdrawal' --"]))),
        )
    )
    def test_unknown_values_are_passed_over(self, client, sent):
        assert send(client, sent).status_code == 200

    @pytest.mark.parametrize(
        ("kind", "body", "status"),
        [
            (FORM, b"answer=%FF%FE&symptom=%00&medicine=" + b"a" * 100_000, 200),
            *((f"{FORM}; charset={charset}", b"answer=in-calf", 400) for charset in ("latin-1", "utf-16")),
            *((f"{MULTIPART}; charset={charset}", IN_PARTS, 415) for charset in ("hex", "rot13", "zip", "undefined")),
            (MULTIPART, IN_PARTS, 415),
            (MULTIPART, b"--x\r\nnonsense", 415),
            ("application/json", b'{"answer": ["in-calf"]}', 415),
            ("nonsense", b"\xff\xfe", 415),
        ],
    )
    def test_no_body_breaks_it(self, client, kind, body, status):
        assert client.generic("POST", "/check/", body, kind).status_code == status

    def test_file_is_refused_unread(self, rf):
        request = rf.post("/check/", IN_PARTS, content_type=MULTIPART)
        assert check(request).status_code == 415
        assert request.read() == IN_PARTS

    def test_queries_do_not_grow_with_the_causes(self, client, counting):
        symptom, medicine = factories.symptom(), factories.medication_class()
        told = {"answer": ["in-calf", "feels-flicker"], "symptom": symptom.slug, "medicine": medicine.slug}
        needed = []
        for number in (10, 990):
            multiply(number, symptom, medicine)
            needed.append(counting(lambda: send(client, told)))
        assert Cause.objects.live().count() == 1000
        assert needed[0] == needed[1] <= QUERIES


# --- the rules as a file --------------------------------------------------------------------------------------------


def complaints(monkeypatch, tmp_path, text):
    """What `manage.py check` says of a file of red flags."""
    file = tmp_path / "red_flags.yaml"
    file.write_text(text)
    monkeypatch.setattr("causes.check.red_flags.FILE", file)
    red_flags.cache_clear()
    found = [error.msg for error in run_checks() if (error.id or "").startswith("causes.")]
    monkeypatch.undo()
    red_flags.cache_clear()
    return found


FLAG = "- {says: Hm., urgency: urgent, sources: [%s], any_of: [%s]}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (FLAG % ("nhs-twitching", "seizure"), None),
        (FLAG % ("nhs-twitching", "seizures"), "seizures"),
        (FLAG % ("nobody-1999", "seizure"), "nobody-1999"),
        ("- {says: Hm., urgency: panic, sources: [], any_of: [seizure]}", "panic"),
        ("- {says: Hm., urgency: urgent, sources: []}", "can never be told"),
        ("- {says: Hm., urgency: urgent, sources: [], any_of: [seizure], at_least: 2}", "can never be told"),
        ("- {says: Hm., urgency: urgent, any_of: [seizure]}", "sources"),
        ("- {says: Hm., urgency: urgent, sources: [], if: [seizure]}", "if"),
        ("- [", "cannot be read"),
    ],
)
def test_wrong_red_flag_is_an_error_of_the_check(monkeypatch, tmp_path, text, complaint):
    found = complaints(monkeypatch, tmp_path, text)
    assert (complaint in found[0]) if complaint else not found


@pytest.mark.django_db
def test_hidden_page_that_red_flags_ask_about_is_warned_of():
    factories.symptom(slug="seizure", live=False)
    factories.symptom(slug="fainting")
    factories.symptom(slug="tiredness", live=False)
    warnings = [each.msg for each in run_checks(databases=["default"]) if each.id == "causes.W001"]
    assert warnings == ["The page /symptoms/seizure/ is hidden, and red flags ask about it."]


def test_signs_are_counted_however_many_ways_there_are_to_tell_one():
    flag = RedFlag(
        "So.", "urgent", (), any_of=(frozenset({"stiffness", "tense-muscles"}), frozenset({"sweating"})), at_least=2
    )
    assert not flag.is_told({"stiffness", "tense-muscles"})
    assert flag.is_told({"tense-muscles", "sweating"})
