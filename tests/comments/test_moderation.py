"""Moderators decide in the admin; each decision is noted, told to the author, and learned from."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import AuditEntry
from comments import moderation, undoing
from comments.models import (
    Comment,
    Deed,
    Desk,
    Finding,
    LearnedModel,
    Mode,
    SavedText,
    Status,
    Thread,
    Verdict,
)
from comments.training import examples
from fasciculations import roles
from tests import factories
from tests.conftest import form_fields, messages

from .conftest import member, text_of

LIST = "/admin/comments/comment/"


def waiting(page, **fields):
    return factories.comment(page, **{"status": Status.PENDING, "due_at": timezone.now()} | fields)


@pytest.fixture
def reason(db):
    return SavedText.objects.create(title="Unfriendly", text="It is unkind.")


def seen(*comments):
    """The comments as a list that is drawn now names them."""
    return [f"{comment.pk}:{Comment.objects.get(pk=comment.pk).version}" for comment in comments]


def act(client, verdict, *comments, **more):
    """Press a button of the list: below one comment, or above all of them."""
    return client.post(LIST, {"verdict": verdict, "seen": seen(*comments)} | more, follow=True)


def hidden_in(form):
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def do(client, comment, deed, **more):
    """Press a button on the page of one comment."""
    return client.post(f"{LIST}{comment.pk}/{deed}/", {"seen": seen(comment)} | more, follow=True)


def undo(client):
    return client.post(f"{LIST}undo/{Deed.objects.standing().first().pk}/", follow=True)


def listed(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [words.get_text().strip() for words in soup.select(".card .comment-words")]


def status_of(comment):
    comment.refresh_from_db()
    return comment.status


def test_queue_shows_what_waits_the_most_pressing_first(moderator, page):
    now = timezone.now()
    waiting(page, body="Only new.", due_at=now)
    waiting(page, body="In danger, later.", lane="crisis", due_at=now + timedelta(hours=1))
    waiting(page, body="In danger, late.", lane="crisis", due_at=now - timedelta(hours=1))
    waiting(page, body="Buy this.", lane="selling", due_at=now)
    factories.comment(page, body="Approved before.")
    response = moderator.get(LIST)
    assert listed(response) == ["In danger, late.", "In danger, later.", "Buy this.", "Only new."]
    soup = BeautifulSoup(response.content, "html.parser")
    assert "late by" in soup.select_one(".card__clock").get_text()
    assert [tab.get_text() for tab in soup.select(".lanes .badge")] == ["2", "0", "0", "1", "0", "0", "0", "1"]
    assert listed(moderator.get(f"{LIST}?lane=selling")) == ["Buy this."]
    assert listed(moderator.get(f"{LIST}?status=approved")) == ["Approved before."]
    assert listed(moderator.get(f"{LIST}?q=danger&status=all")) == ["In danger, late.", "In danger, later."]


@pytest.mark.parametrize(
    "query", ["lane=none", "status=none", "page=none", "page=0", "page=999999999", "page=²", "q=%00", "email=a"]
)
def test_queue_takes_any_address(moderator, page, query):
    waiting(page)
    assert moderator.get(f"{LIST}?{query}").status_code == 200


def test_queue_is_read_a_page_at_a_time(moderator, page):
    for number in range(30):
        waiting(page, body=f"Number {number}", due_at=timezone.now() + timedelta(minutes=number))
    assert len(listed(moderator.get(LIST))) == 25
    assert listed(moderator.get(f"{LIST}?page=2")) == [f"Number {number}" for number in range(25, 30)]


def test_queue_asks_as_much_for_many_as_for_few(moderator, page, counting):
    for _ in range(2):
        comment = waiting(page)
        Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="A link")
    few = counting(lambda: moderator.get(LIST))
    for number in range(30):
        comment = waiting(factories.article(), lane=("crisis", "spam", "new")[number % 3])
        Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="A link")
    assert counting(lambda: moderator.get(LIST)) == few


@pytest.mark.parametrize("verdict", Verdict.values)
def test_several_are_decided_at_once_and_that_is_undone(moderator, page, reason, verdict):
    comments = [waiting(page) for _ in range(3)]
    before = list(Comment.objects.order_by("pk").values())
    response = act(moderator, verdict, *comments[:2], saved=reason.pk)
    assert "2 comments" in messages(response)[0]
    told = "" if verdict == "approved" else reason.text
    assert Comment.objects.filter(status=verdict, reason=told, due_at=None).count() == 2
    assert Thread.objects.get().approved == (2 if verdict == "approved" else 0)
    assert "Undone" in messages(undo(moderator))[0]
    assert list(Comment.objects.order_by("pk").values()) == before
    assert Thread.objects.get().approved == 0


def test_deeds_are_undone_one_after_another_and_each_only_once(moderator, page):
    comment = waiting(page)
    act(moderator, "approved", comment)
    act(moderator, "spam", comment)
    undo(moderator)
    assert status_of(comment) == Status.APPROVED
    first = Deed.objects.standing().get()
    undo(moderator)
    assert status_of(comment) == Status.PENDING
    response = moderator.post(f"{LIST}undo/{first.pk}/", follow=True)
    assert messages(response) == ["It has been undone before."]


def test_undo_leaves_alone_what_was_changed_since(moderator, page):
    comment, other = waiting(page), waiting(page)
    act(moderator, "approved", comment, other)
    deed = Deed.objects.get()
    act(moderator, "spam", comment)
    response = moderator.post(f"{LIST}undo/{deed.pk}/", follow=True)
    assert messages(response)[1] == "Left alone: 1 comment. It has been changed since."
    assert (status_of(comment), status_of(other)) == (Status.SPAM, Status.PENDING)
    assert [one.comment for one in deed.decisions.all()] == [comment]  # for which it stands
    undo(moderator)
    undo(moderator)
    assert status_of(comment) == Status.PENDING


def test_reason_is_saved_or_ones_own(moderator, page, reason):
    saved, own, none = waiting(page), waiting(page), waiting(page)
    act(moderator, "rejected", saved, saved=reason.pk, words="Left from before.")
    act(moderator, "rejected", own, words="Please leave out the name.")
    assert "the author is told" in messages(act(moderator, "rejected", none))[0]
    reasons = [Comment.objects.get(pk=one.pk).reason for one in (saved, own, none)]
    assert reasons == [reason.text, "Please leave out the name.", ""]
    assert status_of(none) == Status.PENDING


def test_one_comment_is_decided_with_its_reasons_before_the_eyes(moderator, page, reason):
    comment = waiting(page, body="Call me on 0161 496 0000 please")
    behind = waiting(page, body="The next one.")
    span = {"start": 11, "end": 24}
    lane = {"rule": "personal-data", "lane": "personal_data", "points": 3}
    Finding.objects.create(comment=comment, why="A telephone number", **lane, **span)
    html = moderator.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert "<mark>0161 496 0000</mark>" in html
    assert "A telephone number" in html
    response = do(moderator, comment, "change", verdict="rejected", saved=reason.pk)
    assert response.redirect_chain[-1][0] == f"{LIST}{behind.pk}/change/"
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("rejected", reason.text)
    assert do(moderator, behind, "change", verdict="approved").redirect_chain[-1][0] == LIST


def test_approved_comment_is_drawn_at_once(moderator, page):
    comment = waiting(page)
    do(moderator, comment, "change", verdict="approved")
    assert comment.body in text_of(Client().get(page.path))
    do(moderator, comment, "change", verdict="spam")
    assert comment.body not in text_of(Client().get(page.path))


@pytest.mark.parametrize(
    "sent",
    [
        {"verdict": "erased"},
        {"verdict": ""},
        {"verdict": "approved", "seen": "yesterday"},
        {"verdict": "approved", "seen": []},
        {"verdict": "rejected", "saved": "999999"},
        {"verdict": "rejected", "words": "x" * 301},
    ],
)
def test_decision_that_is_none_changes_nothing(moderator, page, sent):
    comment = waiting(page)
    response = act(moderator, **{"verdict": "approved", "seen": seen(comment)} | sent)
    assert "Nothing was decided" in messages(response)[0]
    assert moderator.post(f"{LIST}{comment.pk}/change/", {"seen": seen(comment)} | sent).status_code == 200
    assert status_of(comment) == Status.PENDING


def test_text_that_the_moderator_has_not_seen_is_not_decided_on(moderator, reader, page):
    comment, own = reader.posted(page)
    other, old = waiting(page), seen(comment)
    reader.send(f"{own}change/", body="Something else.")
    response = act(moderator, "approved", seen=old + seen(other))
    assert "somebody changed it meanwhile" in messages(response)[1]
    assert (status_of(comment), status_of(other)) == (Status.PENDING, Status.APPROVED)
    response = moderator.post(f"{LIST}{comment.pk}/change/", {"verdict": "spam", "seen": old}, follow=True)
    assert "somebody changed it meanwhile" in messages(response)[0]
    assert status_of(comment) == Status.PENDING


def test_decision_of_another_is_not_overruled_by_an_old_page(moderator, page):
    comment = waiting(page)
    old = seen(comment)
    moderation.decide([comment], Verdict.REJECTED, by=None, reason="Private.")
    act(moderator, "approved", seen=old)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("rejected", "Private.")
    act(moderator, "approved", comment)
    assert status_of(comment) == "approved"


def test_appeals_are_found(moderator, page):
    waiting(page, body="Only new.")
    waiting(page, body="Look again.", appeal="It was only a joke.", appealed_at=timezone.now())
    assert listed(moderator.get(f"{LIST}?appealed=on")) == ["Look again."]


def test_withdrawn_comment_is_left_alone(moderator, page):
    comment = factories.comment(page, status=Status.WITHDRAWN)
    assert "withdrew" in messages(act(moderator, "approved", comment))[0]
    assert status_of(comment) == Status.WITHDRAWN


# --- two moderators -------------------------------------------------------------------------------------------------


def test_comment_that_another_reads_is_left_to_them_until_it_is_taken_over(moderator, page):
    comment, behind = waiting(page), waiting(page)
    other = member(roles.MODERATOR, "Bea")
    moderator.get(f"{LIST}{comment.pk}/change/")
    assert "Moderator is reading it" in other.get(LIST).content.decode()
    html = other.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert "Take it over" in html
    assert 'value="approved"' not in html
    assert "Moderator is reading it" in messages(act(other, "approved", comment))[0]
    assert other.get(f"{LIST}next/").url == f"{LIST}{behind.pk}/change/"
    do(other, comment, "take")
    assert "Bea is reading it" in messages(act(moderator, "spam", comment))[0]
    act(other, "approved", comment)
    assert status_of(comment) == Status.APPROVED


def test_comment_is_free_again_when_its_reader_goes_on_or_time_is_over(moderator, page):
    comment, behind = waiting(page), waiting(page)
    other = member(roles.MODERATOR, "Bea")
    moderator.get(f"{LIST}{comment.pk}/change/")
    assert do(moderator, comment, "skip").redirect_chain[-1][0] == f"{LIST}{behind.pk}/change/"
    act(other, "approved", comment)
    assert status_of(comment) == Status.APPROVED
    Comment.objects.filter(pk=behind.pk).update(claimed_until=timezone.now())
    act(other, "approved", behind)
    assert status_of(behind) == Status.APPROVED


# --- other deeds ----------------------------------------------------------------------------------------------------


def test_rule_that_was_wrong_no_longer_counts(moderator, page):
    comment = waiting(page, lane="personal_data", points=4)
    found = {"comment": comment, "why": "It holds something", "points": 4}
    finding = Finding.objects.create(rule="personal-data", lane="personal_data", **found)
    do(moderator, comment, f"dispute/{finding.pk}")
    comment.refresh_from_db()
    assert (comment.lane, comment.points, status_of(comment)) == ("new", 0, Status.PENDING)
    assert "said that it was wrong" in moderator.get(f"{LIST}{comment.pk}/change/").content.decode()
    undo(moderator)
    comment.refresh_from_db()
    assert (comment.lane, comment.points) == ("personal_data", 4)
    assert not Finding.objects.exclude(disputed=None).exists()


def test_pinned_thread_stands_above_the_others(moderator, page):
    threads = [factories.comment(page, body=f"Thread {n}.") for n in range(5)]
    for thread in threads[:3]:
        do(moderator, thread, "pin")
    assert "pinned already" in messages(do(moderator, threads[3], "pin"))[0]
    text = text_of(Client().get(page.path))
    places = [text.index(f"Thread {n}.") for n in (2, 1, 0, 4, 3)]
    assert places == sorted(places)
    do(moderator, threads[2], "pin")
    assert not Comment.objects.get(pk=threads[2].pk).is_pinned


def test_reply_cannot_be_pinned(moderator, page):
    reply = factories.comment(page, parent=factories.comment(page))
    assert "begins a thread" in messages(do(moderator, reply, "pin"))[0]


def test_thread_is_moved_with_its_replies_and_old_links_lead_there(moderator, page):
    to = factories.cause()
    begun = factories.comment(page)
    reply = factories.comment(page, parent=begun)
    old = Comment.objects.get(pk=begun.pk).path
    do(moderator, begun, "move", page=to.pk)
    assert begun.body in text_of(Client().get(to.path))
    assert reply.body in text_of(Client().get(to.path))
    assert begun.body not in text_of(Client().get(page.path))
    assert Client().get(old).url.startswith(f"{to.path}comments/{begun.pk}/")
    assert Client().get(f"{page.path}comments/{begun.pk}/?at={reply.pk}").url.startswith(to.path)
    undo(moderator)
    assert reply.body in text_of(Client().get(page.path))
    assert [thread.approved for thread in Thread.objects.order_by("approved")] == [0, 2]


def test_reply_is_moved_alone_and_begins_a_thread(moderator, page):
    begun = factories.comment(page)
    reply = factories.comment(page, parent=begun)
    to = factories.article()
    do(moderator, reply, "move", page=to.pk)
    reply.refresh_from_db()
    assert (reply.page_id, reply.parent_id) == (to.pk, None)
    undo(moderator)
    reply.refresh_from_db()
    assert (reply.page_id, reply.parent_id) == (page.pk, begun.pk)


def test_thread_of_which_a_reply_was_changed_meanwhile_stays_together(moderator, page):
    begun = factories.comment(page)
    reply = factories.comment(page, parent=begun)
    Comment.objects.filter(pk=reply.pk).update(claimed_by=factories.user(), claimed_until=timezone.now() + timedelta(1))
    do(moderator, begun, "move", page=factories.article().pk)
    assert not Comment.objects.exclude(page=page).exists()


def test_moderator_replies_as_one(moderator, page):
    comment = factories.comment(page)
    do(moderator, comment, "reply", name="Team", text="Thank you for this.")
    text = text_of(Client().get(page.path))
    assert "Thank you for this." in text
    assert "Moderator" in text
    undo(moderator)
    assert "Thank you for this." not in text_of(Client().get(page.path))
    assert Comment.objects.get() == comment


def test_reply_that_cannot_stand_there_comes_back(moderator, page):
    comment = waiting(page)
    response = do(moderator, comment, "reply", name="Team", text="Thank you for this.")
    assert "Readers do not see it." in response.content.decode()
    assert "Thank you for this." in response.content.decode()


# --- explaining -----------------------------------------------------------------------------------------------------


def test_card_names_the_nearest_decision_and_the_author(moderator, page):
    past = waiting(page, body="My thumb twitched for a week after too much coffee.", address="a" * 64)
    act(moderator, "rejected", past, words="Not here.")
    act(moderator, "approved", waiting(page, body="Something else entirely."))
    comment = waiting(page, body="My thumb twitched for a month after too much coffee.", address="a" * 64)
    html = moderator.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert "82% the same words" in html
    assert "Not here." in html
    assert "1 rejected" in html


def test_page_of_a_comment_asks_as_much_for_many_as_for_few(moderator, page, counting):
    comment = waiting(page, address="a" * 64)
    url = f"{LIST}{comment.pk}/change/"
    moderation.decide([waiting(page, address="a" * 64)], Verdict.APPROVED, by=None)
    few = counting(lambda: moderator.get(url))
    moderation.decide([waiting(factories.article(), address="a" * 64) for _ in range(9)], Verdict.APPROVED, by=None)
    assert counting(lambda: moderator.get(url)) == few


# --- care -----------------------------------------------------------------------------------------------------------


def test_distressing_text_is_covered_unless_one_wants_it_open(moderator, page):
    waiting(page, body="I want to be gone.", lane="crisis")
    waiting(page, body="Only new.")
    soup = BeautifulSoup(moderator.get(LIST).content, "html.parser")
    [cover] = soup.select(".cover:not([open])")
    assert "I want to be gone." in cover.get_text()
    moderator.post(f"{LIST}mine/", {})
    assert not BeautifulSoup(moderator.get(LIST).content, "html.parser").select(".cover")


def test_lane_is_left_to_others_and_all_are_told_if_nobody_reads_it(moderator, page):
    comment = waiting(page, body="Buy this.", lane="selling")
    response = moderator.post(f"{LIST}mine/", {"skipped": ["selling"], "covers": "on"}, follow=True)
    assert "Nobody reads the lane “Selling”" in messages(response)[1]
    response = moderator.get(LIST)
    assert listed(response) == []
    assert "Nobody reads the lane" in response.content.decode()
    assert listed(moderator.get(f"{LIST}?lane=selling")) == [comment.body]
    other = member(roles.MODERATOR, "Bea")
    assert listed(other.get(LIST)) == [comment.body]
    assert "Nobody reads the lane" not in other.get(LIST).content.decode()
    assert Desk.objects.get().skipped == ["selling"]


def test_shift_counts_what_stands(moderator, page):
    act(moderator, "approved", waiting(page, lane="crisis"), waiting(page))
    act(moderator, "spam", waiting(page))
    undo(moderator)
    assert "Today: 2 decided, 1 of them in the crisis lane" in moderator.get(LIST).content.decode()


# --- who may, and what is written down --------------------------------------------------------------------------------


def test_deeds_are_written_down_with_before_after_rule_and_reason_and_no_word_of_readers(moderator, page):
    comment = waiting(page, body="Secret words.", name="Secret name")
    Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="A link")
    act(moderator, "rejected", comment, words="Advertising.")
    undo(moderator)
    undone, done = AuditEntry.objects.all()[:2]
    assert (done.before, done.after) == (
        f"Waiting, lane New, on {page.path}, waits",
        f"Rejected, lane New, on {page.path}",
    )
    assert (done.rule, done.note, done.by_name) == ("links", "Rejected: Advertising.", "Moderator")
    assert (undone.before, undone.after, undone.action) == (done.after, done.before, "undone")
    assert done.subject == undone.subject == f"comment {comment.pk}"
    assert "Secret" not in str(AuditEntry.objects.values())


def test_log_lists_what_was_done_and_undoes_it(moderator, page):
    comment = waiting(page)
    act(moderator, "approved", comment)
    html = moderator.get(f"{LIST}log/").content.decode()
    assert "Approved" in html
    response = moderator.post(f"{LIST}undo/{Deed.objects.get().pk}/", {"back": f"{LIST}log/"})
    assert response.url == f"{LIST}log/#card-{comment.pk}"
    assert "by Moderator" in moderator.get(f"{LIST}log/").content.decode()
    response = moderator.post(f"{LIST}undo/{Deed.objects.get().pk}/", {"back": "//elsewhere.example/"})
    assert response.url == f"{LIST}log/"


def test_log_asks_as_much_for_many_as_for_few(moderator, page, counting):
    act(moderator, "approved", waiting(page))
    few = counting(lambda: moderator.get(f"{LIST}log/"))
    for _ in range(5):
        act(moderator, "approved", *[waiting(factories.article()) for _ in range(5)])
    assert counting(lambda: moderator.get(f"{LIST}log/")) == few


def test_words_of_readers_cannot_be_changed_added_or_deleted(moderator, page):
    comment = waiting(page)
    before = Comment.objects.values().get()
    moderator.post(f"{LIST}{comment.pk}/change/", {"body": "Forged.", "name": "Forged"})
    for path in ("add", f"{comment.pk}/delete", f"{comment.pk}/history", f"{str(comment.pk).upper()}/change"):
        assert moderator.post(f"{LIST}{path}/", {"post": "yes"}).status_code == 404, path
    assert Comment.objects.values().get() == before


def test_comment_that_was_erased_meanwhile_leads_back_to_the_queue(moderator, page):
    comment = waiting(page)
    sent = {"verdict": "approved", "seen": seen(comment)}
    Comment.objects.all().delete()
    for path in ("change", "pin", "reply", "redact", "measure"):
        response = moderator.post(f"{LIST}{comment.pk}/{path}/", sent, follow=True)
        assert response.redirect_chain == [(LIST, 302)]
        assert messages(response) == ["That is not there any more. A comment may have been erased."]


def test_comment_is_decided_on_below_a_form_that_came_back(moderator, page, reason):
    """The page stands at another address then; its other buttons and its undo mean the same as ever."""
    act(moderator, "spam", waiting(page))
    comment = factories.comment(page)
    response = moderator.post(f"{LIST}{comment.pk}/reply/", {"seen": seen(comment), "text": " ", "name": "Team"})
    soup = BeautifulSoup(response.content, "html.parser")
    decide = soup.select_one("form.decide")
    response = moderator.post(decide["action"], hidden_in(decide) | {"verdict": "spam"}, follow=True)
    assert messages(response)[0] == "Marked as spam: 1 comment."
    undo = soup.select_one("form.undo-bar")
    assert moderator.post(undo["action"], hidden_in(undo), follow=True).status_code == 200


def test_page_behind_the_last_leads_to_the_first(moderator, page):
    waiting(page)
    response = moderator.get(f"{LIST}?status=all&page=60", follow=True)
    assert response.redirect_chain == [(f"{LIST}?status=all", 302)]


def test_refusal_of_many_without_a_reason_keeps_what_was_chosen(moderator, page):
    chosen, other = waiting(page), waiting(page)
    response = act(moderator, "rejected", chosen)
    assert "Nothing was decided" in messages(response)[0]
    boxes = BeautifulSoup(response.content, "html.parser").select("[name=seen][type=checkbox]")
    assert {box["value"]: box.has_attr("checked") for box in boxes} == {seen(chosen)[0]: True, seen(other)[0]: False}


def test_database_keeps_no_reason_that_a_deed_could_not(db):
    SavedText.objects.create(use="reply", title="Long", text="x" * 301)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedText.objects.create(use="reason", title="Long", text="x" * 301)


def test_comment_that_waits_for_nothing_but_a_wrong_rule_gets_the_time_of_its_lane(moderator, page):
    comment = waiting(page, lane="crisis", queued_at=timezone.now(), due_at=timezone.now() + timedelta(hours=1))
    finding = Finding.objects.create(comment=comment, rule="crisis", lane="crisis", points=0, why="May be in danger")
    do(moderator, comment, f"dispute/{finding.pk}")
    comment.refresh_from_db()
    assert (comment.lane, comment.due_at) == ("new", comment.queued_at + timedelta(days=2))


def test_danger_that_was_written_over_stays_in_its_lane_whatever_else_is_said_of_it(moderator, page):
    due = timezone.now() + timedelta(hours=1)
    comment = waiting(page, body="See Dr Field.", lane="crisis", queued_at=timezone.now(), due_at=due)
    finding = Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="Holds a link")
    do(moderator, comment, f"dispute/{finding.pk}")
    moderator.post(f"{LIST}{comment.pk}/redact/", {"seen": seen(comment), "words": "Dr Field"})
    comment.refresh_from_db()
    assert (comment.body, comment.lane, comment.due_at) == ("See [removed].", "crisis", due)


def test_what_moderators_set_is_written_down(moderator, page, reason):
    thread = Thread.objects.create(page=page)
    path = f"/admin/comments/thread/{thread.pk}/change/"
    moderator.post(path, form_fields(moderator.get(path).content) | {"mode": "open"})
    moderator.post(f"/admin/comments/savedtext/{reason.pk}/delete/", {"post": "yes"})
    deleted, opened = AuditEntry.objects.filter(by__isnull=False)
    assert (opened.page_id, opened.subject, opened.by_name) == (page.pk, "thread", "Moderator")
    assert (opened.before.split(":")[0], opened.after.split(":")[0]) == ("All held", "Open")
    assert (deleted.subject, deleted.before, deleted.after) == (
        f"saved text {reason.pk}",
        "Reason for a refusal, number 0, “Unfriendly”: It is unkind.",
        "",
    )


def every_address(comment):
    """Of each page and each button of the desk, about this comment or about whatever has the number 1."""
    values = {"key": comment.pk, "deed": 1, "finding": 1, "sanction": 1}
    for url in admin.site.get_model_admin(Comment).get_urls():
        names = url.pattern.converters
        if url.name and "object_id" not in names:
            yield reverse(f"admin:{url.name}", kwargs={name: values[name] for name in names})


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.MODERATOR])
def test_other_roles_do_not_moderate(page, role):
    comment, client = waiting(page), member(role)
    before = Comment.objects.values().get()
    sent = {"verdict": "approved", "seen": seen(comment), "text": "Hello", "name": "x", "page": page.pk}
    for address in every_address(comment):
        assert client.get(address).status_code == 403, address
        assert client.post(address, sent).status_code == 403, address
    assert Comment.objects.values().get() == before
    assert not Deed.objects.exists()


def test_looking_alone_decides_nothing(page):
    comment = waiting(page)
    user = factories.user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client = Client()
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"verdict": "approved", "seen": seen(comment)}).status_code == 403
    assert status_of(comment) == Status.PENDING


@pytest.mark.parametrize("name", ["pin", "skip", "take", "move", "reply", "dispute/1"])
def test_address_alone_does_nothing(moderator, page, name):
    assert moderator.get(f"{LIST}{waiting(page).pk}/{name}/").status_code == 405


def test_moderator_opens_and_closes_threads(moderator, page):
    symptom, hidden = factories.symptom(), factories.article(live=False)
    form = form_fields((response := moderator.get("/admin/comments/thread/add/")).content)
    for stranger in (symptom, hidden):
        assert str(stranger.pk) not in response.content.decode()
    assert moderator.post("/admin/comments/thread/add/", form | {"page": page.pk, "_save": "1"}).status_code == 302
    url = f"/admin/comments/thread/{page.pk}/change/"
    form = form_fields(moderator.get(url).content)
    factories.comment(page)  # meanwhile
    before = Thread.objects.get()
    moderator.post(url, form | {"mode": Mode.CLOSED, "_save": "1"})
    assert "Comments on this page are closed." in text_of(Client().get(page.path))
    after = Thread.objects.get()
    assert after.approved == before.approved == 1
    assert after.version > before.version


def test_thread_opened_at_the_end_of_time_breaks_no_page(moderator, page):
    Thread.objects.create(page=page, opened_at="9999-12-31T23:59:59Z", closes_after_days=30_000)
    assert Client().get(page.path).status_code == 200


# --- what is learned ------------------------------------------------------------------------------------------------


def taught(page, spam, ham):
    for n in range(spam):
        moderation.decide([waiting(page, body=f"Cheap watches, visit shop {n} today")], Verdict.SPAM, by=None)
    for n in range(ham):
        moderation.decide([waiting(page, body=f"My calf twitched {n} times tonight")], Verdict.APPROVED, by=None)


def test_model_learns_from_decisions_and_explains_itself(reader, page):
    taught(page, 30, 30)
    comment, own = reader.posted(page, "Cheap watches, visit my shop", name="Eve")
    finding = comment.findings.get(rule="learned")
    assert "watches" in finding.why
    assert "much like" in text_of(reader.client.get(own))
    harmless, _ = reader.posted(page, "Last night my calf twitched again", name="Ann")
    assert not harmless.findings.filter(rule="learned").exists()


def test_model_says_nothing_before_there_is_enough_to_learn_from(reader, page):
    taught(page, 3, 3)
    comment, _ = reader.posted(page, "Cheap watches, visit my shop", name="Eve")
    assert not comment.findings.filter(rule="learned").exists()


def test_undone_decision_leaves_no_trace_in_the_model(page):
    taught(page, 25, 25)
    before = bytes(LearnedModel.objects.latest().data)
    mistaken = waiting(page, body="Muscle twitching after coffee and too little sleep")
    moderation.decide([mistaken], Verdict.SPAM, by=None)
    assert bytes(LearnedModel.objects.latest().data) != before
    undoing.undo(Deed.objects.standing().first(), by=None)
    assert bytes(LearnedModel.objects.latest().data) == before


def test_latest_decision_counts_and_only_for_the_text_it_was_made_about(page):
    comment, changed, refused = (waiting(page, body=f"Text {n} here.") for n in range(3))
    moderation.decide([comment, changed], Verdict.SPAM, by=None)
    moderation.decide([comment], Verdict.APPROVED, by=None)
    moderation.decide([refused], Verdict.REJECTED, by=None)
    Comment.objects.filter(pk=changed.pk).update(edited_at=timezone.now() + timedelta(minutes=1))
    assert list(examples()) == [("Text 0 here.", False)]
