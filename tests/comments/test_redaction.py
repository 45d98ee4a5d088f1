"""Words that are taken out of a comment are found nowhere afterwards, and can be put back for some minutes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from articles.models import AuditEntry
from comments import claims, deeds, moderation, redaction, reporting, sanctions, undoing, write_ahead
from comments.learning import Model
from comments.models import Comment, Complaint, Deed, EarlierText, Finding, Kind, LearnedModel, Report, Verdict
from comments.phrases import normal, without_phrases
from comments.training import examples
from fasciculations import roles
from tests import factories
from tests.conftest import messages

from .conftest import Reader, member

PHONE = "0161 496 0837"
DIGITS = "4960837"


@pytest.fixture
def by(moderator):
    return get_user_model().objects.get(username=roles.MODERATOR)


def drawn(client, comment):
    return BeautifulSoup(client.get(reverse("admin:comments_redact", args=[comment.pk])).content, "html.parser")


def send(client, comment, **changes):
    """Open the page, and send its form."""
    seen = drawn(client, comment).select_one("[name=seen]")["value"]
    sent = {"seen": seen, "words": "", "reason": ""} | changes
    return client.post(reverse("admin:comments_redact", args=[comment.pk]), sent)


def put_back(client, response, **changes):
    """Press the button of the page that came."""
    token = BeautifulSoup(response.content, "html.parser").select_one("[name=token]")["value"]
    return client.post(reverse("admin:comments_restore"), {"token": token} | changes, follow=True)


def stored():
    """All rows of all tables, each as its table and its values as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(map(readable, row))
    for session in Session.objects.all():
        yield "what sessions say", str(session.get_decoded())


def readable(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def rows_with(digits):
    return [row for row in stored() if digits in "".join(char for char in row[1] if char.isalnum())]


def with_words_everywhere(page, moderator_user):
    """A comment as readers send it by the site, with a number in all that is kept with it."""
    reader = Reader()
    comment, own = reader.posted(page, f"Ring me on {PHONE} tonight.", personal="keep")
    reader.send(f"{own}change/", body=f"Ring me on  0161  496\n0837 tonight, or {PHONE}", personal="keep")
    deeds_reason = f"It says {PHONE}."
    moderation.decide([comment], Verdict.REJECTED, by=moderator_user, reason="Private.")
    reader.send(f"{own}appeal/", why=f"But {PHONE} is my own.")
    Report.objects.create(comment=comment, complaint="personal_data", note=f"He gives 0161-496-0837, or {PHONE}")
    Deed.objects.update(reason=deeds_reason)
    Comment.objects.filter(pk=comment.pk).update(reason=deeds_reason)
    moderation.decide([comment], Verdict.SPAM, by=moderator_user)
    comment.refresh_from_db()
    return comment


def state_of(comment):
    """All that is kept with it."""
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Comment.objects.filter(pk=comment.pk),
            comment.earlier_texts,
            comment.findings,
            comment.reports,
            Deed.objects.exclude(kind=Kind.REDACTED),
            comment.decisions.exclude(deed__kind=Kind.REDACTED),
        )
    ]


@pytest.mark.django_db(transaction=True)
def test_number_is_found_nowhere_in_the_database():
    moderator, page = member(roles.MODERATOR), factories.article()
    comment = with_words_everywhere(page, get_user_model().objects.get())
    tables = {table for table, _ in rows_with(DIGITS)}
    assert tables == {f"comments_{name}" for name in ("comment", "earliertext", "report", "deed", "decision")}, (
        "it has to be there before it can be taken away"
    )
    response = send(moderator, comment, found=[PHONE], words="0161-496-0837", reason="A number.")
    assert "Took words out: 1 comment" in response.content.decode()
    assert rows_with(DIGITS) == []
    comment.refresh_from_db()
    assert comment.body == "Ring me on  [removed] tonight, or [removed]"
    assert (comment.status, comment.appeal) == ("spam", "But [removed] is my own.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL overwrites what is deleted when it vacuums")
def test_deleted_text_does_not_stay_in_the_file():
    phrase = f"{PHONE} is{' very' * 300} secret."
    comment = factories.comment(factories.article(), body="\n".join([phrase] * 3))
    assert files_with(b"496 0837") != []
    send(member(roles.MODERATOR), comment, words=phrase)
    comment.refresh_from_db()
    assert comment.body == "\n".join(["[removed]"] * 3)
    assert files_with(b"496 0837") == []


