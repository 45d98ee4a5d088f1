"""The shipped text is plain: no section asks for a reader older than 14, no sentence for more than one breath."""

import io

import pytest
from django.core.management import call_command

from articles.reading import HIGHEST_AGE, measure

pytestmark = pytest.mark.django_db
LONGEST = 20  # words


def test_no_section_is_above_the_reading_age(content):
    call_command("readability", stdout=io.StringIO())  # fails where one is
    assert HIGHEST_AGE == 14


def test_no_sentence_is_longer_than_20_words(content):
    measured = list(measure())
    assert len(measured) > 200
    assert [(place, name) for place, name, reading in measured if reading.longest > LONGEST] == []
