"""The page that only a comment's author knows: what became of it, why, and what can be done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import AuditEntry
from comments import moderation
from comments.models import Arrival, Comment, Deed, EarlierText, Lane, Mode, Status, Thread, Verdict
from comments.models.comments import MOST_TEXTS
from comments.models.judgements import Finding
from tests import factories

from .conftest import fields, text_of


@pytest.fixture
def posted(reader, page):
    return reader.posted(page)


def set_back(comment, **span):
    """As if it had been posted some time ago."""
    Comment.objects.filter(pk=comment.pk).update(posted_at=timezone.now() - timedelta(**span))


def decided(comment, verdict, **more):
    moderation.decide([comment], verdict, by=None, **more)
    comment.refresh_from_db()
    return comment


def do(reader, own, deed, **changes):
    return reader.send(f"{own}{deed}/", **changes)


@pytest.mark.parametrize("token", ["nonsense", "a:b", "00000000000000000000000000000000:x", "%00", "é"])
def test_wrong_link_leads_nowhere(client, db, token):
    assert client.get(f"/comments/yours/{token}/").status_code == 404


def test_link_is_kept_by_nobody_and_leads_to_no_other_comment(reader, page):
    _, own = reader.posted(page, name="Ann")
    _, other = reader.posted(page, name="Bob")
    response = reader.client.get(own)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert own != other
    assert "Bob" not in text_of(response)


def test_refused_comment_says_why(reader, posted):
    comment, own = posted
    decided(comment, Verdict.REJECTED, reason="It is about something else than this page.")
    assert "It is about something else" in text_of(reader.client.get(own))


def test_held_comment_says_what_the_rules_found(reader, page):
    _, own = reader.posted(page, subject="http://shop.example")
    text = text_of(reader.client.get(own))
    assert "It was taken for spam" in text
    assert "A field that people do not see was filled in." in text


def test_spam_is_told_of_what_made_it_spam_alone(reader, page):
    _, own = reader.posted(page, "Ring me on 0161 496 0837.", subject="http://shop.example", personal="keep")
    text = text_of(reader.client.get(own))
    assert "A field that people do not see was filled in." in text
    assert "by which somebody can be found" not in text


@pytest.mark.parametrize("mode", [Mode.OPEN, Mode.ALL_HELD])
def test_comment_that_is_sent_again_is_told_of_as_what_it_is(reader, page, mode):
    Thread.objects.create(page=page, mode=mode)
    comment, own = reader.posted(page)
    decided(comment, Verdict.REJECTED, reason="Not like this.")
    do(reader, own, "change", body="Like this?")
    text = text_of(reader.client.get(own))
    assert "A person reads it before others do." in text
    assert "every new comment" not in text


def test_another_look_is_offered_only_where_it_can_be_had(reader, posted):
    comment, own = posted
    decided(comment, Verdict.REJECTED)
    assert text_of(reader.client.get(own)).lower().count("ask for another look") == 2
    do(reader, own, "appeal", why="Please.")
    decided(comment, Verdict.REJECTED)
    assert "another look" not in text_of(reader.client.get(own))


def test_crisis_shows_somebody_to_talk_to_at_once(reader, page):
    comment, own = reader.posted(page, "I want to die. I am going to kill myself tonight.")
    assert (comment.lane, comment.status) == (Lane.CRISIS, Status.PENDING)
    assert comment.due_at - comment.posted_at < timedelta(hours=2)
    text = text_of(reader.client.get(own))
    assert text.index("116 123") < text.index("waits for a moderator")
    assert "988" in text


# --- changing -------------------------------------------------------------------------------------------------------


def test_comment_is_changed_within_fifteen_minutes(reader, posted):
    comment, own = posted
    assert do(reader, own, "change", body="It twitches in the morning.").url == own
    comment.refresh_from_db()
    assert comment.body == "It twitches in the morning."
    assert EarlierText.objects.get().body == "It twitches at night."
    set_back(comment, minutes=16)
    assert "Change it" not in text_of(reader.client.get(own))
    response = reader.client.post(f"{own}change/", {"body": "Too late."})
    assert "no longer be changed" in text_of(response)
    assert fields(response)["body"] == "Too late."


def test_changed_text_is_judged_like_a_new_one(reader, page):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    comment, own = reader.posted(page)
    decided(comment, Verdict.APPROVED)
    do(reader, own, "change", body="I want to die. I am going to kill myself tonight.")
    comment.refresh_from_db()
    assert (comment.status, comment.lane) == (Status.PENDING, Lane.CRISIS)
    assert Thread.objects.get().approved == 0


def test_change_to_the_same_text_as_before_is_no_copy_of_itself(reader, posted):
    _, own = posted
    do(reader, own, "change", body="It twitches at night!")
    assert not Finding.objects.filter(rule__contains="same").exists()


def test_refused_comment_is_changed_and_sent_again(reader, posted):
    comment, own = posted
    set_back(comment, days=2)
    decided(comment, Verdict.REJECTED, reason="Not like this.")
    do(reader, own, "change", body="Like this?")
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.reason) == (Status.PENDING, "Like this?", "")
    assert comment.due_at


def test_text_that_is_saved_unchanged_changes_nothing(reader, page):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    comment, own = reader.posted(page)
    decided(comment, Verdict.APPROVED)
    before = Comment.objects.values().get()
    assert do(reader, own, "change").url == own
    assert Comment.objects.values().get() == before
    assert not EarlierText.objects.exists()
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(("deed", "field"), [("change", "body"), ("appeal", "why")])
def test_form_of_a_refused_comment_that_is_sent_twice_is_done_once(reader, posted, deed, field):
    comment, own = posted
    set_back(comment, hours=1)
    decided(comment, Verdict.REJECTED)
    form = reader.form(f"{own}{deed}/") | {field: "Like this?"}
    for _ in range(2):
        assert reader.client.post(f"{own}{deed}/", form).status_code == 302
    comment.refresh_from_db()
    assert (comment.status, getattr(comment, "appeal" if deed == "appeal" else "body")) == ("pending", "Like this?")
    assert comment.earlier_texts.count() == (deed == "change")


DANGER = "I want to die. I am going to kill myself tonight."


@pytest.mark.parametrize("is_withdrawn", [False, True])
@pytest.mark.parametrize("body", ["It twitches in my calf.", "Buy pills at http://pills.example/ now, 20% off"])
def test_whoever_may_be_in_danger_is_heard_whatever_they_change(reader, page, is_withdrawn, body):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    comment, own = reader.posted(page, DANGER)
    due = comment.due_at
    if is_withdrawn:
        do(reader, own, "withdraw")
    do(reader, own, "change", body=body, subject="filled in")
    comment.refresh_from_db()
    assert (comment.body, comment.status, comment.lane) == (body, Status.PENDING, Lane.CRISIS)
    assert comment.due_at == due or is_withdrawn


def test_whom_a_moderator_has_heard_is_judged_by_what_they_write_now(reader, page):
    comment, own = reader.posted(page, DANGER)
    decided(comment, Verdict.REJECTED)
    do(reader, own, "change", body="It twitches in my calf.")
    comment.refresh_from_db()
    assert (comment.status, comment.lane) == (Status.PENDING, Lane.NEW)


def test_comment_is_not_written_anew_without_end(reader, posted):
    comment, own = posted
    for n in range(MOST_TEXTS):
        EarlierText.objects.create(comment=comment, body=f"Text {n}")
    response = do(reader, own, "change", body="Once more.")
    assert "too often" in text_of(response)
    assert fields(response)["body"] == "Once more."


# --- withdrawing, appealing -----------------------------------------------------------------------------------------


def test_comment_is_withdrawn_and_can_be_sent_again(reader, page, posted):
    comment, own = posted
    decided(comment, Verdict.APPROVED)
    assert "It twitches at night." in text_of(Client().get(page.path))
    do(reader, own, "withdraw")
    assert "It twitches at night." not in text_of(Client().get(page.path))
    assert "You withdrew it" in text_of(reader.client.get(own))
    do(reader, own, "change")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_withdrawn_comment_leaves_its_place_where_others_answered(reader, page, posted):
    comment, own = posted
    decided(comment, Verdict.APPROVED)
    factories.comment(page, parent=comment, body="An answer.")
    do(reader, own, "withdraw")
    text = text_of(Client().get(page.path))
    assert "Withdrawn by its author." in text
    assert "An answer." in text
    assert "It twitches at night." not in text


def test_refused_comment_is_appealed_once(reader, posted):
    comment, own = posted
    decided(comment, Verdict.REJECTED, reason="No.")
    do(reader, own, "appeal", why="It is only what I noticed.")
    comment.refresh_from_db()
    assert (comment.status, comment.appeal) == (Status.PENDING, "It is only what I noticed.")
    assert "You asked for another look" in text_of(reader.client.get(own))
    decided(comment, Verdict.REJECTED, reason="Still no.")
    assert "Ask for another look" not in text_of(reader.client.get(own))
    response = do(reader, own, "appeal", why="Please!")
    assert "once" in text_of(response)
    assert fields(response)["why"] == "Please!"


def test_appeal_stays_before_a_person_when_the_comment_is_changed(reader, page):
    comment, own = reader.posted(page, subject="filled in")
    assert comment.status == Status.SPAM
    do(reader, own, "appeal", why="I am no program.")
    do(reader, own, "change", body="It twitches at noon.", subject="filled in")
    comment.refresh_from_db()
    assert (comment.status, comment.appeal) == (Status.PENDING, "I am no program.")
    assert comment.due_at
    assert "You asked for another look" in text_of(reader.client.get(own))


def test_appeal_of_somebody_in_danger_has_their_clock(reader, posted):
    comment, own = posted
    Comment.objects.update(lane=Lane.CRISIS)
    decided(comment, Verdict.REJECTED)
    do(reader, own, "appeal", why="Please.")
    comment.refresh_from_db()
    assert comment.due_at - timezone.now() < timedelta(hours=2)


def test_text_that_is_sent_again_after_an_appeal_is_told_of_as_what_it_is(reader, posted):
    comment, own = posted
    decided(comment, Verdict.REJECTED)
    do(reader, own, "appeal", why="Please.")
    decided(comment, Verdict.REJECTED)
    do(reader, own, "change", body="Something else.")
    assert "another look" not in text_of(reader.client.get(own))


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.SPAM])
def test_refused_comment_is_shown_by_a_moderator_alone_even_in_an_open_thread(reader, page, verdict):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    comment, own = reader.posted(page)
    decided(comment, verdict)
    do(reader, own, "change")
    do(reader, own, "change", body="And changed once more.")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_withdrawn_comment_is_no_way_around_the_fifteen_minutes(reader, page):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    comment, own = reader.posted(page)
    set_back(comment, days=20)
    do(reader, own, "withdraw")
    do(reader, own, "change", body="Another text altogether.")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("deed", ["change", "withdraw", "appeal", "replies"])
def test_comment_that_is_erased_meanwhile_loses_no_text(reader, posted, deed, settings, monkeypatch):
    settings.EMAIL_URL = "smtp://mail.example.org"
    _, own = posted
    monkeypatch.setattr("comments.posting.Thread.objects.locked", lambda page: Comment.objects.all().delete())
    response = reader.client.post(f"{own}{deed}/", {"body": "Kept.", "why": "Kept.", "email": "a@example.org"})
    assert "erased meanwhile" in text_of(response)
    assert {"change": "body", "appeal": "why"}.get(deed, deed) in {*fields(response), "withdraw", "replies"}


def test_closed_thread_offers_no_change(reader, page, posted):
    Thread.objects.update(mode=Mode.CLOSED)
    assert "Change it" not in text_of(reader.client.get(posted[1]))


def test_comment_that_waits_or_is_shown_cannot_be_appealed(reader, posted):
    _, own = posted
    assert do(reader, own, "appeal", why="Faster!").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-origin"])
@pytest.mark.parametrize("deed", ["change", "withdraw", "appeal", "replies", "erase"])
def test_deeds_sent_from_elsewhere_are_not_done(posted, deed, site, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    comment, own = posted
    if deed == "appeal":
        decided(comment, Verdict.REJECTED)
    before = list(Comment.objects.values())
    sent = {"body": "Forged.", "why": "Forged.", "email": "a@example.org"}
    Client(headers={"Sec-Fetch-Site": site}).post(f"{own}{deed}/", sent)
    assert (list(Comment.objects.values()) == before) == (site == "cross-site")


@pytest.mark.parametrize("deed", ["change", "withdraw", "appeal", "replies", "replies/stop", "erase"])
def test_looking_at_a_deed_does_not_do_it(reader, posted, deed):
    _, own = posted
    before = Comment.objects.values().get()
    reader.client.get(f"{own}{deed}/")
    assert Comment.objects.values().get() == before


# --- copies and erasing ---------------------------------------------------------------------------------------------


def test_copy_holds_everything_that_is_kept(reader, posted):
    comment, own = posted
    do(reader, own, "change", body="Changed text.")
    decided(comment, Verdict.REJECTED, reason="No.")
    response = reader.client.get(f"{own}copy/")
    assert "attachment" in response["Content-Disposition"]
    [data] = response.json()
    assert (data["text"], data["name"], data["status"]) == ("Changed text.", "Ann", "Rejected")
    assert [text["text"] for text in data["earlier texts"]] == ["It twitches at night."]
    assert [made["reason"] for made in data["decisions"]] == ["No."]


def test_copy_leaves_out_no_field(reader, posted):
    """A field that is added later has to be handed out too, or named here."""
    follow_from_others = {"id", "listed_at", "approved_replies"}
    of_the_desk = {"version", "claimed_by", "claimed_until"}
    [data] = reader.client.get(f"{posted[1]}copy/").json()
    names = {field.name for field in Comment._meta.fields} - follow_from_others - of_the_desk
    rows_of_others = ["what the rules found", "decisions", "earlier texts", "reports", "warnings and bans"]
    assert len(data) == len(names) + len(rows_of_others)


def test_copy_tells_why_each_rule_saw_something_and_how_much_that_counted(reader, page):
    _, own = reader.posted(page, "Ring me on 0161 496 0837.", personal="keep")
    [data] = reader.client.get(f"{own}copy/").json()
    found = next(one for one in data["what the rules found"] if one["where"])
    assert (found["where"], found["why"], found["points"]) == ("0161 496 0837", "Holds a telephone number", 3)


def test_author_is_not_told_what_a_moderator_said_was_wrong(reader, page):
    comment, own = reader.posted(page)
    finding = Finding.objects.create(comment=comment, rule="trap", lane="spam", points=10, why="Filled in the trap")
    assert "A field that people do not see" in text_of(reader.client.get(own))
    moderation.dispute(finding, by=None)
    assert "A field that people do not see" not in text_of(reader.client.get(own))


def test_erased_comment_is_gone_with_all_that_was_kept(reader, posted):
    comment, own = posted
    do(reader, own, "change", body="Changed text.")
    decided(comment, Verdict.APPROVED)
    assert do(reader, own, "erase").url == "/comments/erased/"
    assert "are gone" in text_of(reader.client.get("/comments/erased/"))
    for model in (Comment, EarlierText, Finding):
        assert not model.objects.exists()
    assert Thread.objects.get().approved == 0
    assert reader.client.get(own).status_code == 404


def test_what_stays_of_an_erased_comment_is_what_its_author_is_told(reader, posted):
    comment, own = posted
    decided(comment, Verdict.REJECTED, reason="Not on this page.")
    do(reader, own, "erase")
    [entry] = AuditEntry.objects.filter(subject=f"comment {comment.pk}").values()
    assert "Not on this page." in entry["note"]
    kept = str(entry) + str(list(Deed.objects.values())) + str(list(Arrival.objects.values()))
    assert "Ann" not in kept
    assert "It twitches" not in kept
    assert "the reason they gave" in text_of(reader.client.get("/comments/erased/"))


def test_erased_comment_with_answers_leaves_an_empty_place(reader, page, posted):
    comment, own = posted
    decided(comment, Verdict.APPROVED)
    factories.comment(page, parent=comment, body="An answer.")
    do(reader, own, "erase")
    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.address, comment.form_key) == ("", "", "", None)
    assert not comment.decisions.exists()
    assert "An answer." in text_of(Client().get(page.path))
    assert reader.client.get(own).status_code == 404