def files_with(words):
    """Files of SQLite's database in which this stands, in free pages too."""
    database = Path(connection.settings_dict["NAME"])
    files = [file for ending in ("", "-wal") if (file := database.with_name(database.name + ending)).exists()]
    return [file.name for file in files if words in file.read_bytes()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such log")
def test_log_that_somebody_reads_is_emptied_a_little_later(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    comment = factories.comment(factories.article(), body=f"Ring {PHONE}")
    moderator = member(roles.MODERATOR)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN")
        other.execute("SELECT body FROM comments_comment").fetchall()
        send(moderator, comment, words=PHONE)
        assert files_with(b"496 0837") != []
        write_ahead.empty_log.func(write_ahead.ATTEMPTS)  # the last
    [later] = DBTaskResult.objects.filter(task_path=write_ahead.empty_log.module_path)
    assert later.run_after > timezone.now()
    write_ahead.empty_log.func(*later.args_kwargs["args"])
    assert files_with(b"496 0837") == []
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_model_that_learned_the_words_is_kept_no_longer(moderator, page):
    for verdict, text in ((Verdict.SPAM, "Cheap watches"), (Verdict.APPROVED, "It twitches")):
        comments = [factories.comment(page, status="pending", body=f"{text}, says Fitzwilliam {n}") for n in range(20)]
        moderation.decide(comments, verdict, by=None)
    learned = bytes(LearnedModel.objects.get().data)
    send(moderator, comments[0], words="fitzwilliam")
    kept = [bytes(data) for data in LearnedModel.objects.values_list("data", flat=True)]
    assert kept == [Model.train(examples()).to_bytes()] != [learned]
    assert Model.from_bytes(kept[0]).is_trained


def test_words_in_other_spelling_are_taken_out_of_every_column(moderator, page):
    comment = factories.comment(
        page, name="Ann Lee", body="I am ANN  LEE. Ann\nLee!", appeal="ann lee", reason="Ann Lee"
    )
    send(moderator, comment, words="ann lee\r\n\r\n")
    comment.refresh_from_db()
    assert (comment.name, comment.body) == ("[removed]", "I am [removed]. [removed]!")
    assert (comment.appeal, comment.reason) == ("[removed]", "[removed]")
    assert comment.redacted_at is not None
    assert comment.edited_at is None
    assert comment.decisions.get().before.keys() == {"redacted_at", "version"}


def test_words_go_from_a_reason_with_all_comments_that_it_was_given_for(moderator, by, page):
    comment, split = (factories.comment(page, status="pending", body=f"Text {n}") for n in range(2))
    Comment.objects.filter(pk=comment.pk).update(body=f"Ring {PHONE}")
    deed = moderation.decide([comment, split], Verdict.REJECTED, by=by, reason=f"Holds {PHONE}").deed
    moderation.decide([comment], Verdict.SPAM, by=by)
    undoing.undo(deed, by=by)  # which leaves the part of `comment` alone
    before = state_of(split)
    response = send(moderator, Comment.objects.get(pk=comment.pk), words=PHONE)
    assert {table for table, _ in rows_with(DIGITS)} == {"articles_auditentry"}
    assert "3 lines of the record" in " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())
    put_back(moderator, response)
    assert state_of(split) == before


def test_words_in_reasons_of_other_comments_stay_and_are_told(moderator, by, page):
    """Their authors read these: nobody changes them unseen."""
    comment = factories.comment(page, body=f"Ring {PHONE}")
    warned, refused, was_refused = (factories.comment(page, status="pending", body=f"Text {n}") for n in range(3))
    sanctions.impose(warned, "warning", reason=f"No {PHONE} here", by=by)
    moderation.decide([refused, was_refused], Verdict.REJECTED, by=by, reason=f"Never write {PHONE}.")
    moderation.decide([was_refused], Verdict.APPROVED, by=by)
    before = [state_of(other) for other in (warned, refused, was_refused)]
    soup = BeautifulSoup(send(moderator, comment, words=PHONE).content, "html.parser")
    assert [state_of(other) for other in (warned, refused, was_refused)] == before
    links = [link["href"] for link in soup.select("#content li a")]
    assert links == [reverse("admin:comments_redact", args=[one.pk]) for one in (was_refused, refused, warned)]
    for other in (warned, refused):
        send(moderator, Comment.objects.get(pk=other.pk), words=PHONE)
    assert {table for table, _ in rows_with(DIGITS)} == {"articles_auditentry"}


def test_readers_who_reported_whose_words_they_are_were_right(moderator, page):
    comment = factories.comment(page, body=f"Ring {PHONE}")
    private = reporting.report(comment, Complaint.PERSONAL_DATA, "", ["a"])
    unkind = reporting.report(comment, Complaint.UNKIND, "", ["b"])
    response = send(moderator, comment, words=PHONE)
    assert list(comment.reports.unanswered()) == [unkind]
    assert reporting.weights([private, unkind]) == {private.pk: reporting.weight(1, 1), unkind.pk: 1}
    put_back(moderator, response)
    assert list(comment.reports.unanswered()) == [private, unkind]


@pytest.mark.parametrize(
    ("text", "phrases", "left"),
    [
        ("Ring 0161 496 0000 now", ["0161 496 0000"], "Ring [removed] now"),
        ("aaa b", ["aa"], "[removed] b"),
        ("ann smith-lee", ["ann smith", "smith-lee"], "[removed]"),
        ("Straße, STRASSE", ["strasse"], "[removed], [removed]"),
        ("remove this: [removed]", ["remove"], "[removed] this: [removed]"),
        ("[removed]", ["removed", "[removed]"], "[removed]"),
        ("call [removed] now", ["call [removed] now"], "[removed]"),
        ("foox ]x", ["foo", "]x"], "[removed] [removed]"),
        ("a.c abc", ["a.c"], "[removed] abc"),
    ],
)
def test_phrases_are_replaced(text, phrases, left):
    assert without_phrases(text, phrases) == left


TEXTS = st.text(st.sampled_from("abAB ß.\n\u00a0[]removd"), min_size=1, max_size=60)


@settings(max_examples=100)
@given(data=st.data())
def test_no_phrase_is_left_in_anything_that_is_kept(data, page, by):
    texts = ["ab" + data.draw(TEXTS) for _ in range(3)]
    cut = st.tuples(st.sampled_from(texts), st.integers(0, 60), st.integers(2, 60))
    drawn = [normal(text[start : start + length]) for text, start, length in data.draw(st.lists(cut))]
    phrases = [data.draw(st.sampled_from([phrase, phrase.swapcase()])) for phrase in drawn if len(phrase) > 1] or ["ab"]
    assume("[removed]" not in "".join(texts).casefold())
    comment = factories.comment(page, body=texts[0], name=texts[1])
    EarlierText.objects.create(comment=comment, body=texts[2])
    redaction.redact(comment, phrases[: redaction.MOST], by=by)
    comment.refresh_from_db()
    for place in redaction.kept_with(comment):
        for piece in place.text.split("[removed]"):
            left = " ".join(piece.split()).casefold()
            assert not [phrase for phrase in phrases[: redaction.MOST] if phrase.casefold() in left]


# --- what is left is judged anew ------------------------------------------------------------------------------------


def test_what_is_left_is_judged_anew_and_how_it_was_sent_is_not(moderator, page):
    comment = factories.comment(page, body=f"Ring {PHONE}", status="pending", lane="personal_data", points=7)
    fields = {"comment": comment, "lane": "spam"}
    Finding.objects.create(rule="personal-data", points=3, why="Holds a telephone number", start=5, end=18, **fields)
    Finding.objects.create(rule="same-text", points=4, why="Sent 1 times before", end=len(comment.body), **fields)
    due = comment.due_at
    send(moderator, comment, found=[PHONE])
    comment.refresh_from_db()
    assert list(comment.findings.values_list("rule", "points", "end")) == [("same-text", 4, len("Ring [removed]"))]
    assert (comment.lane, comment.points, comment.status, comment.due_at) == ("spam", 4, "pending", due)


def test_finding_stays_disputed_where_the_same_words_stay(moderator, by, page):
    comment, _ = Reader().posted(page, f"Ring 0161 496 0001 or 0161 496 0002 or {PHONE}", personal="keep")
    first = comment.findings.filter(rule="personal-data").first()
    moderation.dispute(first, by=by)
    send(moderator, comment, words=PHONE)
    numbers = comment.findings.filter(rule="personal-data")
    assert list(numbers.values_list("start", "disputed__kind")) == [(5, Kind.DISPUTED), (22, None)]


def test_audit_is_told_no_word_that_a_rule_saw(by, page):
    comment = factories.comment(page, body="Cheap watches")
    finding = Finding.objects.create(comment=comment, rule="learned", lane="spam", points=4, why="Likely by “watches”")
    moderation.dispute(finding, by=by)
    assert "watches" not in " ".join(AuditEntry.objects.values_list("note", flat=True))


# --- the form -------------------------------------------------------------------------------------------------------


def test_page_offers_what_the_rules_found(moderator, page):
    comment, _ = Reader().posted(page, f"Ring {PHONE} now", personal="keep")
    soup = drawn(moderator, comment)
    assert [box["value"] for box in soup.select("[name=found]")] == [PHONE]
    assert soup.select_one("mark").get_text() == PHONE


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"words": "Zebra Crossing"}, "“Zebra Crossing” stands nowhere"),
        ({"words": "0161\nx"}, "“x” is too short"),
        ({"words": "0161", "reason": "It says 0161."}, "“0161” must not stand in it"),
        ({"words": "\n".join(str(n) for n in range(10, 31))}, "20 phrases at a time"),
        ({"words": " \n "}, "Say which words"),
        ({"words": "0161", "seen": "nonsense"}, "Choose the comments again"),
        ({"found": ["other"]}, "“other” is no longer found"),
    ],
)
def test_what_cannot_be_taken_out_is_said_and_what_was_typed_stays(moderator, page, sent, why):
    comment = factories.comment(page, body=f"Ring {PHONE}")
    before = state_of(comment)
    response = send(moderator, comment, **sent)
    soup = BeautifulSoup(response.content, "html.parser")
    assert why in soup.select_one("#content").get_text()
    assert soup.select_one("textarea").get_text().strip() == sent.get("words", "").strip()
    assert state_of(comment) == before
    assert not Deed.objects.exists()


