"""Letters about replies: only to those who confirmed, never a flood, one click to stop, sent again after an outage."""

import re
import traceback
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Page
from comments import mailing, moderation, posting, privacy, sanctions, undoing
from comments.models import Comment, Deed, SentMail, Status, Verdict
from comments.tokens import email_token
from fasciculations import roles
from tests import factories

from .conftest import Reader, fields, text_of

DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def _mail_is_on(settings):
    settings.EMAIL_URL = "smtp://mail.example.org"


@pytest.fixture
def page(db):
    return factories.article(title="Eyelids\nand more")


def waiting(page, email="ann@example.org", **fields):
    """A comment whose author has confirmed to wait for replies."""
    return factories.comment(
        page, email=email, wants_replies=True, email_confirmed_at=timezone.now(), **{"name": "Ann"} | fields
    )


def replied(begun, body="Mine too.", **fields):
    reply = factories.comment(begun.page, parent=begun, status=Status.PENDING, body=body, **fields)
    moderation.decide([reply], Verdict.APPROVED, by=None)
    return reply


def path_in(letter, name):
    return re.search(rf"http://testserver(/comments/\S*{name}\S*)", letter.body)[1]


def test_address_is_asked_before_anything_else_is_sent_to_it(reader, page):
    comment, _ = reader.posted(page, "Where is it?", email="ann@example.org", wants_replies="on")
    [letter] = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "Where is it?" not in letter.body
    assert "/yours/" not in letter.body
    moderation.decide([comment], Verdict.APPROVED, by=None)
    replied(comment)
    assert len(mail.outbox) == 1


def test_confirmed_address_hears_of_replies(reader, page):
    comment, _ = reader.posted(page, email="ann@example.org", wants_replies="on")
    moderation.decide([comment], Verdict.APPROVED, by=None)
    confirm = path_in(mail.outbox[0], "confirm")
    assert "Yes, write to me" in text_of(reader.client.get(confirm))
    comment.refresh_from_db()
    assert comment.email_confirmed_at is None
    assert "Done." in text_of(reader.client.post(confirm))
    replied(comment, name="Bob\u2028Smith")
    letter = mail.outbox[1]
    assert "Mine too." in letter.body
    assert "/yours/" not in letter.body
    assert "\n" not in letter.subject


def test_letter_stops_with_one_click_from_the_mail_program(page):
    comment = waiting(page)
    replied(comment)
    stop = re.fullmatch(r"<http://testserver(.*)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Stop" in text_of(Client().get(stop))
    assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    replied(comment, "And another.")
    assert len(mail.outbox) == 1


def test_everybody_waiting_in_the_thread_is_told_once_and_not_of_themselves(page):
    begun = waiting(page)
    waiting(page, "bob@example.org", parent=begun)
    waiting(page, "BOB@example.org", parent=begun)
    reply = replied(begun, email="ann@example.org", wants_replies=True, email_confirmed_at=timezone.now())
    assert [letter.to for letter in mail.outbox] == [["bob@example.org"]]
    moderation.decide([reply], Verdict.REJECTED, by=None)
    moderation.decide([reply], Verdict.APPROVED, by=None)
    assert len(mail.outbox) == 1


def test_nobody_silences_a_letter_by_giving_its_readers_address(page):
    begun = waiting(page)
    replied(begun, email="ann@example.org")
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


def test_nothing_is_told_of_a_reply_on_a_page_that_is_hidden(page):
    begun = waiting(page)
    Page.objects.filter(pk=page.pk).update(live_revision=None)
    replied(begun)
    assert mail.outbox == []


def test_nothing_is_told_of_a_reply_that_readers_do_not_see(page):
    begun = waiting(page)
    reply = factories.comment(page, parent=begun, status=Status.PENDING)
    moderation.decide([reply], Verdict.REJECTED, by=None)
    mailing.send.call("reply", str(reply.pk), str(begun.pk))
    assert mail.outbox == []


def test_letter_for_another_address_opens_nothing(page, reader):
    comment = waiting(page)
    replied(comment)
    stop = path_in(mail.outbox[0], "stop")
    Comment.objects.update(email="somebody.else@example.org")
    assert "Done." in text_of(reader.client.post(stop))
    assert Comment.objects.filter(wants_replies=True).exists()
    assert reader.client.get("/comments/replies/nonsense/stop/").status_code == 404


def test_nobody_is_flooded_through_our_forms(reader, page):
    for n in range(10):
        reader.write(page, f"Number {n}.", email="victim@example.org", wants_replies="on")
        reader.send("/comments/find/", email="VICTIM@example.org")
    assert len(mail.outbox) == mailing.MOST_TO_ONE


def test_replies_are_asked_for_and_ended_on_the_own_page(reader, page):
    comment, own = reader.posted(page)
    reader.send(f"{own}replies/", email="ann@example.org")
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]
    comment.refresh_from_db()
    assert (comment.wants_replies, comment.email_confirmed_at) == (True, None)
    stop = reader.form(f"{own}replies/stop/")
    for _ in range(2):
        reader.client.post(f"{own}replies/stop/", stop)
        comment.refresh_from_db()
        assert not comment.wants_replies


