"""The reading age: the formula, the counting behind it, and the command that guards the site's text."""

import io
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from articles.freezing import freeze
from articles.models import CalloutSection, TextSection
from articles.readability import Reading, blocks, count_syllables
from articles.reading import texts_of
from articles.snapshot import Snapshot
from tests import factories

SYLLABLES = {
    1: "nerve makes called the be eye moved hours 300",
    2: "muscle people table tables needed harmless likely boxes changes twitches eyelid started rhythm doctor's",
    3: "medicine area serious potential created exercise diseases unlikely sclerosis",
    4: "agitation magnesium potassium usually",
    5: "fasciculation amyotrophic antipsychotics",
}


@pytest.mark.parametrize(("count", "word"), [(n, word) for n, words in SYLLABLES.items() for word in words.split()])
def test_syllables_are_counted_as_they_are_spoken(count, word):
    assert count_syllables(word) == count


def test_age_follows_the_formula():
    reading = Reading.of(["The cat sat. The doctor is in."])  # 7 words, 2 sentences, 8 syllables
    assert reading.age == pytest.approx(0.39 * 7 / 2 + 11.8 * 8 / 7 - 15.59 + 5)
    assert (len(reading.words), len(reading.sentences), reading.longest) == (7, 2, 4)


def test_text_without_words_has_no_age():
    assert Reading.of(["", "...", "—"]).age == 0


@given(st.text(), st.text())
def test_any_text_can_be_measured(one, two):
    reading = Reading.of([one, two])
    assert reading.longest <= len(reading.words)
    assert all(count_syllables(word) >= 1 for word in reading.words)


@given(st.lists(st.sampled_from(["cat", "muscle", "agitation", "nerve"]), min_size=1, max_size=30))
def test_two_sentences_are_never_harder_than_the_same_words_in_one(words):
    text = " ".join(words)
    assert Reading.of([f"{text}. {text}."]).age <= Reading.of([f"{text} {text}."]).age


def test_headings_part_a_text_and_citations_are_not_read():
    html = (
        '<p>One <a href="#source-x">source</a>.</p><ul><li>two<ul><li>three</li></ul></li></ul><h3>Head</h3><p>Four</p>'
    )
    assert list(blocks(html)) == [("", "One.\ntwo\nthree"), ("Head", "Four")]


HARD = "<p>" + "Antipsychotics occasionally precipitate involuntary perioral hyperkinesia. " * 6 + "</p>"
PLAIN = "<p>" + "A cat sat on the mat and it was glad to be there. " * 4 + "</p>"


def readability(*args):
    out = io.StringIO()
    call_command("readability", *args, stdout=out)
    return out.getvalue()


def test_command_prints_each_section_with_its_age(db):
    factories.article(slug="plain", text=f"{PLAIN}<h3>Below</h3>{PLAIN}")
    lines = readability().splitlines()
    assert any("/articles/plain/: First heading" in line for line in lines)
    assert any("/articles/plain/: Below" in line for line in lines)
    assert "52 words, longest sentence 13" in lines[0]
    assert lines[-1].startswith("3 sections")
    assert len(readability("--above", "14").splitlines()) == 1


def test_command_fails_where_a_section_is_too_hard(db):
    factories.article(text=HARD)
    with pytest.raises(CommandError, match="1 sections are above the reading age of 14"):
        readability()


def test_hidden_text_is_not_measured(db):
    factories.article(text=HARD, live=False)
    assert "0 sections" in readability()


def test_short_texts_of_a_page_are_measured_together(db):
    factories.symptom(slug="cramps", standfirst="A knot.", advice="<p>Stretch it.</p>")
    [line, _] = readability().splitlines()
    assert "4 words" in line
    assert "/symptoms/cramps/: in short" in line


def test_sections_of_one_number_are_read_as_readers_see_them(db):
    page = factories.article(live=False)
    fields = {"parent": page, "body": "<p>x</p>", "ordering": 99}  # equal ones stand by their ids, whatever the type
    CalloutSection.objects.create(pk=UUID(int=2), heading="Heading 2", **fields)
    TextSection.objects.create(pk=UUID(int=1), heading="Heading 1", **fields)
    data = freeze(page)
    headings = [section.heading for section in Snapshot(data).sections()]
    assert headings == ["First heading", "Heading 1", "Heading 2"]
    assert [text.heading for text in texts_of(type(page), data) if text.text == "x"] == headings[1:]
