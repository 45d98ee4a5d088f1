"""Undoing what others have built upon since: it is put back exactly, or not at all, and nothing is torn."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import AuditEntry
from comments import claims, deeds, mailing, moderation, posting, privacy, sanctions, undoing
from comments.errors import NotNowError
from comments.models import Comment, Deed, Kind, Measure, Sanction, Status, Verdict
from comments.senders import Sender
from tests import factories
from tests.conftest import messages

from .test_mail import DATABASE_TASKS, deliver

LIST = "/admin/comments/comment/"


@pytest.fixture
def thread(page):
    begun = factories.comment(page)
    return begun, factories.comment(page, parent=begun)


def moved(comment, to):
    return moderation.move(comment, to, by=None).deed


def places():
    return {(comment.page_id, comment.parent and comment.parent.page_id) for comment in Comment.objects.all()}


def is_whole():
    """No reply stands on another page than what it answers, and none answers a reply."""
    replies = Comment.objects.exclude(parent=None).select_related("parent")
    return all(reply.page_id == reply.parent.page_id and reply.parent.parent_id is None for reply in replies)


def reply_there(begun, reply, to):
    factories.comment(to, parent=begun)


def decide_there(begun, reply, to):
    moderation.decide([reply], Verdict.SPAM, by=None)


def pin_there(begun, reply, to):
    moderation.pin(Comment.objects.get(pk=begun.pk), by=None)


@pytest.mark.parametrize("since", [reply_there, decide_there, pin_there])
def test_thread_that_has_changed_since_is_not_moved_back_in_parts(page, thread, since):
    begun, reply = thread
    deed = moved(begun, to := factories.article())
    since(begun, reply, to)
    with pytest.raises(undoing.UndoError, match="Move it by hand"):
        undoing.undo(deed, by=None)
    assert is_whole()
    assert page.pk not in Comment.objects.values_list("page", flat=True)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PENDING])
def test_reply_that_was_answered_where_it_was_moved_stays_there(thread, status):
    deed = moved(thread[1], to := factories.article())
    factories.comment(to, parent=thread[1], status=status)
    with pytest.raises(undoing.UndoError):
        undoing.undo(deed, by=None)
    assert is_whole()


@pytest.mark.parametrize("gone", ["erased", "moved on"])
def test_reply_does_not_go_back_to_a_thread_that_is_not_there(thread, gone):
    begun, reply = thread
    deed = moved(reply, factories.article())
    if gone == "erased":
        privacy.erase(Comment.objects.filter(pk=begun.pk))
    else:
        moved(begun, factories.article())
    with pytest.raises(undoing.UndoError):
        undoing.undo(deed, by=None)
    assert is_whole()


def test_nobody_answers_what_was_moved_while_they_wrote(page, thread):
    begun = Comment.objects.select_related("page").get(pk=thread[0].pk)
    moved(begun, factories.article())
    written = {"name": "Ann", "body": "Mine too.", "email": "", "wants_replies": False}
    with pytest.raises(NotNowError, match="moved or taken away"):
        posting.post(page, parent=begun, form_key="a", sender=Sender(["a" * 64], 60), **written)
    assert is_whole()


def test_no_more_are_pinned_by_an_undo(page):
    threads = [factories.comment(page) for _ in range(4)]
    for begun in threads[:3]:
        moderation.pin(begun, by=None)
    unpinned = moderation.pin(Comment.objects.get(pk=threads[0].pk), by=None).deed
    moderation.pin(threads[3], by=None)
    with pytest.raises(undoing.UndoError, match="pinned already"):
        undoing.undo(unpinned, by=None)
    assert Comment.objects.filter(is_pinned=True).count() == 3


def test_undo_of_many_leaves_alone_only_what_finds_no_place_among_the_pinned(page):
    threads = [factories.comment(page) for _ in range(4)]
    for begun in threads[:3]:
        moderation.pin(begun, by=None)
    refused = moderation.decide(threads[:2], Verdict.SPAM, by=None).deed
    moderation.pin(threads[3], by=None)
    done = undoing.undo(refused, by=None)
    assert len(done.comments) == 1
    assert [*done.left.values()] == [deeds.ENOUGH_PINNED]
    assert Comment.objects.pinned().count() == 3
    assert Comment.objects.filter(status=Status.SPAM).count() == 1


def test_thread_that_is_hidden_and_shown_again_is_pinned_no_longer(page):
    threads = [factories.comment(page) for _ in range(4)]
    for begun in threads[:3]:
        moderation.pin(begun, by=None)
    moderation.decide([threads[0]], Verdict.REJECTED, by=None, reason="No.")
    moderation.pin(threads[3], by=None)
    moderation.decide([threads[0]], Verdict.APPROVED, by=None)
    assert Comment.objects.pinned().count() == 3


def test_hidden_thread_takes_no_place_among_the_pinned(page):
    threads = [factories.comment(page) for _ in range(4)]
    for begun in threads[:3]:
        moderation.pin(begun, by=None)
    moderation.decide([threads[0]], Verdict.SPAM, by=None)
    assert moderation.pin(threads[3], by=None).comments


@pytest.mark.parametrize("email_url", ["", "dummymail://"])
def test_staff_reply_that_was_decided_on_since_is_not_undone(page, settings, email_url):
    settings.EMAIL_URL = email_url
    replied = moderation.reply(factories.comment(page), "Thank you.", name="Team", by=None)
    moderation.decide(replied.comments, Verdict.REJECTED, by=None, reason="It was wrong.")
    with pytest.raises(undoing.UndoError, match="changed since"):
        undoing.undo(replied.deed, by=None)
    assert Comment.objects.filter(is_by_staff=True, status=Status.REJECTED).exists()


def test_what_changes_nothing_of_a_comment_is_not_in_the_way_of_an_undo(page):
    comment = factories.comment(page, status="pending")
    approved = moderation.decide([comment], Verdict.APPROVED, by=None).deed
    sanctions.impose(comment, Measure.WARNING, reason="Be kind.", by=None)
    undoing.undo(approved, by=None)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert Sanction.objects.exists()


def test_ban_that_was_lifted_can_be_undone_with_all_that_it_hid(page):
    cause, _other = (factories.comment(page, address="a" * 64) for _ in range(2))
    banned = sanctions.impose(cause, Measure.BAN, reason="Sells.", by=None, hide_all=True).deed
    sanctions.lift(Sanction.objects.get(), by=None, reason="A mistake.")
    assert len(undoing.undo(banned, by=None).comments) == 2
    assert Comment.objects.approved().count() == 2
    assert not Sanction.objects.exists()


def test_warning_is_taken_back_though_its_comment_was_changed_since(page):
    comment = factories.comment(page)
    warned = sanctions.impose(comment, Measure.WARNING, reason="Be kind.", by=None, hide_all=True).deed
    posting.withdraw(comment)
    done = undoing.undo(warned, by=None)
    assert [*done.left.values()] == [undoing.CHANGED_SINCE]
    assert not Sanction.objects.exists()
    assert Comment.objects.get().status == Status.WITHDRAWN


def test_suspension_is_taken_back_and_told_though_somebody_reads_its_comment(page, chief):
    comment = factories.comment(page, address="a" * 64)
    suspended = sanctions.impose(comment, Measure.SUSPENSION, reason="Sells.", by=None, days=7, hide_all=True).deed
    claims.claim(Comment.objects.get(), chief)
    before = AuditEntry.objects.count()
    undoing.undo(suspended, by=None)
    assert not Sanction.objects.exists()
    assert AuditEntry.objects.count() == before + 1
    Comment.objects.update(claimed_by=None, claimed_until=None)
    undoing.undo(Deed.objects.get(kind=Kind.SUSPENDED, undone_at=None), by=None)
    assert Comment.objects.get().status == Status.APPROVED


def test_undo_leaves_no_version_that_was_seen_as_something_else(page):
    comment = factories.comment(page, status="pending")
    rejected = moderation.decide([comment], Verdict.REJECTED, by=None, reason="No.").deed
    sanctions.impose(comment, Measure.WARNING, reason="Be kind.", by=None)
    seen = {comment.pk: Comment.objects.get().version}
    undoing.undo(rejected, by=None)
    assert moderation.decide([comment], Verdict.SPAM, by=None, seen=seen).left == {comment.pk: deeds.CHANGED}


def test_undo_says_who_is_in_the_way(page, chief):
    comment = factories.comment(page, status="pending")
    rejected = moderation.decide([comment], Verdict.REJECTED, by=None, reason="No.").deed
    claims.claim(comment, chief)
    with pytest.raises(undoing.UndoError, match="chief is reading it"):
        undoing.undo(rejected, by=None)


def test_author_cannot_write_around_what_a_moderator_did(reader, page):
    comment, own = reader.posted(page)
    Comment.objects.update(status=Status.APPROVED, listed_at=comment.posted_at, queued_at=None, due_at=None)
    page.thread.mode = "open"
    page.thread.save()
    moderation.pin(Comment.objects.get(), by=None)
    reader.send(f"{own}change/", body="Something else.")
    comment.refresh_from_db()
    assert (comment.status, comment.is_pinned) == (Status.PENDING, False)


def test_reply_that_is_sent_twice_stands_once(page):
    begun = factories.comment(page)
    moderation.reply(begun, "Thank you.", name="Team", by=None)
    with pytest.raises(NotNowError, match="has been sent"):
        moderation.reply(begun, "Thank you.", name="Team", by=None)


def test_moderator_does_not_answer_what_they_have_not_seen(page):
    begun = factories.comment(page)
    with pytest.raises(NotNowError, match="changed it meanwhile"):
        moderation.reply(begun, "Thank you.", name="Team", by=None, seen={begun.pk: begun.version + 1})


def test_warning_can_be_undone_whatever_its_author_did_since(page):
    comment = factories.comment(page)
    warning = sanctions.impose(comment, Measure.WARNING, reason="Unkind.", by=None).deed
    posting.withdraw(comment)
    version = Comment.objects.get().version
    undoing.undo(warning, by=None)
    assert not Sanction.objects.exists()
    assert Comment.objects.get().version == version


def test_undone_ban_is_written_down_even_if_its_comment_was_erased(page):
    comment = factories.comment(page, address="a" * 64)
    ban = sanctions.impose(comment, Measure.BAN, reason="Selling.", by=None).deed
    privacy.erase(Comment.objects.all())
    undoing.undo(ban, by=None)
    assert not Sanction.objects.exists()
    assert AuditEntry.objects.get(action="undone").before == "Ban"


def test_key_passes_over_what_can_no_longer_be_undone(moderator, page):
    first, second = factories.comment(page, status="pending"), factories.comment(page, status="pending")
    for comment in (first, second):
        moderator.post(LIST, {"verdict": "approved", "seen": f"{comment.pk}:{comment.version}"})
    posting.withdraw(second)
    response = moderator.get(LIST)
    assert response.context["shift"].last == Deed.objects.get(decisions__comment=first)


def test_comment_that_was_erased_meanwhile_is_told_of(moderator, page):
    comment = factories.comment(page, status="pending")
    sent = {"verdict": "approved", "seen": f"{comment.pk}:{comment.version}"}
    privacy.erase(Comment.objects.all())
    assert messages(moderator.post(LIST, sent, follow=True)) == ["Left alone: 1 comment. It has been erased."]


def test_reason_goes_with_the_last_comment_that_it_was_given_for(page):
    comments = [factories.comment(page), factories.comment(page)]
    moderation.decide(comments, Verdict.REJECTED, by=None, reason="Names Eleonora.")
    for comment, reason in zip(comments, ["Names Eleonora.", ""], strict=True):
        privacy.erase(Comment.objects.filter(pk=comment.pk))
        assert Deed.objects.get().reason == reason


# --- letters --------------------------------------------------------------------------------------------------------


@pytest.fixture
def replied(page, settings):
    """A reply that was approved, in a thread whose author waits for replies."""
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.TASKS = DATABASE_TASKS
    author = {"email": "ann@example.org", "wants_replies": True, "email_confirmed_at": timezone.now()}
    reply = factories.comment(page, parent=factories.comment(page, **author), status=Status.PENDING)
    moderation.decide([reply], Verdict.APPROVED, by=None)
    return reply


def letters():
    return list(DBTaskResult.objects.filter(task_path="comments.mailing.send").order_by("enqueued_at"))


def test_letter_that_came_due_while_its_reply_was_hidden_is_written_when_it_is_shown_again(replied, mailoutbox):
    refused = moderation.decide([replied], Verdict.REJECTED, by=None, reason="No.").deed
    deliver(letters()[0])
    assert mailoutbox == []
    undoing.undo(refused, by=None)
    deliver(letters()[1])
    assert len(mailoutbox) == 1


def test_letter_that_was_sent_is_not_sent_again_after_an_undo(replied, mailoutbox):
    deliver(letters()[0])
    Comment.objects.filter(pk=replied.pk).update(announced_at=timezone.now() - mailing.LETTERS_WAIT - timedelta(1))
    undoing.undo(Deed.objects.get(kind=Kind.APPROVED), by=None)
    moderation.decide([replied], Verdict.APPROVED, by=None)
    assert len(letters()) == len(mailoutbox) == 1