def test_replies_that_are_asked_for_twice_are_asked_for(reader, page):
    comment, own = reader.posted(page)
    for _ in range(2):
        assert reader.client.post(f"{own}replies/", {"email": "ann@example.org"}).url == own
    comment.refresh_from_db()
    assert comment.wants_replies


def test_another_address_has_to_be_confirmed_again(reader, page):
    comment, own = reader.posted(page)
    Comment.objects.update(email="ann@example.org", email_confirmed_at=timezone.now())
    reader.send(f"{own}replies/", email="eve@example.org")
    comment.refresh_from_db()
    assert comment.email_confirmed_at is None


def test_site_without_mail_offers_none(reader, page, settings):
    settings.EMAIL_URL = ""
    _, own = reader.posted(page)
    assert "email" not in reader.form(f"{page.path}comments/write/")
    assert "Hear of replies" not in text_of(reader.client.get(own))
    assert "cannot send e-mail" in text_of(reader.client.get("/comments/find/"))
    assert reader.client.post(f"{own}replies/", {"email": "ann@example.org"}).status_code == 200


def test_wish_for_replies_needs_an_address(reader, page):
    response = reader.write(page, wants_replies="on", email="")
    assert "give an e-mail address" in text_of(response)


def test_moderators_hear_at_once_of_somebody_in_danger_without_the_words(reader, page):
    factories.member(roles.MODERATOR, "mia", email="mia@example.org")
    get_user_model().objects.create_user("nobody", email="nobody@example.org", is_staff=True)
    comment, _ = reader.posted(page, "I want to die. I am going to kill myself tonight.")
    [letter] = mail.outbox
    assert letter.to == ["mia@example.org"]
    assert str(comment.pk) in letter.body
    assert "die" not in letter.body


# --- one's own comments, by e-mail ----------------------------------------------------------------------------------


def test_own_comments_are_found_copied_and_erased_by_e_mail(reader, page):
    factories.comment(page, email="Ann@example.org", body="Here.")
    factories.comment(page, email="ann@example.org", body="And there.")
    other = factories.comment(page, email="bob@example.org")
    reader.send("/comments/find/", email="ann@EXAMPLE.org")
    found = path_in(mail.outbox[0], "found")
    assert text_of(reader.client.get(found)).count("Approved") == 2
    assert {data["text"] for data in reader.client.get(f"{found}?copy").json()} == {"Here.", "And there."}
    assert Client().post(found).status_code == 200
    assert Comment.objects.count() == 3
    reader.client.post(found)
    assert list(Comment.objects.all()) == [other]


def test_whether_somebody_commented_is_told_to_the_address_alone(reader, page):
    factories.comment(page, email="ann@example.org")
    known, unknown = (reader.send("/comments/find/", email=f"{name}@example.org") for name in ("ann", "bob"))
    assert text_of(known) == text_of(unknown)
    assert len(mail.outbox) == 1


def test_how_many_letters_are_left_does_not_tell_whether_somebody_commented(reader, page):
    factories.comment(page, email="ann@example.org")
    answers = []
    for name in ("ann", "bob"):
        for _ in range(mailing.MOST_TO_ONE):
            reader.send("/comments/find/", email=f"{name}@example.org")
        SentMail.objects.update(sender="")
        _, own = reader.posted(page, f"Is {name} here?")
        answers.append(text_of(reader.send(f"{own}replies/", email=f"{name}@example.org")))
    assert answers[0] == answers[1]
    assert "Too many letters" in answers[0]


