"""Whoever is kept from writing is told so, and why; whatever was done to them can be undone and leaves no trace."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import AuditEntry
from articles.moments import moment
from comments import claims, moderation, posting, privacy, sanctions, undoing
from comments.models import (
    Comment,
    Complaint,
    Decision,
    Deed,
    EarlierText,
    Finding,
    Kind,
    LearnedModel,
    Measure,
    Report,
    Sanction,
    SavedText,
    Status,
    Thread,
)
from comments.senders import hash_of_email
from fasciculations import roles
from tests import factories
from tests.conftest import messages

from .conftest import Reader, fields, text_of

PEOPLE = "/admin/comments/comment/people/"
WHY = "You sell <b>watches</b> & more."


def url_of(comment):
    return f"/admin/comments/comment/{comment.pk}/measure/"


def form_of(response):
    """What a browser would send of the form that is not the one to log out."""
    form = BeautifulSoup(response.content, "html.parser").select_one("#content form")
    found = {"seen": form.select_one("[name=seen]")["value"]}
    for element in form.select("input:checked, select option[selected]"):
        name = element.get("name") or element.parent["name"]
        found[name] = element.get("value", "on")
    return found | {"words": form.select_one("textarea").get_text().strip()}


def measured(client, comment, measure, **changes):
    """Open the form about a comment, fill it in and send it."""
    sent = form_of(client.get(url_of(comment))) | {"measure": measure, "words": WHY} | changes
    return client.post(url_of(comment), sent, follow=True)


def banned(comment, measure=Measure.BAN, **options):
    done = sanctions.impose(comment, measure, **{"reason": WHY, "by": None} | options)
    return done.deed.sanction


def confirmed(email):
    return {"email": email, "email_confirmed_at": timezone.now()}


def elsewhere(settings, network="203.0.113.9"):
    """A reader on another network than everybody else."""
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    return Reader(**{"X-Forwarded-For": network})


# --- who is refused, and told ---------------------------------------------------------------------------------------


def test_banned_person_is_told_and_why_and_keeps_what_they_typed(reader, page, moderator, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    comment, _ = reader.posted(page, email="ann@example.org")
    measured(moderator, comment, "ban")
    response = reader.write(page, "What I typed.", name="Annie", email="other@example.org")
    assert "no comments are taken from you" in text_of(response)
    assert WHY in text_of(response)
    kept = fields(response)
    assert (kept["body"], kept["name"], kept["email"]) == ("What I typed.", "Annie", "other@example.org")
    assert Comment.objects.count() == 1


def test_address_that_nobody_confirmed_bans_nobody_else(reader, page, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    comment, _ = reader.posted(page, email="ann@example.org")
    hers = factories.comment(page, **confirmed("ann@example.org"))
    sanctions.impose(comment, Measure.BAN, reason=WHY, by=None, hide_all=True)
    hers.refresh_from_db()
    assert hers.status == Status.APPROVED
    assert elsewhere(settings).write(page, "It is me.", email="ann@example.org").status_code == 302


def test_banned_person_is_known_by_the_e_mail_address_alone(reader, page, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    comment, own = reader.posted(page, email="ann@example.org")
    posting.confirm_email(comment, comment.email)
    comment.refresh_from_db()
    banned(comment)
    other = elsewhere(settings)
    answer = text_of(other.write(page, "From a train.", email="ANN@example.org"))
    assert "No comments are taken with this e-mail address" in answer
    assert WHY not in answer  # anybody can type it
    assert WHY in text_of(reader.client.get(own))
    assert other.write(page, "From a train.", email="bob@example.org").status_code == 302


def test_banned_person_cannot_write_an_old_comment_anew_from_another_network(reader, page, settings):
    comment, own = reader.posted(page)
    banned(comment)
    other = elsewhere(settings)
    response = other.send(f"{own}change/", body="Something else.")
    assert WHY in text_of(response)
    assert fields(response)["body"] == "Something else."
    comment.refresh_from_db()
    assert comment.body == "It twitches at night."


def test_form_that_was_taken_before_the_ban_still_leads_to_its_comment(reader, page):
    sent = reader.form(f"{page.path}comments/write/") | {"body": "Sent twice.", "name": "Ann"}
    first = reader.client.post(f"{page.path}comments/write/", sent)
    banned(Comment.objects.get())
    assert reader.client.post(f"{page.path}comments/write/", sent).url == first.url


def test_suspension_ends_by_itself(reader, page, monkeypatch):
    comment, own = reader.posted(page)
    until = banned(comment, Measure.SUSPENSION, days=1).until
    assert f"until {until:%-d %B %Y, %H:%M} UTC" in text_of(reader.write(page, "Too early."))
    assert f"until {until:%-d %B %Y, %H:%M} UTC" in text_of(reader.client.get(own))
    monkeypatch.setattr(timezone, "now", lambda: until)
    assert reader.write(page, "In time.").status_code == 302
    assert "This is over." in text_of(reader.client.get(own))


def test_longest_measure_is_the_one_that_is_told(reader, page):
    comment, _ = reader.posted(page)
    banned(comment, Measure.SUSPENSION, days=30, reason="For a month.")
    banned(comment, Measure.SUSPENSION, days=1, reason="For a day.")
    assert "For a month." in text_of(reader.write(page))
    banned(comment, reason="For good.")
    assert "For good." in text_of(reader.write(page))


def test_warning_is_read_on_the_page_of_the_comment_and_keeps_nobody_from_writing(reader, page, moderator):
    comment, own = reader.posted(page)
    measured(moderator, comment, "warning")
    response = reader.client.get(own)
    assert f"A moderator gave a warning on {timezone.now():%-d %B %Y}" in text_of(response)
    assert WHY in text_of(response)
    assert b"<b>watches" not in response.content
    assert reader.write(page, "Better words.").status_code == 302


def test_page_of_another_comment_of_a_banned_person_tells_it_too(reader, page):
    _, own = reader.posted(page, "One.")
    banned(reader.posted(page, "Two.")[0])
    text = text_of(reader.client.get(own))
    assert WHY in text
    assert "Change it" not in text


def test_page_of_the_comment_tells_what_else_moderators_did(reader, page):
    comment, own = reader.posted(page)
    assert "What moderators did" not in text_of(reader.client.get(own))
    done = moderation.move(comment, factories.article(), by=None)
    assert "A moderator moved it here" in text_of(reader.client.get(own))
    undoing.undo(done.deed, by=None)
    Comment.objects.update(redacted_at=timezone.now())
    text = text_of(reader.client.get(own))
    assert "moved it here" not in text
    assert "A moderator took words out of it" in text


# --- the desk -------------------------------------------------------------------------------------------------------


def test_moderator_sees_who_is_meant_and_hides_all_of_it_at_one_stroke(moderator, page):
    cause = factories.comment(page, address="a" * 64, status=Status.PENDING, **confirmed("ann@example.org"))
    same = [factories.comment(page, address="a" * 64), factories.comment(page, **confirmed("Ann@Example.org"))]
    other = factories.comment(page, address="b" * 64)
    html = text_of_admin(moderator.get(url_of(cause)))
    assert "Hide all their comments too (3 comments)" in html
    assert same[0].body in html
    assert other.body not in html
    assert messages(measured(moderator, cause, "ban", hide_all="on"))[0] == "Banned the author: 3 comments."
    for comment in (cause, *same, other):
        comment.refresh_from_db()
    assert {(row.status, row.reason) for row in (cause, *same)} == {(Status.REJECTED, WHY)}
    assert other.status == Status.APPROVED
    assert Deed.objects.get().kind == Kind.BANNED


def text_of_admin(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("#content").get_text(" ").split())


@pytest.mark.parametrize(
    ("measure", "kind", "days"), [("warning", "warned", None), ("suspension", "suspended", 30), ("ban", "banned", None)]
)
def test_measure_alone_leaves_the_comment_where_it_stands(moderator, page, measure, kind, days):
    comment = factories.comment(page, address="a" * 64)
    measured(moderator, comment, measure, days="30")
    sanction = Sanction.objects.get()
    assert (sanction.measure, sanction.deed.kind, sanction.deed.by.username) == (measure, kind, roles.MODERATOR)
    assert sanction.until == (sanction.deed.at + timedelta(days=days) if days else None)
    row = Comment.objects.get()
    assert (row.status, row.reason, row.version) == (Status.APPROVED, "", sanction.deed.version)
    assert AuditEntry.objects.filter(subject=f"comment {comment.pk}", note__contains=WHY).exists()


def test_audit_says_until_when_somebody_is_suspended(page):
    comment = factories.comment(page, address="a" * 64)
    deed = sanctions.impose(comment, Measure.SUSPENSION, reason="Sells.", by=None, days=7).deed
    note = AuditEntry.objects.get(action="moderated").note
    assert note == f"Suspended the author until {moment(deed.sanction.until)}: Sells."


def test_reason_is_a_saved_one_or_in_ones_own_words(moderator, page):
    saved = SavedText.objects.create(use="reason", title="Mine", text="As saved.")
    comment = factories.comment(page, address="a" * 64)
    measured(moderator, comment, "warning", saved=saved.pk, words="")
    measured(moderator, comment, "warning", saved="", words="As typed.")
    assert list(Sanction.objects.order_by("pk").values_list("reason", flat=True)) == ["As saved.", "As typed."]


@pytest.mark.parametrize(
    "changes", [{"words": ""}, {"words": "x" * 301}, {"measure": ""}, {"days": "8"}, {"seen": "nonsense"}, {"seen": ""}]
)
def test_form_that_is_not_complete_comes_back_as_it_was_filled_in(moderator, page, changes):
    comment = factories.comment(page, address="a" * 64)
    sent = {"measure": "suspension", "days": "30", "hide_all": "on", "words": "As typed."} | changes
    response = measured(moderator, comment, **sent)
    assert BeautifulSoup(response.content, "html.parser").select("#content .errorlist")
    kept = form_of(response)
    assert all(kept.get(name) == value for name, value in sent.items() if name not in changes)
    assert kept["words"] == sent["words"]
    assert not Sanction.objects.exists()


def test_comment_that_was_changed_meanwhile_is_left_alone_and_so_is_everything(moderator, page):
    cause, other = (factories.comment(page, address="a" * 64) for _ in range(2))
    sent = form_of(moderator.get(url_of(cause))) | {"measure": "ban", "words": WHY, "hide_all": "on"}
    moderation.pin(cause, by=None)
    response = moderator.post(url_of(cause), sent)
    assert "somebody changed it meanwhile" in text_of_admin(response)
    assert form_of(response)["words"] == WHY
    assert not Sanction.objects.exists()
    assert Deed.objects.count() == 1
    other.refresh_from_db()
    assert other.status == Status.APPROVED
    moderator.post(url_of(cause), sent | {"seen": form_of(response)["seen"]})
    assert Comment.objects.filter(status=Status.REJECTED).count() == 2


def test_what_another_moderator_reads_is_left_to_them(moderator, page, chief):
    cause, other = (factories.comment(page, address="a" * 64) for _ in range(2))
    claims.claim(other, chief)
    told = messages(measured(moderator, cause, "ban", hide_all="on"))
    assert told == ["Banned the author: 1 comment.", "Left alone: 1 comment. chief is reading it just now."]
    claims.claim(cause, chief)
    assert "is reading it" in text_of_admin(measured(moderator, cause, "warning"))
    assert Sanction.objects.count() == 1


def test_nobody_is_banned_of_whom_nothing_is_known(moderator, page):
    long_ago = timezone.now() - timedelta(weeks=2)
    for comment in (factories.comment(page), factories.comment(page, address="a" * 64, posted_at=long_ago)):
        assert "can be warned" in text_of_admin(measured(moderator, comment, "ban"))
        assert not Sanction.objects.exists()
    measured(moderator, comment, "warning")
    assert Sanction.objects.get().address == ""


def test_words_of_moderators_and_readers_are_no_markup(moderator, page):
    comment = factories.comment(page, address="a" * 64, name="<i>Ann", body="<script>1</script>")
    html = moderator.get(url_of(comment)).content + measured(moderator, comment, "ban", days="8").content
    measured(moderator, comment, "ban")
    html += moderator.get(PEOPLE).content
    for tag in (b"<b>watches", b"<i>Ann", b"<script>1"):
        assert tag not in html
    assert b"&lt;b&gt;watches" in html


def test_people_lists_who_may_not_write_and_what_is_over(moderator, page, counting):
    def imposed():
        for options in ({"measure": Measure.BAN}, {"measure": Measure.SUSPENSION, "days": 7}):
            banned(factories.comment(page, address="a" * 64), **options)
        banned(factories.comment(page, address="a" * 64), Measure.WARNING)
        sanctions.lift(banned(factories.comment(page, address="a" * 64)), by=None, reason="Wrong.")

    imposed()
    now, past = BeautifulSoup(moderator.get(PEOPLE).content, "html.parser").select("#content section")
    assert [word.get_text() for word in now.select("strong")] == ["Suspension", "Ban"]
    assert [word.get_text() for word in past.select("strong")] == ["Ban", "Warning"]
    assert "Wrong." in past.get_text()
    few = counting(lambda: moderator.get(PEOPLE))
    for _ in range(5):
        imposed()
    assert counting(lambda: moderator.get(PEOPLE)) == few


def test_form_asks_as_much_for_many_comments_as_for_few(moderator, page, counting):
    comment = factories.comment(page, address="a" * 64)
    few = counting(lambda: moderator.get(url_of(comment)))
    for _ in range(25):
        factories.comment(factories.article(), address="a" * 64)
    assert counting(lambda: moderator.get(url_of(comment))) == few


# --- lifting --------------------------------------------------------------------------------------------------------


def lifted(client, sanction, reason="It was a mistake."):
    return client.post(f"{PEOPLE}{sanction.pk}/lift/", {"reason": reason}, follow=True)


def test_lifted_ban_lets_write_again_is_told_and_can_be_undone(reader, page, moderator):
    comment, own = reader.posted(page)
    sanction = banned(comment)
    assert messages(lifted(moderator, sanction)) == ["Lifted: they can write again."]
    assert reader.write(page, "At last.").status_code == 302
    assert "This was lifted" in text_of(reader.client.get(own))
    assert "It was a mistake." in text_of(reader.client.get(own))
    undoing.undo(Deed.objects.get(kind=Kind.LIFTED), by=None)
    assert WHY in text_of(reader.write(page, "Once more."))
    assert "This was lifted" not in text_of(reader.client.get(own))


def test_ban_outlives_the_erased_comment_and_can_still_be_lifted(reader, page, moderator):
    for is_answered in (False, True):
        comment, own = reader.posted(page, f"To be erased, {is_answered}.")
        if is_answered:
            factories.comment(page, parent=comment)
        sanction = banned(comment)
        reader.send(f"{own}erase/")
        sanction.refresh_from_db()
        assert sanction.comment is None
        assert WHY in text_of(reader.write(page))
        lifted(moderator, sanction)
        entry = AuditEntry.objects.get(subject=f"sanction {sanction.pk}")
        assert (entry.by_name, entry.before, entry.after) == (roles.MODERATOR, "Ban", "Lifted")
        assert reader.write(page, f"At last, {is_answered}.").status_code == 302


@pytest.mark.parametrize("reason", ["", "x" * 301])
def test_lifting_needs_a_reason_and_keeps_what_was_typed(moderator, page, reason):
    sanction = banned(factories.comment(page, address="a" * 64))
    response = lifted(moderator, sanction, reason)
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select("#content .errorlist")
    assert soup.select_one("#content [name=reason]").get("value", "") == reason
    assert Sanction.objects.in_force().exists()


@pytest.mark.parametrize("is_erased", [True, False])
def test_what_is_lifted_already_is_not_lifted_twice(moderator, page, is_erased):
    comment = factories.comment(page, address="a" * 64)
    sanction = banned(comment)
    if is_erased:
        privacy.erase(Comment.objects.all())
    lifted(moderator, sanction)
    assert "somebody lifted it meanwhile" in messages(lifted(moderator, sanction))[0]
    assert Deed.objects.filter(kind=Kind.LIFTED).count() == 1


def test_ban_is_not_lifted_under_the_eyes_of_another_moderator(moderator, page, chief):
    comment = factories.comment(page, address="a" * 64)
    sanction = banned(comment)
    claims.claim(comment, chief)
    assert "is reading it" in messages(lifted(moderator, sanction))[0]
    assert Sanction.objects.in_force().exists()


# --- what is forgotten ----------------------------------------------------------------------------------------------


def test_codes_are_forgotten_when_they_serve_no_more(page):
    def known(comment):
        return factories.comment(page, address="a" * 64, **confirmed("ann@example.org"), **comment)

    stands = banned(known({}))
    over = banned(known({}), Measure.SUSPENSION, days=1)
    warned = banned(known({}), Measure.WARNING)
    lift = banned(known({}))
    sanctions.lift(lift, by=None, reason="Wrong.")
    now = timezone.now()
    privacy.forget(now + timedelta(days=29))
    assert not Sanction.objects.filter(address="").exists()
    assert not Sanction.objects.filter(email="").exists()
    privacy.forget(now + timedelta(days=32))
    assert not Sanction.objects.exclude(address="").exists()
    assert Sanction.objects.exclude(email="").get() == stands
    assert Sanction.objects.count() == len({stands, over, warned, lift})


def test_e_mail_address_itself_is_not_kept(page):
    sanction = banned(factories.comment(page, **confirmed("ann@example.org")))
    assert sanction.email == hash_of_email("ANN@example.org")
    assert "ann" not in " ".join(str(value) for value in Sanction.objects.values_list().get())


# --- all of it, and back --------------------------------------------------------------------------------------------

#: Whose comment it is, on which page, its status, and what else is true of it; it answers the thread of that number.
COMMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.sampled_from(["network", "e-mail", "both", "other", "unknown"]),
            "page": st.integers(0, 2),
            "status": st.sampled_from(Status.values),
            "answers": st.none() | st.integers(0, 5),
            "flags": st.sets(st.sampled_from(["pinned", "queued", "reported", "announced", "found", "earlier"])),
        }
    ),
    min_size=1,
    max_size=8,
)
WHO = {
    "network": {"address": "a" * 64},
    "e-mail": confirmed("Ann@example.org"),
    "both": {"address": "a" * 64, **confirmed("ann@example.org")},
    "other": {"address": "b" * 64, "email": "bob@example.org"},
    "unknown": {},
}


def written(pages, *, who, page, status, answers, flags):
    """A comment as it was drawn, as far as one like that can be there."""
    begun = list(Comment.objects.filter(page=pages[page], parent=None).order_by("posted_at"))
    parent = begun[answers % len(begun)] if begun and answers is not None else None
    now = timezone.now()
    comment = factories.comment(
        pages[page],
        status=status,
        parent=parent,
        is_pinned="pinned" in flags and parent is None,
        announced_at=now if "announced" in flags else None,
        reason="Before." if status in {Status.REJECTED, Status.SPAM} else "",
        **({"due_at": now} if "queued" in flags and status in {Status.PENDING, Status.APPROVED} else {}),
        **WHO[who],
    )
    if "reported" in flags:
        Report.objects.create(comment=comment, complaint=Complaint.OTHER)
    if "found" in flags:
        Finding.objects.create(comment=comment, rule="links", lane="spam", points=2, why="A link")
    if "earlier" in flags:
        EarlierText.objects.create(comment=comment, body="Before.")
    return comment


def everything():
    """All rows of the app, but for the history of deeds, which an undo adds to, and the model, which is trained anew
    from the decisions that stand. Of threads all but the version: that only counts how often they changed.
    """
    models = set(apps.get_app_config("comments").get_models()) - {Deed, Decision, LearnedModel}
    rows = {model: list(model.objects.order_by("pk").values()) for model in models}
    for row in rows[Thread]:
        del row["version"]
    return rows


@pytest.mark.django_db
@settings(max_examples=40)
@given(drawn=COMMENTS, measure=st.sampled_from(Measure), who=st.sampled_from(["network", "e-mail", "both"]))
def test_measure_that_hides_all_and_its_undo_leave_the_database_as_it_was(drawn, measure, who):
    with transaction.atomic():
        pages = [factories.article() for _ in range(3)]
        cause = written(pages, who=who, page=0, status="approved", answers=None, flags=set())
        for one in drawn:
            written(pages, **one)
        before = everything()
        meant = {row.pk for row in sanctions.of_same_person(cause)}
        done = sanctions.impose(
            cause, measure, reason=WHY, by=None, days=7, hide_all=True, seen={cause.pk: cause.version}
        )
        assert not Comment.objects.filter(pk__in=meant, status__in=[Status.APPROVED, Status.PENDING]).exists()
        assert Sanction.objects.count() == 1
        others = [row for row in before[Comment] if row["id"] not in meant]
        now = [row for row in Comment.objects.order_by("pk").values() if row["id"] not in meant]
        assert [row["status"] for row in now] == [row["status"] for row in others]
        assert everything() != before
        undoing.undo(done.deed, by=None)
        assert everything() == before
        transaction.set_rollback(True)


def test_a_thousand_comments_are_hidden_with_few_statements(page, django_assert_max_num_queries):
    cause = factories.comment(page, address="a" * 64)
    Comment.objects.bulk_create(
        Comment(page_id=page.pk, name="Ann", body=f"{n}.", address="a" * 64) for n in range(1000)
    )
    with django_assert_max_num_queries(60):
        done = sanctions.impose(cause, Measure.BAN, reason=WHY, by=None, hide_all=True)
    assert len(done.comments) == 1001
    assert not Comment.objects.exclude(status=Status.REJECTED).exists()
