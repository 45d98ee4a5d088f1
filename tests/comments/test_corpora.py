"""The rules against whole lists of sentences: those of corpora/, which others wrote and rules may be fitted to."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.models import Deed, Kind, Lane, RuleBook
from comments.rules.base import Submission
from comments.rules.book import Book
from comments.rules.pipeline import judge

CORPORA = Path(__file__).parent / "corpora"


def judged(name):
    with (CORPORA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert len(texts) >= 40
    return {text: judge(Submission(text)) for text in texts}


def test_questions_are_neither_spam_nor_selling():
    judgements = judged("questions")
    wrong = [text for text, one in judgements.items() if one.is_spam or one.lane in {Lane.SPAM, Lane.SELLING}]
    assert len(wrong) < 0.005 * len(judgements), wrong


def test_questions_are_rarely_held_at_all():
    judgements = judged("questions")
    held = [text for text, one in judgements.items() if one.lane != Lane.NEW]
    assert len(held) < 0.03 * len(judgements), held


def test_nobody_in_danger_is_overlooked():
    missed = [text for text, one in judged("crisis").items() if one.lane != Lane.CRISIS]
    assert not missed


def test_nobody_in_danger_is_taken_for_spam():
    assert not [text for text, one in judged("crisis").items() if one.is_spam]


@pytest.mark.parametrize(
    "disguised",
    [
        "\u200b".join,
        lambda text: text.translate(str.maketrans("aeopcxyi", "аеорсхуі")),  # into Cyrillic letters
        lambda text: "".join(f"{letter}\u0336" if letter.isalpha() else letter for letter in text),
    ],
    ids=["unseen", "alike", "struck-through"],
)
def test_nobody_in_danger_is_overlooked_for_how_letters_are_written(disguised):
    missed = [text for text in judged("crisis") if judge(Submission(disguised(text))).lane != Lane.CRISIS]
    assert not missed


def test_idioms_are_no_crisis():
    judgements = judged("crisis_lookalikes")
    wrong = [text for text, one in judgements.items() if one.lane == Lane.CRISIS]
    assert len(wrong) <= 0.03 * len(judgements), wrong


@pytest.mark.parametrize(
    ("name", "lanes", "least"),
    [
        ("selling", {Lane.SELLING, Lane.SPAM, Lane.PERSONAL_DATA}, 0.9),
        ("selling_2", {Lane.SELLING, Lane.SPAM, Lane.PERSONAL_DATA}, 0.95),
        ("advice", {Lane.ADVICE}, 0.8),
        ("advice_2", {Lane.ADVICE}, 0.85),
        ("personal", {Lane.PERSONAL_DATA}, 0.95),
        ("personal_2", {Lane.PERSONAL_DATA}, 0.95),
    ],
)
def test_most_of_what_should_be_held_is_held_for_what_it_is(name, lanes, least):
    judgements = {text: one for text, one in judged(name).items() if one.lane != Lane.CRISIS}  # which comes first
    missed = [text for text, one in judgements.items() if not one.is_spam and one.lane not in lanes]
    assert len(missed) <= (1 - least) * len(judgements), missed


@pytest.mark.parametrize("name", ["innocent", "questions", "questions_2", "crisis_lookalikes", "crisis_lookalikes_2"])
def test_own_stories_questions_reports_and_warnings_are_not_held(name):
    judgements = judged(name)
    wrong = [text for text, one in judgements.items() if one.is_spam or one.lane not in {Lane.NEW, Lane.CRISIS}]
    assert len(wrong) < 0.02 * len(judgements), wrong


@pytest.mark.parametrize("name", ["advice", "advice_2", "personal", "personal_2", "innocent", "questions_2"])
def test_nobody_but_who_advertises_is_taken_for_spam(name):
    assert not [text for text, one in judged(name).items() if one.is_spam]


@pytest.mark.parametrize(
    "advertisement", ["Buy cheap Viagra online, no prescription, worldwide shipping! casino bonus "]
)
def test_an_advertisement_hides_nobody_in_danger(advertisement):
    assert judge(Submission(advertisement)).is_spam
    for text, one in judged("crisis").items():
        assert not judge(Submission(advertisement + text)).is_spam, text
        assert one.lane == Lane.CRISIS


def test_a_joke_hides_nobody_in_danger():
    jokes = list(judged("crisis_lookalikes"))
    for number, text in enumerate(judged("crisis")):
        joke = jokes[number % len(jokes)]
        for both in (f"{joke} {text}", f"{text} {joke}", f"{joke}\n\n{text}"):
            assert judge(Submission(both)).lane == Lane.CRISIS, both


@pytest.mark.parametrize(
    "text",
    [
        "i wnat to die",
        "I want to d1e, k i l l m y s e l f",
        "ＩＷＡＮＴ to k\u200bill myself",
        "i dont wanna live on this planet anymore with this twitching",
        "I'd be doing them a favour",
        "been a good run. Peace out everyone, for real this time.",
        "which pills can I mix to go to sleep for good",
        "I wrote a note to my husband last night and hid it",
        "my flatmate just swallowed a load of paracetamol",
        "kiero morirme",
        "Mi hermana se ha tomado un bote de pastillas",
        "I don't want to die of ALS. I have a plan so that I won't have to wait for it.",
    ],
)
def test_somebody_in_danger_comes_first(text):
    assert judge(Submission(text)).lane == Lane.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to die, I have so much to live for",
        "My grandfather killed himself after the war, long before I was born",
        "I'm not suicidal or anything, just fed up",
        "Don't kill yourself at the gym, rest days matter",
        "I burned my hand on the oven and now it twitches",
        "Thinking of a change of job",
        "It is always me who gets the odd symptoms",
        "It says to swallow it whole, do not crush",
    ],
)
def test_idioms_fear_and_old_grief_are_no_crisis(text):
    assert judge(Submission(text)).lane == Lane.NEW


def test_whispers_count_near_each_other_alone():
    far = "The sun was warm and the garden was green. " * 6
    assert judge(Submission("Goodbye everyone. I am done, not strong enough.")).lane == Lane.CRISIS
    assert judge(Submission(f"Goodbye coffee. {far} I am not strong enough.")).lane == Lane.NEW


def evaluated(file):
    out = StringIO()
    call_command("evaluate_rules", str(file), stdout=out)
    return out.getvalue()


def test_the_command_says_where_texts_would_go(tmp_path):
    file = tmp_path / "texts.csv"
    file.write_text(
        'text\nI want to die\nHello\n"Buy Viagra online, no prescription, free shipping"\n', encoding="utf-8"
    )
    lines = [line.split() for line in evaluated(file).splitlines()]
    assert ["crisis", "1", "33.3%"] in lines
    assert ["new", "1", "33.3%"] in lines
    assert ["taken", "for", "spam", "1", "33.3%"] in lines
    assert ["rule", "selling", "1", "33.3%"] in lines
    assert sum(int(line[-2]) for line in lines if line and line[0] != "rule") == 3


def test_the_command_goes_by_the_rules_as_moderators_have_set_them(tmp_path):
    file = tmp_path / "texts.csv"
    file.write_text("text\nI love bananafish\nThere was blood everywhere on the wound\n", encoding="utf-8")
    assert "rule graphic" in evaluated(file)
    book = Book(phrases=((Lane.ADVICE, "bananafish"),), off=frozenset({"graphic"}))
    RuleBook.objects.create(data=book.to_json(), deed=Deed.objects.create(kind=Kind.TUNED))
    lines = [line.split() for line in evaluated(file).splitlines()]
    assert ["rule", "own-phrases", "1", "50.0%"] in lines
    assert not any(line[1:2] == ["graphic"] for line in lines)


@pytest.mark.parametrize("content", [b"words\nHello\n", b"", b"text\n", b"text\n\xff\n", b'text\n"open\n'])
def test_the_command_refuses_other_files(tmp_path, content):
    file = tmp_path / "texts.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        evaluated(file)


def test_the_command_refuses_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        evaluated(tmp_path / "none.csv")