@pytest.mark.parametrize("typed", ["ann@gmaıl.com", "aſh@gmail.com", '"\x0b\x0c"@gmail.com', "ann@gmail.com\u200b"])
def test_address_that_looks_like_another_is_refused_and_kept(reader, page, typed):
    response = reader.write(page, email=typed)
    assert response.status_code == 200
    assert fields(response)["email"] == typed
    assert "Enter a valid" in text_of(response) or "plain letters" in text_of(response)


def test_address_that_looks_like_another_leads_to_its_own_comments_alone(reader, page):
    """As one may be from before such addresses were refused."""
    factories.comment(page, email="Victim@gmail.com", body="A private story.")
    odd = factories.comment(page, email="victim@gmaıl.com", body="Of somebody else.", email_confirmed_at=timezone.now())
    for email, seen in (("victim@gmaıl.com", ["Of somebody else."]), ("victim@GMAIL.com", ["A private story."])):
        copy = reader.client.get(f"/comments/found/{email_token(email)}/?copy").json()
        assert [data["text"] for data in copy] == seen
    Comment.objects.exclude(pk=odd.pk).update(email_confirmed_at=timezone.now())
    assert list(sanctions.of_same_person(odd)) == [odd]


def test_letter_is_good_for_a_day(reader, page, monkeypatch):
    factories.comment(page, email="ann@example.org")
    reader.send("/comments/find/", email="ann@example.org")
    found = path_in(mail.outbox[0], "found")
    import time

    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 25 * 3600)
    response = reader.client.get(found)
    assert response.status_code == 410
    assert "good for a day" in text_of(response)
    assert reader.client.get("/comments/found/nonsense/").status_code == 410


# --- a mail server that does not answer -----------------------------------------------------------------------------


