"""Moderators set the rules: they try it on what was decided before, put it in force, and take it back."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models import AuditEntry
from comments import moderation, simulating, undoing
from comments.judging import Reading
from comments.models import Comment, Deed, Finding, Kind, Lane, Mode, RuleBook, Status, Thread, Verdict
from comments.rules.base import Submission
from comments.rules.book import PHRASE_LANES, RANGES, Book
from comments.rules.graphic import Graphic
from comments.rules.learned import Learned
from comments.rules.pipeline import TEXT_RULES, Judgement, judge, judgement_of
from fasciculations import roles
from tests import factories
from tests.conftest import messages
from tests.races import meanwhile

from .conftest import member, text_of

RULES = "/admin/comments/comment/rules/"
ONE_LINK = "See https://example.com/twitching"
TWO_LINKS = "See https://example.com/a and https://example.net/b"
ADVICE = "Stop taking your statins."
DANGER = ["I want to die", "I am going to kill myself tonight", "my flatmate just swallowed a load of paracetamol"]


def decided(page, body, verdict=Verdict.APPROVED, **fields):
    comment = factories.comment(page, body=body, status=Status.PENDING, **fields)
    moderation.decide([comment], verdict, by=None)
    return comment


def filled(client, **changes):
    """What a browser would send of the form, with some of it typed anew."""
    form = BeautifulSoup(client.get(RULES).content, "html.parser").select_one("main form")
    sent = {field["name"]: field.get("value", "") for field in form.select("input:not([type=checkbox])")}
    sent |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea")}
    return sent | {"off": [box["value"] for box in form.select("[name=off][checked]")]} | changes


def attempt(client, **changes):
    return client.post(RULES, filled(client, **changes) | {"try": "1"})


def put_in_force(client, **changes):
    return client.post(RULES, filled(client, **{"reason": "A wave of spam."} | changes) | {"apply": "1"}, follow=True)


def counts(response, caption):
    """The numbers of a table, before and after."""
    for table in BeautifulSoup(response.content, "html.parser").select("table"):
        if table.caption and caption in table.caption.get_text():
            rows = ([cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr"))
            return {what: (int(before), int(after)) for what, before, after, _ in rows}
    raise AssertionError(caption)


def changed_texts(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [text.get_text() for text in soup.select("#replay details .comment-words")]


# --- trying ---------------------------------------------------------------------------------------------------------


def test_a_replay_says_exactly_what_would_have_changed(moderator, page):
    decided(page, "It twitches at night.")
    decided(page, TWO_LINKS)
    decided(page, f"{TWO_LINKS} now", Verdict.SPAM)
    decided(page, ADVICE, Verdict.REJECTED)
    response = attempt(moderator, hold_at=2)
    assert sorted(changed_texts(response)) == [TWO_LINKS, f"{TWO_LINKS} now"]
    assert "2 more would be held. Of them, 1 approved by a moderator (held for nothing), 1 refused" in text_of(response)
    assert counts(response, "Against") == {
        "Caught: held, and refused by a moderator": (1, 2),
        "Missed: not held, but refused": (1, 0),
        "Held for nothing: approved": (0, 1),
        "Let through, and approved": (2, 1),
        "Taken for spam, but approved": (0, 0),
    }
    places = {what: both for what, both in counts(response, "Where").items() if any(both)}
    assert places == {"Advice": (1, 1), "Spam-like": (0, 2), "New": (3, 1)}


def test_a_replay_says_what_would_no_longer_be_held(moderator, page):
    decided(page, ADVICE)
    response = attempt(moderator, off=["advice"])
    assert "1 would no longer be held. Of them, 1 approved by a moderator (rightly shown), 0 refused" in text_of(
        response
    )


def test_trying_writes_nothing(moderator, page):
    decided(page, TWO_LINKS)
    attempt(moderator, hold_at=2)
    assert not RuleBook.objects.exists()
    assert not Deed.objects.filter(kind=Kind.TUNED).exists()


def test_only_verdicts_that_stand_on_texts_as_they_are_count(page):
    undoing.undo(moderation.decide([decided(page, ADVICE)], Verdict.SPAM, by=None).deed, by=None)
    decided(page, TWO_LINKS)
    undoing.undo(Deed.objects.latest("pk"), by=None)
    factories.comment(page, body="Nobody decided on it.")
    found = simulating.replay(Book(), Book()).cases
    assert [(case.comment.body, case.verdict) for case in found] == [(ADVICE, Verdict.APPROVED)]


def test_how_a_comment_was_sent_is_kept_and_what_was_disputed_does_not_count(page):
    quick = decided(page, "It twitches at night.")
    Finding.objects.create(comment=quick, rule="too-quick", lane=Lane.SPAM, points=4, why="Sent at once")
    Finding.objects.create(comment=quick, rule="selling", lane=Lane.SELLING, points=4, why="Found by older rules")
    advice = decided(page, ADVICE)
    (hit,) = judge(Submission(ADVICE)).hits
    wrong = Finding.objects.create(
        comment=advice, rule=hit.rule, lane=hit.lane, points=3, why=hit.why, start=hit.start, end=hit.end
    )
    moderation.dispute(wrong, by=None)
    made = simulating.replay(Book(off=frozenset({"too-quick"})), Book()).cases
    assert {case.comment: (case.before.lane, case.after.lane) for case in made} == {
        quick: (Lane.SPAM, Lane.NEW),
        advice: (Lane.NEW, Lane.NEW),
    }


def test_a_replay_asks_as_much_for_many_as_for_few(moderator, page, counting):
    for _ in range(10):
        decided(page, TWO_LINKS)
    sent = filled(moderator, hold_at=2) | {"try": "1"}
    few = counting(lambda: moderator.post(RULES, sent))
    for _ in range(30):
        decided(page, TWO_LINKS)
    assert counting(lambda: moderator.post(RULES, sent)) == few
    assert counts(moderator.post(RULES, sent), "Where")["Spam-like"] == (0, 40)


# --- applying and undoing -------------------------------------------------------------------------------------------


def test_what_is_applied_holds_for_the_next_comment_until_it_is_undone(moderator, page, reader):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    text = "Anyone tried the Twitch-Away clinic?"
    assert reader.posted(page, text)[0].status == Status.PENDING  # within a second
    put_in_force(moderator, off=["too-quick", "almost-same-text"])
    assert reader.posted(page, f"{text} I did not.")[0].status == Status.APPROVED
    (message,) = messages(put_in_force(moderator, selling="twitch away"))
    assert message.startswith("The rules are in force.")
    held, path = reader.posted(page, f"{text} Please tell.")
    assert (held.status, held.lane) == (Status.PENDING, Lane.SELLING)
    assert "words that the moderators of this site want to look at first" in text_of(reader.client.get(path))
    assert moderator.post(f"/admin/comments/comment/undo/{Deed.objects.latest('pk').pk}/").status_code == 302
    assert reader.posted(page, f"{text} I wonder.")[0].status == Status.APPROVED


def test_the_audit_and_the_page_say_what_was_changed_and_undone(moderator):
    put_in_force(moderator, hold_at=4, spam="buy now", reason="Too much was held.")
    deed = Deed.objects.get(kind=Kind.TUNED)
    undoing.undo(deed, by=User.objects.get())
    was, is_now = "held from 3 points on", "held from 4 points on, “buy now” is held as Spam-like"
    lines = AuditEntry.objects.order_by("pk").values_list("subject", "by_name", "before", "after", "note")
    note = "Changed the rules: Too much was held."
    subject = f"rules {deed.pk}"
    assert list(lines) == [(subject, "Moderator", was, is_now, note), (subject, "Moderator", is_now, was, note)]
    text = text_of(moderator.get(RULES))
    assert f"Since then: {is_now}. No longer: {was}. Too much was held. Undone" in text


def test_the_audit_keeps_each_word_of_a_long_change(moderator):
    phrases = [f"own phrase number {n} of the list" for n in range(30)]
    put_in_force(moderator, selling="\n".join(phrases))
    after = AuditEntry.objects.get(action="moderated").after
    page = text_of(moderator.get(RULES))
    assert not [phrase for phrase in phrases if phrase not in after or phrase not in page]


def test_change_that_others_build_on_is_undone_after_them(moderator):
    put_in_force(moderator, hold_at=4)
    put_in_force(moderator, hold_at=5)
    first, second = Deed.objects.order_by("pk")
    with pytest.raises(undoing.UndoError, match="undo those first"):
        undoing.undo(first, by=None)
    assert Book.in_force() == Book(hold_at=5)
    undoing.undo(second, by=None)
    assert Book.in_force() == Book(hold_at=4)
    undoing.undo(first, by=None)
    assert Book.in_force() == Book()


def test_disputing_goes_by_the_rules_in_force(page):
    comment = factories.comment(page, body=ADVICE, status=Status.PENDING, lane=Lane.ADVICE)
    for points in (1, 2):
        finding = Finding.objects.create(comment=comment, rule="links", lane=Lane.SPAM, points=points, why="A link")
    simulating.apply(Book(hold_at=1), by=None, reason="Wary", drawn_from=None)
    moderation.dispute(finding, by=None)
    comment.refresh_from_db()
    assert comment.lane == Lane.SPAM


# --- what goes wrong ------------------------------------------------------------------------------------------------


def test_the_change_of_another_is_not_overwritten(moderator):
    sent = filled(moderator, hold_at=5, reason="Less.") | {"apply": "1"}
    put_in_force(member(roles.MODERATOR, "Bea"), hold_at=4, reason="More.")
    response = moderator.post(RULES, sent)
    assert "Bea changed the rules meanwhile: More." in text_of(response)
    assert response.context["form"]["hold_at"].value() == "5"
    assert Book.in_force() == Book(hold_at=4)
    del sent["apply"]
    tried = moderator.post(RULES, sent).context["form"]
    again = sent | {"drawn_from": tried["drawn_from"].value(), "apply": "1"}
    assert moderator.post(RULES, again).status_code == 302
    assert Book.in_force() == Book(hold_at=5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_no_change_is_put_in_force_upon_one_that_is_being_undone():
    first = simulating.apply(Book(hold_at=5), by=None, reason="Why not", drawn_from=None)
    drawn_from = RuleBook.objects.get().pk
    with pytest.raises(simulating.NotAppliedError, match="was undone meanwhile"):
        meanwhile(
            lambda: undoing.undo(first, by=None),
            lambda: simulating.apply(Book(hold_at=6), by=None, reason="Why not", drawn_from=drawn_from),
        )
    assert RuleBook.objects.in_force() is None


def test_an_undo_meanwhile_is_told_too(moderator):
    put_in_force(moderator, hold_at=4)
    put_in_force(moderator, hold_at=5)
    sent = filled(moderator, hold_at=6, reason="Less.") | {"apply": "1"}
    undoing.undo(Deed.objects.latest("pk"), by=None)
    assert "A change of the rules was undone meanwhile." in text_of(moderator.post(RULES, sent))
    assert Book.in_force() == Book(hold_at=4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hold_at": "0"}, "greater than or equal to 1"),
        ({"spam_at": "4", "hold_at": "4"}, "more points to be taken for spam than to be held"),
        ({"spam": "!!!"}, "“!!!” has no word in it"),
        ({"spam": "x" * 81}, "is longer than 80 characters"),
        ({"spared": "\n".join(f"word {number}" for number in range(151))}, "There can be 150 phrases in all"),
        ({"spam": "a\0b"}, "Null characters are not allowed"),
        ({"off": ["crisis"]}, "crisis is not one of the available choices"),
        ({"reason": ""}, "Say why"),
        ({}, "These rules are in force already"),
    ],
)
def test_what_cannot_be_applied_comes_back_as_it_was_typed(moderator, changes, message):
    response = put_in_force(moderator, **{"advice": "chew bark"} | changes if changes else {})
    assert message in text_of(response)
    if changes:
        assert response.context["form"]["advice"].value() == "chew bark"
    assert not RuleBook.objects.exists()


# --- books ----------------------------------------------------------------------------------------------------------


def books():
    words = st.text("abcdefgh ", min_size=1, max_size=20).map(lambda text: f"die {text}")
    return st.builds(
        Book,
        hold_at=st.integers(*RANGES["hold_at"]),
        spam_at=st.integers(11, RANGES["spam_at"][1]),
        advice_like=st.integers(*RANGES["advice_like"]),
        off=st.frozensets(st.sampled_from([rule.name for rule in TEXT_RULES if rule.name != "crisis"])),
        phrases=st.lists(st.tuples(st.sampled_from(PHRASE_LANES), words), max_size=4).map(tuple),
        spared=st.lists(st.sampled_from([*DANGER, "die", "kill"]), max_size=3).map(tuple),
    )


@given(books(), st.sampled_from(DANGER))
def test_no_book_hides_somebody_in_danger(book, text):
    advertised = f"{text}. Buy cheap Viagra online, no prescription, worldwide shipping! casino bonus"
    for sent in (text, advertised):
        judgement = judge(Submission(sent), book=book)
        assert judgement.lane == Lane.CRISIS
        assert not judgement.is_spam


@given(books())
def test_a_book_is_kept_as_it_is(book):
    assert Book.from_json(book.to_json() | {"of a later version": 1}) == book


@pytest.mark.parametrize(
    "wrong",
    [
        {"hold_at": 11},
        {"advice_like": 0},
        {"off": frozenset({"crisis"})},
        {"phrases": ((Lane.CRISIS, "sad"),)},
        {"spared": ("...",)},
        {"spared": ("word",) * 151},
    ],
)
def test_what_cannot_be_set_makes_no_book(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        Book(**wrong)


@pytest.mark.parametrize(
    "text",
    [
        "Ask about Cramp Stop at the shop",
        "cramp-stop!",
        "Is CRAMP STOP any good?",
        "сrаmp ѕtоp",  # in Cyrillic letters
        "cr\u200bamp stóp",
    ],
)
def test_an_own_phrase_is_found_however_it_is_written(text):
    judgement = judge(Submission(text), book=Book(phrases=((Lane.SELLING, "Cramp stop"),)))
    assert [(hit.rule, hit.why) for hit in judgement.hits] == [("own-phrases", "Says “Cramp stop”")]
    assert judgement.lane == Lane.SELLING


@pytest.mark.parametrize("text", ["My cramp stopped", "A cramp. Stop it!", "stop the cramp", "scramp stop"])
def test_an_own_phrase_is_found_in_whole_words_alone(text):
    hits = judge(Submission(text), book=Book(phrases=((Lane.SELLING, "cramp stop"),))).hits
    assert "own-phrases" not in {hit.rule for hit in hits}


@pytest.mark.parametrize(
    "phrase", ["cramp <number>", "cramp/stop", "^ cramp", "cramp? ..5", "<nothing> cramp", "$ cramp"]
)
def test_a_phrase_means_its_words_and_no_pattern(phrase):
    book = Book(phrases=((Lane.SPAM, phrase),))
    assert judge(Submission(f"It is {phrase.replace('?', '')} here"), book=book).lane == Lane.SPAM
    assert judge(Submission("A 7 here"), book=book).lane == Lane.NEW


def test_one_own_phrase_is_enough_whatever_it_takes():
    book = Book(hold_at=8, phrases=((Lane.SPAM, "cramp stop"),))
    assert judge(Submission("cramp stop"), book=book).lane == Lane.SPAM


def test_what_overlaps_a_spared_phrase_does_not_count():
    book = Book(spared=("your statins",))
    assert judge(Submission(ADVICE), book=book).lane == Lane.NEW
    assert judge(Submission("Stop taking your pills."), book=book).lane == Lane.ADVICE


# --- graphic texts --------------------------------------------------------------------------------------------------

GRAPHIC = [
    "There was blood everywhere and the bone was sticking out of his leg",
    "The wound was full of maggots",
    "They found the corpse, the head cut off",
    "Un charco de sangre en la cocina",
]


@pytest.mark.parametrize("text", GRAPHIC)
def test_graphic_texts_are_known_and_nothing_is_held_against_them(text):
    reading = Reading.of(Comment(name="Ann", body=text), Learned())
    hits = [hit for hit in reading.in_text if hit.rule == "graphic"]
    assert hits
    assert judgement_of(hits, Book()) == Judgement(tuple(hits), 0, Lane.NEW, is_spam=False)


@pytest.mark.parametrize(
    "text",
    [
        "Do I need a blood test for this?",
        "My blood pressure is all over the place",
        "Blood flow to my legs is poor, blood sugar everywhere on the scale",
        "A stabbing pain, I feel tortured by it",
        "I cut my finger and my bones ache",
        "Over my dead body will I give up coffee",
    ],
)
def test_questions_of_health_are_not_graphic(text):
    assert not list(Graphic().hits(Submission(text)))


def test_authors_are_not_told_that_a_text_is_graphic(page, reader):
    comment, path = reader.posted(page, GRAPHIC[0])
    assert comment.findings.filter(rule="graphic").exists()
    assert "wounds" not in text_of(reader.client.get(path))
