"""Addresses as hashes whose key is thrown away; everything that is not shown is forgotten in time."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from comments import moderation, posting
from comments.models import AddressKey, Arrival, Comment, EarlierText, SentMail, Status, Thread, Verdict
from comments.privacy import forget
from comments.senders import hashes, network_of
from tests import factories

from .conftest import Reader, fields, text_of


def from_address(remote, forwarded="", **more):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return network_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers, **more))


def test_header_that_a_client_wrote_is_not_believed():
    assert from_address("198.51.100.7", "203.0.113.9") == "198.51.100.7"


def test_header_is_believed_as_far_as_trusted_proxies_wrote_it(settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert from_address("10.0.0.1", "203.0.113.9") == "203.0.113.9"
    assert from_address("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2") == "203.0.113.9"
    assert from_address("10.0.0.1", "6.6.6.6, nonsense") == "10.0.0.1"
    assert from_address("10.0.0.1") == "10.0.0.1"
    assert from_address("198.51.100.7", "203.0.113.9") == "198.51.100.7"


def test_household_has_one_network_of_ipv6():
    assert from_address("2001:db8:1:2:3:4:5:6") == from_address("2001:db8:1:2::9")
    assert from_address("2001:db8:1:2::9") != from_address("2001:db8:1:3::9")
    assert from_address("::ffff:198.51.100.7") == "198.51.100.7"


def test_unknown_address_is_nobodys(db):
    assert from_address("") == ""
    assert hashes("") == []


def test_address_itself_is_kept_nowhere(reader, page):
    comment, _ = reader.posted(page)
    assert len(comment.address) == 64
    row = " ".join(str(value) for value in Comment.objects.values_list().get())
    assert "127.0.0.1" not in row


def test_key_is_thrown_away_after_its_weeks(db, monkeypatch):
    now = timezone.now()
    first = hashes("198.51.100.7")
    assert hashes("198.51.100.7") == first
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(weeks=1))
    second = hashes("198.51.100.7")
    assert second[1:] == first
    assert second[0] != first[0]
    forget(now + timedelta(weeks=2))
    assert AddressKey.objects.count() == 1
    forget(now + timedelta(weeks=3))
    assert not AddressKey.objects.exists()


def test_proxy_that_nobody_named_does_not_make_one_of_all_readers(page):
    assert from_address("127.0.0.1", "203.0.113.9") == ""
    assert from_address("10.0.0.1", "203.0.113.9") == ""
    for n in range(20):
        assert Reader(**{"X-Forwarded-For": f"203.0.113.{n}"}).write(page, f"Number {n}.").status_code == 302


def test_all_networks_that_are_unknown_have_a_limit_together(page, monkeypatch):
    monkeypatch.setattr("comments.posting.MOST_AN_HOUR_OF_UNKNOWN", 3)
    for n in range(3):
        Reader(**{"X-Forwarded-For": f"203.0.113.{n}"}).posted(page, f"Number {n}.")
    refused = Reader(**{"X-Forwarded-For": "203.0.113.9"}).write(page, "One too many.")
    assert "Too many comments" in text_of(refused)
    assert fields(refused)["body"] == "One too many."
    Arrival.objects.update(at=timezone.now() - timedelta(hours=2))
    Reader(**{"X-Forwarded-For": "203.0.113.9"}).posted(page, "Later.")


def test_addresses_are_forgotten_after_thirty_days(page):
    old = factories.comment(page, address="a" * 64, posted_at=timezone.now() - timedelta(days=31))
    new = factories.comment(page, address="b" * 64)
    assert forget()["network addresses"] == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.address, new.address) == ("", "b" * 64)
    assert old.body


@pytest.mark.parametrize(
    ("status", "days"), [(Status.WITHDRAWN, 30), (Status.REJECTED, 90), (Status.SPAM, 365), (Status.APPROVED, None)]
)
def test_what_is_not_shown_is_erased_after_its_days(page, status, days):
    """Counted from when it was hidden, however old it is."""
    now = timezone.now()
    comment = factories.comment(page, status=status, posted_at=now - timedelta(days=2000))
    forget(now + timedelta(days=(days or 10_000) - 1))
    assert Comment.objects.filter(pk=comment.pk).exclude(body="").exists()
    forget(now + timedelta(days=(days or 10_000) + 1))
    assert Comment.objects.filter(pk=comment.pk).exists() == (days is None)


def test_what_was_refused_long_ago_and_is_withdrawn_now_is_kept_as_long_as_its_author_is_told(page):
    now = timezone.now()
    comment = factories.comment(page, status=Status.REJECTED)
    Comment.objects.update(hidden_at=now - timedelta(days=80))
    posting.withdraw(comment)
    forget(now + timedelta(days=29))
    assert Comment.objects.filter(pk=comment.pk).exclude(body="").exists()
    forget(now + timedelta(days=31))
    assert not Comment.objects.exists()


def test_comment_that_is_sent_again_while_it_is_to_be_forgotten_stays(page, monkeypatch):
    now = timezone.now()
    comment = factories.comment(page, status=Status.WITHDRAWN)
    real = Thread.objects.locked

    def sent_again(page_id):
        Comment.objects.update(status=Status.PENDING, hidden_at=None)
        return real(page_id)

    monkeypatch.setattr("comments.privacy.Thread.objects.locked", sent_again)
    assert forget(now + timedelta(days=31))["hidden comments"] == 0
    comment.refresh_from_db()
    assert comment.body


def test_unconfirmed_e_mail_is_forgotten_and_a_confirmed_one_is_not(page):
    long_ago = timezone.now() - timedelta(days=31)
    fields = {"wants_replies": True, "email_given_at": long_ago}
    never = factories.comment(page, email="a@example.org", **fields)
    once = factories.comment(
        page, email="b@example.org", email_confirmed_at=long_ago, **fields | {"wants_replies": False}
    )
    still = factories.comment(page, email="c@example.org", email_confirmed_at=long_ago, **fields)
    assert forget()["e-mail addresses"] == 2
    emails = {comment.pk: comment.email for comment in Comment.objects.all()}
    assert emails == {never.pk: "", once.pk: "", still.pk: "c@example.org"}


def test_traces_are_forgotten(page):
    comment = factories.comment(page)
    EarlierText.objects.create(comment=comment, body="Before.")
    SentMail.objects.create(recipient="a" * 64)
    forget(timezone.now() + timedelta(days=100))
    assert not EarlierText.objects.exists()
    assert not SentMail.objects.exists()


def test_forgetting_takes_the_decision_with_the_text_and_leaves_answers(page):
    begun = factories.comment(page, status=Status.PENDING)
    moderation.decide([begun], Verdict.REJECTED, by=None)
    Comment.objects.update(hidden_at=timezone.now() - timedelta(days=99))
    reply = factories.comment(page, parent=begun)
    forget()
    begun.refresh_from_db()
    assert (begun.body, begun.decisions.count()) == ("", 0)
    assert Comment.objects.filter(pk=reply.pk).exists()
    assert forget()["hidden comments"] == 0


def test_erasing_makes_no_room_for_the_next_flood(reader, page):
    for n in range(15):
        _, own = reader.posted(page, f"Number {n} of many.")
        reader.send(f"{own}erase/")
    assert "Too many comments" in text_of(reader.write(page, "One too many."))
    assert not Comment.objects.exists()
    forget(timezone.now() + timedelta(days=31))
    assert not Arrival.objects.exists()


def test_mark_of_a_text_is_no_test_for_words_without_our_key(reader, page, settings):
    reader.posted(page, "Twitching.")
    mark = Arrival.objects.get().fingerprint
    settings.SECRET_KEY = "another"
    reader.posted(page, "Twitching.", name="Bob")
    assert Arrival.objects.exclude(fingerprint=mark).count() == 1


def test_command_says_what_it_forgot(page, capsys):
    factories.comment(page, address="a" * 64, posted_at=timezone.now() - timedelta(days=31))
    call_command("forget")
    assert "      1 network addresses" in capsys.readouterr().out


def test_tick_forgets_and_tells_of_what_waits_too_long(page, capsys):
    factories.comment(page, address="a" * 64, posted_at=timezone.now() - timedelta(days=31))
    late = factories.comment(page, status="pending", lane="crisis", due_at=timezone.now() - timedelta(minutes=1))
    factories.comment(page, status="pending", due_at=timezone.now() + timedelta(minutes=1))
    call_command("tick")
    assert capsys.readouterr().out == f"waits too long, crisis: comment {late.pk}\n"
    assert not Comment.objects.exclude(address="").exists()


def test_several_people_behind_one_proxy_are_told_apart(page, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    for n in range(3):
        Reader(**{"X-Forwarded-For": f"203.0.113.{n}"}).posted(page, f"Reader number {n} here.")
    assert Comment.objects.values("address").distinct().count() == 3