def test_second_moderator_is_told_that_it_changed_and_keeps_what_was_typed(moderator, page):
    comment = factories.comment(page, body=f"Ring {PHONE} or 0161 496 0002")
    seen = drawn(moderator, comment).select_one("[name=seen]")["value"]
    send(moderator, comment, words=PHONE)
    response = send(moderator, comment, words="0161 496 0002", seen=seen)
    soup = BeautifulSoup(response.content, "html.parser")
    assert deeds.CHANGED in soup.get_text()
    assert soup.select_one("textarea").get_text().strip() == "0161 496 0002"
    comment.refresh_from_db()
    assert comment.body == "Ring [removed] or 0161 496 0002"
    again = send(moderator, comment, words="0161 496 0002", seen=soup.select_one("[name=seen]")["value"])
    assert "Put the words back" in again.content.decode()


def test_page_offers_what_else_says_the_same_in_other_spelling(moderator, page):
    comment, own = Reader().posted(page, "Ring 0161 496 0837.", personal="keep")
    Reader().send(f"{own}change/", body="Ring 0161-4960837.", personal="keep")
    Report.objects.create(comment=comment, complaint="personal_data", note="It says 01614960837.")
    offered = [box["value"] for box in drawn(moderator, comment).select("[name=found]")]
    assert offered == ["0161-4960837", "0161 496 0837", "01614960837"]
    send(moderator, comment, found=offered)
    assert rows_with(DIGITS) == []


