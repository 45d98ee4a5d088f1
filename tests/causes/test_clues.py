"""Clues live with the page of their cause: drafted, published, restored, and refused where they say too little."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import drafts, publishing
from articles.freezing import freeze
from causes.models import Clue
from tests import factories

from .test_check import posted

pytestmark = pytest.mark.django_db


def is_refused(**fields):
    cause = factories.cause(live=False)
    try:
        with transaction.atomic():
            Clue.objects.create(**{"cause": cause, "fit": "typical", "why": "So.", "evidence": "some"} | fields)
    except IntegrityError:
        return True
    return False


def test_clue_is_an_answer_or_a_medicine():
    medicine = factories.medication_class()
    assert not is_refused(answer="in-calf")
    assert not is_refused(medication_class=medicine)
    assert is_refused()
    assert is_refused(answer="in-calf", medication_class=medicine)
    assert is_refused(answer="")


def test_clue_keeps_to_its_choices_and_gives_a_reason():
    assert is_refused(answer="in-ear")
    assert is_refused(answer="in-calf", fit="perhaps")
    assert is_refused(answer="in-calf", evidence="sure")
    assert is_refused(answer="in-calf", why="")


def test_clue_without_a_source_is_not_published():
    cause = factories.cause(live=False)
    factories.clue(cause, "in-calf").references.clear()
    with pytest.raises(ValidationError, match="Every clue needs a source"):
        factories.publish(cause)


def test_answer_stands_once_but_many_clues_have_no_medicine():
    cause = factories.cause()
    factories.clue(cause, "in-calf")
    factories.clue(cause, "in-arm")
    factories.publish(cause)
    data = freeze(cause)
    data["parts"]["causes.clue"][1]["answer"] = "in-calf"
    drafts.save_draft(cause, data, by=None)
    with pytest.raises(ValidationError, match="comes twice"):
        publishing.publish(cause, by=None)


def test_draft_of_a_clue_counts_once_it_is_published(editor, client):
    cause = factories.cause()
    factories.clue(cause, "in-calf", why="It is seen there.")
    factories.publish(cause)
    editor.save(cause, clues__0__answer="in-arm", clues__0__why="It is seen in the arm.")
    assert reasons(client, "in-calf") == ["It is seen there."]
    editor.publish(cause)
    assert reasons(client, "in-calf") == []
    assert reasons(client, "in-arm") == ["It is seen in the arm."]


def test_restored_publication_brings_its_clues_back():
    cause = factories.cause()
    factories.clue(cause, "in-calf")
    factories.publish(cause)
    first = cause.live_revision
    Clue.objects.all().delete()
    factories.publish(cause)
    drafts.save_draft(cause, first.data, by=None)
    factories.publish(cause)
    [clue] = cause.clues.all()
    assert (clue.answer, clue.references.count()) == ("in-calf", 1)


def test_second_clue_with_the_same_answer_is_refused_in_the_form(editor):
    cause = factories.cause()
    factories.clue(cause, "in-calf")
    factories.clue(cause, "in-arm")
    factories.publish(cause)
    response = editor.send(cause, clues__1__answer="in-calf")
    assert response.status_code == 200
    assert "correct the duplicate" in response.content.decode()


def reasons(client, answer):
    page = posted(client, answer=answer)
    return [item.find(string=True, recursive=False).strip() for item in page.select(".fit li:has([data-evidence])")]


def test_page_of_the_cause_shows_its_clues_with_their_sources(client):
    cause, source = factories.cause(), factories.reference()
    factories.clue(cause, "in-arm", source, fit="against", why="It stays in the leg.")
    factories.clue(cause, "in-hand", source, fit="against", why="It stays in the leg.")
    factories.clue(cause, "in-calf", source, why="It begins there.")
    factories.clue(cause, medication_class=factories.medication_class(live=False, title="Secret"))
    factories.publish(cause)
    page = BeautifulSoup(client.get(cause.path).content, "html.parser")
    shown = page.select_one("#clues").find_all_next("li", limit=3)
    assert [item.strong.get_text() for item in shown[:2]] == ["Calf.", "Arm, Hand."]
    assert shown[0].select(f"a[href='#source-{source.key}']")
    assert "Secret" not in page.get_text()
