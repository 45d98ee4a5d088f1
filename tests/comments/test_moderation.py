"""Moderators decide in the admin; each decision is noted, told to the author, and learned from."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Decision, Finding, LearnedModel, Mode, Status, Thread, Verdict
from comments.training import examples, retrain
from fasciculations import roles
from tests import factories
from tests.conftest import form_fields, messages

from .conftest import text_of

LIST = "/admin/comments/comment/"


@pytest.fixture
def page(db):
    return factories.article()


def member(role):
    roles.write_roles()
    user = get_user_model().objects.create_user(role, password="secret", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def moderator(db):
    return member(roles.MODERATOR)


def waiting(page, **fields):
    return factories.comment(page, **{"status": Status.PENDING, "due_at": timezone.now()} | fields)


def act(client, action, *comments, **changes):
    """Choose comments in the list and do something with them."""
    soup = BeautifulSoup(client.get(f"{LIST}?status=all").content, "html.parser")
    sent = {"action": action, "_selected_action": [str(comment.pk) for comment in comments], "reason": ""}
    sent["drawn_at"] = soup.select_one("[name=drawn_at]")["value"]
    return client.post(f"{LIST}?status=all", sent | changes, follow=True)


def decide(client, comment, verdict, **changes):
    """Open one comment and press a button."""
    url = f"{LIST}{comment.pk}/change/"
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    drawn_at = soup.select_one("[name=drawn_at]")["value"]
    return client.post(url, {"verdict": verdict, "reason": "", "drawn_at": drawn_at} | changes, follow=True)


def test_list_shows_what_waits_the_most_pressing_first(moderator, page):
    now = timezone.now()
    waiting(page, body="Only new.", due_at=now)
    waiting(page, body="In danger, later.", lane="crisis", due_at=now + timedelta(hours=1))
    waiting(page, body="In danger, late.", lane="crisis", due_at=now - timedelta(hours=1))
    waiting(page, body="Buy this.", lane="selling", due_at=now)
    factories.comment(page, body="Approved before.")
    soup = BeautifulSoup(moderator.get(LIST).content, "html.parser")
    listed = [cell.get_text() for cell in soup.select(".field-text")]
    assert listed == ["In danger, late.", "In danger, later.", "Buy this.", "Only new."]
    assert "LATE by" in soup.select(".field-waits")[0].get_text()


def test_list_asks_as_much_for_many_as_for_few(moderator, page, counting):
    for _ in range(2):
        comment = waiting(page)
        Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="A link")
    few = counting(lambda: moderator.get(LIST))
    for _ in range(30):
        comment = waiting(factories.article())
        Finding.objects.create(comment=comment, rule="links", lane="spam", points=3, why="A link")
    assert counting(lambda: moderator.get(LIST)) == few


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("reject", "rejected"), ("mark_as_spam", "spam")]
)
def test_several_are_decided_at_once(moderator, page, action, status):
    comments = [waiting(page) for _ in range(3)]
    reason = moderation.REASONS[2] if action == "reject" else ""
    response = act(moderator, action, *comments[:2], reason=reason)
    assert "2 of 2" in messages(response)[0]
    assert Comment.objects.filter(status=status, reason=reason, due_at=None).count() == 2
    assert Decision.objects.filter(verdict=status, before="pending", by__username=roles.MODERATOR).count() == 2
    assert Thread.objects.get().approved == (2 if status == "approved" else 0)


def test_one_comment_is_decided_with_its_reasons_before_the_eyes(moderator, page):
    comment = waiting(page, body="Call me on 0161 496 0000 please")
    Finding.objects.create(
        comment=comment,
        rule="personal-data",
        lane="personal_data",
        points=3,
        why="A telephone number",
        start=11,
        end=24,
    )
    html = moderator.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert "<mark>0161 496 0000</mark>" in html
    assert "A telephone number" in html
    decide(moderator, comment, "rejected", reason=moderation.REASONS[1])
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("rejected", moderation.REASONS[1])


def test_approved_comment_is_drawn_at_once(moderator, page):
    comment = waiting(page)
    decide(moderator, comment, "approved")
    assert comment.body in text_of(Client().get(page.path))
    decide(moderator, comment, "spam")
    assert comment.body not in text_of(Client().get(page.path))


@pytest.mark.parametrize(
    "changes", [{"verdict": "erased"}, {"reason": "Made up."}, {"drawn_at": "yesterday"}, {"verdict": ""}]
)
def test_decision_that_is_none_changes_nothing(moderator, page, changes):
    comment = waiting(page)
    response = decide(moderator, comment, **{"verdict": "approved"} | changes)
    assert "Nothing was decided" in messages(response)[0]
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_text_that_the_moderator_has_not_seen_is_not_decided_on(moderator, page):
    comment, other = waiting(page), waiting(page)
    url = f"{LIST}{comment.pk}/change/"
    drawn_at = BeautifulSoup(moderator.get(url).content, "html.parser").select_one("[name=drawn_at]")["value"]
    Comment.objects.filter(pk=comment.pk).update(
        edited_at=timezone.now() + timedelta(seconds=2), body="Something else."
    )
    response = moderator.post(url, {"verdict": "approved", "reason": "", "drawn_at": drawn_at}, follow=True)
    assert "is not what it was" in messages(response)[1]
    assert "1 of 2" in messages(act(moderator, "approve", comment, other, drawn_at=drawn_at))[0]
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_comment_that_came_later_than_the_list_is_not_decided_on(moderator, page):
    drawn_at = timezone.now() - timedelta(minutes=1)
    comment = waiting(page, lane="crisis")
    assert "0 of 1" in messages(act(moderator, "mark_as_spam", comment, drawn_at=drawn_at))[0]
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_decision_of_another_is_not_overruled_by_an_old_page(moderator, page):
    comment = waiting(page, posted_at=timezone.now() - timedelta(hours=1))
    drawn_at = timezone.now()
    moderation.decide([comment], Verdict.REJECTED, by=None, reason="Private.")
    decide(moderator, comment, "approved", drawn_at=drawn_at)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("rejected", "Private.")
    decide(moderator, comment, "approved")
    comment.refresh_from_db()
    assert comment.status == "approved"


def test_list_answers_no_questions_about_addresses(moderator, page):
    waiting(page, email="ann@example.org")
    for lookup in ("email__startswith=a", "email=ann@example.org", "address=", "findings__why=x"):
        response = moderator.get(f"{LIST}?status=all&{lookup}")
        assert response.status_code in {302, 400}, lookup


def test_appeals_are_found(moderator, page):
    waiting(page, body="Only new.")
    waiting(page, body="Look again.", appeal="It was only a joke.", appealed_at=timezone.now())
    soup = BeautifulSoup(moderator.get(f"{LIST}?appealed=yes").content, "html.parser")
    assert [cell.get_text() for cell in soup.select(".field-text")] == ["Look again."]


def test_withdrawn_comment_is_left_alone(moderator, page):
    comment = factories.comment(page, status=Status.WITHDRAWN)
    act(moderator, "approve", comment)
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN


def test_words_of_readers_cannot_be_changed_added_or_deleted(moderator, page):
    comment = waiting(page)
    before = Comment.objects.values().get()
    moderator.post(f"{LIST}{comment.pk}/change/", {"body": "Forged.", "name": "Forged"})
    assert moderator.get(f"{LIST}add/").status_code == 403
    assert moderator.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Comment.objects.values().get() == before


@pytest.mark.parametrize("role", [roles.WRITER, roles.EDITOR, roles.CHIEF_EDITOR, roles.CLINICAL_REVIEWER])
def test_other_roles_do_not_moderate(page, role):
    comment, client = waiting(page), member(role)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{comment.pk}/change/").status_code == 403
    sent = {"verdict": "approved", "reason": "", "drawn_at": timezone.now()}
    assert client.post(f"{LIST}{comment.pk}/change/", sent).status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_looking_alone_decides_nothing(page):
    from django.contrib.auth.models import Permission

    comment = waiting(page)
    user = get_user_model().objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client = Client()
    client.force_login(user)
    assert "Decide" not in client.get(f"{LIST}{comment.pk}/change/").content.decode()
    sent = {"verdict": "approved", "reason": "", "drawn_at": timezone.now()}
    assert client.post(f"{LIST}{comment.pk}/change/", sent).status_code == 403
    client.post(LIST, {"action": "approve", "_selected_action": [str(comment.pk)], **sent})
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


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
    Decision.objects.filter(comment=mistaken).delete()
    retrain.call()
    assert bytes(LearnedModel.objects.latest().data) == before


def test_latest_decision_counts_and_only_for_the_text_it_was_made_about(page):
    comment, changed, refused = (waiting(page, body=f"Text {n} here.") for n in range(3))
    moderation.decide([comment, changed], Verdict.SPAM, by=None)
    moderation.decide([comment], Verdict.APPROVED, by=None)
    moderation.decide([refused], Verdict.REJECTED, by=None)
    Comment.objects.filter(pk=changed.pk).update(edited_at=timezone.now() + timedelta(minutes=1))
    assert list(examples()) == [("Text 0 here.", False)]