def test_page_says_where_else_the_words_stand(moderator, page):
    comment, other, earlier, reported, _ = (factories.comment(page, body=f"Text {n}") for n in range(5))
    Comment.objects.filter(pk__in=[comment.pk, other.pk]).update(body="Ask fitzwilliam")
    EarlierText.objects.create(comment=earlier, body="Ask Fitzwilliam")
    Report.objects.create(comment=reported, complaint="other", note="Who is Fitzwilliam?")
    moderation.decide([other], Verdict.REJECTED, by=None, reason="Names Fitzwilliam")
    soup = BeautifulSoup(send(moderator, comment, words="Fitzwilliam").content, "html.parser")
    assert [link["href"] for link in soup.select("#content li a")] == [
        reverse("admin:comments_redact", args=[one.pk]) for one in (reported, earlier, other)
    ]
    assert "1 line of the record" in soup.get_text()


def test_erased_comment_has_no_words_to_take_out(moderator, page):
    comment = factories.comment(page, status="withdrawn", name="", body="")
    answer = moderator.get(reverse("admin:comments_redact", args=[comment.pk]), follow=True)
    assert messages(answer) == ["That is not there any more. A comment may have been erased."]


# --- putting back ---------------------------------------------------------------------------------------------------


def test_words_are_put_back_exactly(moderator, by, page):
    comment = with_words_everywhere(page, by)
    before, model = state_of(comment), bytes(LearnedModel.objects.latest().data)
    response = send(moderator, comment, found=[PHONE], words="0161-496-0837\nRing me")
    assert state_of(comment) != before
    assert "The words stand there again." in put_back(moderator, response).content.decode()
    assert state_of(comment) == before
    assert bytes(LearnedModel.objects.latest().data) == model
    assert Deed.objects.get(kind=Kind.REDACTED).undone_by == by
    assert "has been undone before" in put_back(moderator, response).content.decode()


