"""“What fits?”: how causes are weighed, the page, and the file of red flags."""

import pytest
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from causes.check.judging import judge
from causes.check.knowledge import Knowledge
from causes.check.red_flags import red_flags
from causes.check.told import Told
from causes.models import Cause
from tests import factories

from .test_explorer import multiply

QUERIES = 12


def posted(client, **told):
    response = client.post("/check/", told)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


# --- the rules ------------------------------------------------------------------------------------------------------


def cause(group, *clues, **fields):
    made = factories.cause(group=group, **fields)
    for answer, fit in clues:
        factories.clue(made, answer, fit=fit)
    return made


def first_of(*answers, symptoms=(), medicines=()):
    known = Knowledge.load()
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


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestPage:
    def test_form_stays_filled(self, client):
        symptom = factories.symptom(urgency="routine")
        page = posted(client, answer=["in-calf", "after-exercise"], lasts="lasts-weeks", symptom=symptom.slug)
        ticked = {field["value"] for field in page.select("input[checked]")}
        assert ticked == {"in-calf", "after-exercise", "lasts-weeks", symptom.slug}
        assert page.select_one(f"details[open] [value={symptom.slug}]")

    def test_nothing_is_kept(self, client):
        for response in (client.get("/check/"), client.post("/check/", {"answer": "in-calf"})):
            assert "no-store" in response["Cache-Control"]
            assert not response.cookies
            assert "csrf" not in response.content.decode()

    def test_answers_in_an_address_are_not_read(self, client):
        page = BeautifulSoup(client.get("/check/?answer=in-calf").content, "html.parser")
        assert not page.select("input[type=checkbox][checked]")
        assert not page.select(".help-card")

    def test_form_needs_no_token(self):
        assert Client(enforce_csrf_checks=True).post("/check/", {"answer": "in-calf"}).status_code == 200

    def test_empty_form_gets_a_kind_hint(self, client):
        assert "One answer is enough" in posted(client).get_text()

    @given(
        sent=st.dictionaries(
            st.sampled_from(["answer", "symptom", "medicine", "lasts", "x", "\0"]),
            st.lists(st.one_of(st.text(), st.sampled_from(["in-calf", "in-calf\0", "IN-CALF", "withdrawal' --"]))),
        )
    )
    def test_unknown_values_are_passed_over(self, client, sent):
        assert client.post("/check/", sent).status_code == 200

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("application/x-www-form-urlencoded", b"answer=%FF%FE&symptom=%00&medicine=" + b"a" * 100_000),
            ("application/x-www-form-urlencoded; charset=latin-1", b"answer=in-calf"),
            ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
            ("application/json", b'{"answer": ["in-calf"]}'),
            ("nonsense", b"\xff\xfe"),
        ],
    )
    def test_no_body_breaks_it(self, client, kind, body):
        assert client.post("/check/", body, content_type=kind).status_code in {200, 400}

    def test_queries_do_not_grow_with_the_causes(self, client, counting):
        symptom, medicine = factories.symptom(), factories.medication_class()
        told = {"answer": ["in-calf", "feels-flicker"], "symptom": symptom.slug, "medicine": medicine.slug}
        needed = []
        for number in (10, 990):
            multiply(number, symptom, medicine)
            needed.append(counting(lambda: client.post("/check/", told)))
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