class BrokenBackend(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected


@override_settings(TASKS=DATABASE_TASKS, EMAIL_BACKEND="tests.comments.test_mail.BrokenBackend")
def test_letter_is_tried_again_later_when_the_mail_server_refuses(page):
    replied(waiting(page))
    task = DBTaskResult.objects.get(task_path="comments.mailing.send")
    mailing.send.call(*task.args_kwargs["args"])
    again = DBTaskResult.objects.exclude(pk=task.pk).get(task_path="comments.mailing.send")
    assert again.args_kwargs["args"][3] == 2
    assert timedelta(minutes=1) < again.run_after - timezone.now() < timedelta(minutes=3)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mailing.send.call(*again.args_kwargs["args"])
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


@override_settings(TASKS=DATABASE_TASKS, EMAIL_BACKEND="tests.comments.test_mail.BrokenBackend")
def test_letter_is_given_up_at_last_and_its_failure_names_nobody(page):
    begun = waiting(page)
    comment = replied(begun)
    with pytest.raises(mailing.LetterError) as failure:
        mailing.send.call("reply", str(comment.pk), str(begun.pk), mailing.ATTEMPTS)
    assert "example.org" not in "".join(traceback.format_exception(failure.value))


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        if "ann@example.org" in messages[0].to:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@override_settings(EMAIL_BACKEND="tests.comments.test_mail.RefusingBackend")
def test_address_that_is_refused_keeps_nobody_else_from_their_letter(page):
    begun = waiting(page)
    for name in ("bob", "cleo"):
        waiting(page, f"{name}@example.org", parent=begun)
    replied(begun)
    assert {letter.to[0] for letter in mail.outbox} == {"bob@example.org", "cleo@example.org"}


def test_nobody_writes_to_many_strangers_through_one_comment(reader, page):
    _, own = reader.posted(page)
    for n in range(20):
        reader.send(f"{own}replies/", email=f"stranger{n}@example.org")
        Comment.objects.update(wants_replies=False)
    assert len(mail.outbox) == mailing.MOST_FROM_ONE


def test_all_networks_that_are_unknown_cause_so_many_letters_together(page, monkeypatch):
    monkeypatch.setattr(mailing, "MOST_FROM_UNKNOWN", 3)
    for n in range(5):
        reader = Reader(**{"X-Forwarded-For": f"203.0.113.{n}"})  # of a proxy that nobody named
        _, own = reader.posted(page, f"Reader number {n} here.")
        reader.send(f"{own}replies/", email=f"stranger{n}@example.org")
    assert len(mail.outbox) == 3


def test_whoever_withdrew_hears_no_more(reader, page):
    begun = waiting(page)
    other = waiting(page, "bob@example.org", parent=begun)
    Comment.objects.filter(pk=other.pk).update(status=Status.WITHDRAWN, hidden_at=timezone.now())
    replied(begun, email="ann@example.org", email_confirmed_at=timezone.now())
    assert mail.outbox == []


def test_stopping_works_after_the_comment_is_gone(page):
    comment = waiting(page)
    replied(comment)
    stop = path_in(mail.outbox[0], "stop")
    privacy.erase(Comment.objects.filter(pk=comment.pk))
    assert "Done." in text_of(Client().post(stop))


def test_confirmation_is_of_the_address_that_it_went_to(page):
    comment = factories.comment(page, email="ann@example.org", wants_replies=True)
    Comment.objects.update(email="eve@example.org")
    posting.confirm_email(comment, "ann@example.org")
    comment.refresh_from_db()
    assert comment.email_confirmed_at is None


def test_moderators_hear_once_of_a_comment_however_often_it_is_changed(reader, page, chief):
    chief.email = "chief@example.org"
    chief.save()
    _, own = reader.posted(page, "I want to die. I am going to kill myself tonight.")
    for n in range(3):
        reader.send(f"{own}change/", body=f"I want to die, I will kill myself tonight, {n} days before my birthday.")
    assert [letter.to for letter in mail.outbox] == [["chief@example.org"]]


@pytest.mark.parametrize("is_refused", [False, True])
def test_moderators_hear_again_of_a_comment_that_waits_again(reader, page, chief, is_refused):
    chief.email = "chief@example.org"
    chief.save()
    comment, own = reader.posted(page, "I want to die. I am going to kill myself tonight.")
    if is_refused:
        moderation.decide([comment], Verdict.REJECTED, by=None)
        reader.send(f"{own}appeal/", why="Please.")
    else:
        reader.send(f"{own}withdraw/")
        reader.send(f"{own}change/")
    assert [letter.to for letter in mail.outbox] == [["chief@example.org"]] * 2


def test_own_page_tells_of_the_letter_that_is_to_be_opened(reader, page):
    _, own = reader.posted(page, email="ann@example.org", wants_replies="on")
    assert "as soon as you have pressed the button in our letter" in text_of(reader.client.get(own))
    assert f'href="{own}replies/"' in reader.client.get(own).content.decode()


@override_settings(TASKS=DATABASE_TASKS)
def test_letter_is_queued_with_the_comment_or_not_at_all(page, monkeypatch):
    """The worker may be down for hours: the letter waits in the database."""
    Reader().posted(page, email="ann@example.org", wants_replies="on")
    assert mail.outbox == []
    task = DBTaskResult.objects.get(task_path="comments.mailing.send")
    assert "ann@example.org" not in str(task.args_kwargs)


# --- undoing --------------------------------------------------------------------------------------------------------


def letters_that_wait():
    return DBTaskResult.objects.filter(task_path="comments.mailing.send").order_by("enqueued_at")


def deliver(task):
    mailing.send.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])


@override_settings(TASKS=DATABASE_TASKS)
def test_letter_about_a_decision_waits_until_it_can_no_longer_be_undone_unseen(page):
    replied(waiting(page))
    [task] = letters_that_wait()
    assert timedelta(minutes=4) < task.run_after - timezone.now() <= mailing.LETTERS_WAIT
    deliver(task)
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


@override_settings(TASKS=DATABASE_TASKS)
def test_undone_approval_is_never_written_of_and_the_next_one_once(page):
    reply = replied(waiting(page))
    undoing.undo(Deed.objects.get(), by=None)
    [undone] = letters_that_wait()
    deliver(undone)
    assert mail.outbox == []
    moderation.decide([reply], Verdict.APPROVED, by=None)
    first, second = letters_that_wait()
    deliver(first)
    assert mail.outbox == []
    deliver(second)
    assert len(mail.outbox) == 1