def test_what_somebody_else_took_out_meanwhile_is_not_put_back(moderator, by, page):
    first, second = (factories.comment(page, status="pending", body=f"I am {name} Lee.") for name in ("Ann", "Bea"))
    moderation.decide([first, second], Verdict.REJECTED, by=by, reason="Names Ann Lee and Bea Lee.")
    response = send(moderator, first, words="Ann Lee")
    send(member(roles.MODERATOR, "Other"), second, words="Bea Lee")
    answer = put_back(moderator, response)
    assert "The words in a deed were changed since and stay as they are." in answer.content.decode()
    first.refresh_from_db()
    assert first.body == "I am Ann Lee."
    reasons = {first.reason, *Deed.objects.values_list("reason", flat=True)}
    assert reasons == {"", "Names [removed] and [removed]."}


def changed_meanwhile(comment, client, monkeypatch):
    moderation.decide([comment], Verdict.REJECTED, by=None)
    return client


def erased(comment, client, monkeypatch):
    comment.delete()
    return client


def too_late(comment, client, monkeypatch):
    now = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 601)
    return client


def somebody_else(comment, client, monkeypatch):
    client.force_login(get_user_model().objects.create_superuser("other"))
    return client


def test_words_are_put_back_though_another_moderator_opened_the_comment(moderator, page, chief):
    comment = factories.comment(page, status="pending", body=f"Ring {PHONE}")
    response = send(moderator, comment, words=PHONE)
    claims.claim(comment, chief)
    assert "stand there again" in put_back(moderator, response).content.decode()
    comment.refresh_from_db()
    assert comment.body == f"Ring {PHONE}"


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (changed_meanwhile, "changed since"),
        (erased, deeds.GONE),
        (too_late, redaction.TOO_OLD),
        (somebody_else, redaction.NOT_YOURS),
    ],
)
def test_words_are_not_put_back_where_they_should_not_be(moderator, page, monkeypatch, happens, why):
    comment = factories.comment(page, body=f"Ring {PHONE}")
    response = send(moderator, comment, words=PHONE)
    answer = put_back(happens(comment, moderator, monkeypatch), response)
    assert why in answer.content.decode()
    assert rows_with(DIGITS) == []


@pytest.mark.parametrize(
    "token",
    ["", "forged", signing.dumps({"deed": 1, "by": 1}, salt="another")],
    ids=["empty", "forged", "signed-for-another-use"],  # a signature holds the time: workers would name it differently
)
def test_forged_token_puts_nothing_back(moderator, page, token):
    comment = factories.comment(page, body=f"Ring {PHONE}")
    answer = put_back(moderator, send(moderator, comment, words=PHONE), token=token)
    assert redaction.FORGED in answer.content.decode()
    assert rows_with(DIGITS) == []


def test_ordinary_undo_says_that_the_words_are_gone(moderator, by, page):
    comment = factories.comment(page, body=f"Ring {PHONE}")
    send(moderator, comment, words=PHONE)
    with pytest.raises(undoing.UndoError, match="kept nowhere"):
        undoing.undo(Deed.objects.get(), by=by)
    comment.refresh_from_db()
    assert comment.body == "Ring [removed]"
