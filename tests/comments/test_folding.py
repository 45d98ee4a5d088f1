import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.rules.folding import fold
from comments.rules.lexicon import Lexicon
from comments.rules.spelling import Spelling, is_one_slip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ärger ÉTÉ ß", "arger ete ss"),
        ("ｖｉａｇｒａ", "viagra"),
        ("𝓿𝓲𝓪𝓰𝓻𝓪 𝐂𝐚𝐬𝐢𝐧𝐨", "viagra casino"),
        ("сіаlіѕ", "cialis"),  # Cyrillic but for the l
        ("СΑЅІΝΟ", "casino"),  # Greek and Cyrillic
        ("vi\u200bag\u00adra\u202e", "viagra"),
        ("🅒🅰🇸ⓘⓝⓞ", "casino"),
        ("don’t", "don't"),
        ("v\u0336i\u0336a", "via"),
    ],
)
def test_reads_letters_as_people_do(written, read):
    assert fold(written).text == read


def test_a_span_leads_back_to_what_was_written():
    text = "x ﬁ e\u0301t\u200be y"
    folded = fold(text)
    assert folded.text == "x fi ete y"
    start, end = folded.span(folded.text.index("ete"), folded.text.index("ete") + 3)
    assert text[start:end] == "e\u0301t\u200be"
    start, end = folded.span(folded.text.index("i"), folded.text.index("i") + 1)
    assert text[start:end] == "ﬁ"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_cannot_be_folded(text):
    folded = fold(text)
    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    for start in range(len(folded.text) + 1):
        for end in range(start, len(folded.text) + 1):
            first, last = folded.span(start, end)
            assert 0 <= first <= last <= len(text)
    for word in folded.words:
        assert 0 <= word.start < word.end <= len(folded.text)


def test_folding_takes_time_in_proportion_to_the_text():
    fold("warm")
    started = time.process_time()
    for text in ("a" * 200_000, "\u0301" * 200_000, "a b " * 50_000, "a.b" * 70_000, "'" * 200_000, "$@" * 100_000):
        assert len(fold(text).words) <= len(text)
    assert time.process_time() - started < 10  # hours if it were quadratic


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can't. Or can I?", ["i", "cant", ".", "or", "can", "i", "?"]),
        ("I want... to go", ["i", "want", "to", "go"]),
        ("Dr. Smith said 2.5mg", ["dr", "smith", "said", "2.5mg"]),
        ("v i a g r a, c.i.a.l.i.s", ["viagra", "cialis"]),
        ("A L S", ["a", "l", "s"]),
        ("ca$h s*icide", ["ca$h", "s*icide"]),
        ("one\n\ntwo\nthree", ["one", ".", "two", "three"]),
    ],
)
def test_finds_words_and_the_ends_of_sentences(text, words):
    assert [word.text for word in fold(text).words] == words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("casino", "casino"),
        ("c4s1n0", "casino"),
        ("ca$ino", "casino"),
        ("casinooooo", "casino"),
        ("suicde", "suicide"),
        ("siucide", "suicide"),
        ("s*icide", "suicide"),
        ("casin", None),  # a slip, but not one that is forgiven
        ("sucide", "suicide"),
        ("liking", None),  # a word of its own
        ("x" * 5000, None),
    ],
)
def test_knows_words_in_disguise(written, meant):
    assert Spelling(["casino", "suicide", "living"], ["suicide", "living"], ["liking"]).meant(written) == meant


@pytest.mark.parametrize("written", ["kiling", "killling", "kelling", "klilling", "killin"])
def test_one_slip(written):
    assert is_one_slip(written, "killing")


@pytest.mark.parametrize("written", ["killing", "kelimg", "ling", "gnillik", ""])
def test_none_or_more_than_one_slip(written):
    assert not is_one_slip(written, "killing")


def test_an_idiom_hides_the_words_that_it_shares_and_no_others():
    lists = Lexicon([{"signs": [{"why": "x", "points": 3, "phrases": ["kill me"]}], "idioms": ["legs kill me"]}])
    text = "My legs kill me. They will kill me."
    assert [text[one.start : one.end] for one in lists.search(fold(text))] == ["kill me"]
    assert [one.start for one in lists.search(fold(text))] == [text.rindex("kill")]


@pytest.mark.parametrize(
    ("pattern", "matches", "others"),
    [
        ("one two", ["one two", "ONE, two!"], ["one. Two", "onetwo", "one of two", "two one"]),
        ("one/two three", ["one three", "two three"], ["one two"]),
        ("<few> three", ["one three", "a couple three"], ["couple three"]),
        ("one two? three", ["one three", "one two three"], ["one four three"]),
        ("one .. two", ["one two", "one or maybe more two"], ["one or maybe even more two", "one. two"]),
        ("one ..1 two", ["one or two"], ["one or maybe two"]),
        ("<number> days", ["5 days", "40 days"], ["five days"]),
        ("<10> days", ["40 days", "10,5 days"], ["5 days", "1 days"]),
        ("^ one", ["one", "Two. One"], ["two one"]),
        ("one $", ["one", "One. Two"], ["one two"]),
        ("self-harm", ["self harm", "self-harm"], ["selfharm"]),
        ("don't", ["don't", "dont", "don’t"], ["do not"]),
    ],
)
def test_patterns_of_the_lists(pattern, matches, others):
    lists = Lexicon(
        [{"families": {"few": "one, a couple"}, "signs": [{"why": "x", "points": 1, "phrases": [pattern]}]}]
    )
    for text in matches:
        assert list(lists.search(fold(text))), text
    for text in others:
        assert not list(lists.search(fold(text))), text
