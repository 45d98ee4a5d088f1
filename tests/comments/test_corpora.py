"""The rules against sentences that others wrote: those of corpora/, which the rules may be fitted to."""

import csv
from pathlib import Path

import pytest

from comments.models.lanes import Lane
from comments.rules.base import Submission
from comments.rules.pipeline import judge

CORPORA = Path(__file__).parent / "corpora"


def judged(name):
    with (CORPORA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert len(texts) > 100
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


def test_idioms_are_no_crisis():
    judgements = judged("crisis_lookalikes")
    wrong = [text for text, one in judgements.items() if one.lane == Lane.CRISIS]
    assert len(wrong) <= 0.03 * len(judgements), wrong


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
