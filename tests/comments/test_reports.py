"""Readers report comments; each report weighs as much as its reporter was right before."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation, reporting, undoing
from comments.models import Comment, Complaint, Finding, Lane, Report, Status, Thread, Verdict
from comments.privacy import erase, forget
from comments.tokens import author_token
from tests import factories

from .conftest import Reader, fields, text_of

UNKIND = {"complaint": Complaint.UNKIND}
DANGER = {"complaint": Complaint.DANGER}


@pytest.fixture(autouse=True)
def _networks(settings):
    """Each reader of these tests writes through a proxy of ours, from a network of their own."""
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]


def reporter(n=1):
    return Reader(**{"X-Forwarded-For": f"203.0.113.{n}"})


def report_path(comment):
    return f"{comment.page.path}comments/{comment.pk}/report/"


def send(comment, *networks, **changes):
    """Report it from each of these networks; returns the last answer, and `comment` as it is now."""
    for n in networks:
        response = reporter(n).send(report_path(comment), **UNKIND | changes)
        assert response.status_code == 302, text_of(response)
    comment.refresh_from_db()
    return response


def decide(comment, verdict=Verdict.APPROVED):
    done = moderation.decide([comment], verdict, by=None)
    comment.refresh_from_db()
    return done.deed


def give_record(page, network, *verdicts):
    """Let one network have reported comments that were decided on like this."""
    for verdict in verdicts:
        comment = factories.comment(page)
        send(comment, network)
        decide(comment, verdict)


# --- the form -------------------------------------------------------------------------------------------------------


def test_link_below_each_shown_comment_says_whose_it_is_and_leads_to_the_form(page):
    comment = factories.comment(page, name="Ann", body="<b>Bold</b>")
    link = BeautifulSoup(Client().get(page.path).content, "html.parser").select_one(f"#comment-{comment.pk} [rel]")
    assert (link.get_text(), link["rel"]) == ("Report what Ann wrote", ["nofollow"])
    response = Client().get(link["href"])
    assert "<b>Bold</b>" in text_of(response)
    assert "Call somebody now" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_report_needs_no_script_and_leads_to_a_page_that_says_thanks(page):
    comment = factories.comment(page)
    note = "</textarea><script>alert('note')</script>\r\n  & more"
    response = send(comment, 1, note=note)
    answer = Client().get(response.url)
    assert "Thank you" in text_of(answer)
    assert "116 123" not in text_of(answer)
    kept = Report.objects.get()
    assert (kept.comment, kept.complaint, kept.note) == (comment, Complaint.UNKIND, note.replace("\r\n", "\n"))
    assert len(kept.address) == 64


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [({"complaint": "", "note": "It is <odd>."}, None), (UNKIND | {"note": "odd " * 200}, Complaint.UNKIND)],
)
def test_report_that_is_wrong_comes_back_with_all_that_was_filled_in(page, sent, complaint):
    comment = factories.comment(page)
    response = reporter().client.post(report_path(comment), sent)
    assert fields(response)["note"] == sent["note"]
    form = BeautifulSoup(response.content, "html.parser")
    assert form.select_one(f"#{form.select_one('[aria-describedby]')['aria-describedby']}").get_text()
    assert [radio["value"] for radio in form.select("[checked]")] == ([complaint] if complaint else [])
    assert not Report.objects.exists()


def test_report_from_another_site_is_not_taken(page):
    comment = factories.comment(page)
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    response = client.post(report_path(comment), UNKIND | {"note": "Mine."})
    assert "another site" in text_of(response)
    assert fields(response)["note"] == "Mine."
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", [status for status in Status if status != Status.APPROVED])
def test_what_readers_do_not_see_cannot_be_reported(page, status):
    path = report_path(factories.comment(page, status=status))
    assert Client().get(path).status_code == 404
    response = reporter().client.post(path, UNKIND | {"note": "Not lost."})
    assert response.status_code == 404
    assert "Not lost." in BeautifulSoup(response.content, "html.parser").select_one("textarea").get_text()
    assert not Report.objects.exists()


def test_comment_is_reported_below_its_own_page_alone(page):
    comment, other = factories.comment(page), factories.article()
    assert Client().get(f"{other.path}comments/{comment.pk}/report/").status_code == 404


def test_one_network_reports_a_comment_once_even_under_the_key_of_next_week(page, monkeypatch):
    comment = factories.comment(page)
    first = send(comment, 1)
    version, next_week = comment.version, timezone.now() + timedelta(weeks=1)
    assert send(comment, 1, complaint=Complaint.SELLING).url == first.url
    monkeypatch.setattr(timezone, "now", lambda: next_week)
    send(comment, 1, 1)
    assert (Report.objects.get().complaint, comment.version) == (Complaint.UNKIND, version)


def test_database_refuses_a_second_report_of_one_network(page):
    comment = factories.comment(page)
    for address in ("", "", "a" * 64):
        Report.objects.create(comment=comment, complaint=Complaint.OTHER, address=address)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(comment=comment, complaint=Complaint.FALSE, address="a" * 64)


def test_too_many_reports_of_one_network_wait_with_their_note(page):
    for _ in range(reporting.MOST_AN_HOUR):
        send(factories.comment(page), 1)
    comment = factories.comment(page)
    response = reporter().send(report_path(comment), **UNKIND, note="One more.")
    assert "Too many reports" in text_of(response)
    assert fields(response)["note"] == "One more."
    send(comment, 2)
    Report.objects.update(at=timezone.now() - timedelta(hours=2))
    send(comment, 1)
    assert comment.reports.count() == 2


def test_all_networks_that_are_unknown_have_a_limit_together(page, settings, monkeypatch):
    settings.TRUSTED_PROXIES = []
    monkeypatch.setattr("comments.reporting.MOST_AN_HOUR_OF_UNKNOWN", 2)
    for n in range(2):
        send(factories.comment(page), n)
    comment = factories.comment(page)
    refused = reporter(3).send(report_path(comment), **UNKIND)
    assert "Too many reports" in text_of(refused)
    assert not comment.reports.exists()


# --- what becomes of the comment ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_by_staff", [False, True])
def test_reported_comment_waits_for_a_moderator_and_stays_visible(page, is_by_staff):
    comment = factories.comment(page, lane=Lane.SELLING, is_by_staff=is_by_staff)
    opened = comment.version
    send(comment, 1)
    assert (comment.lane, comment.status) == (Lane.REPORTED, Status.APPROVED)
    assert timedelta(days=1) < comment.due_at - timezone.now() <= timedelta(days=2)
    assert comment.body in text_of(Client().get(page.path))
    assert not moderation.decide([comment], Verdict.SPAM, by=None, seen={comment.pk: opened}).comments


def test_report_takes_no_comment_out_of_the_crisis_lane(page):
    waits = factories.comment(page, lane=Lane.CRISIS, due_at=timezone.now() + timedelta(hours=1))
    found = factories.comment(page)
    Finding.objects.create(comment=found, rule="crisis", lane=Lane.CRISIS, points=9, why="Says that they want to die")
    for comment in (waits, found):
        send(comment, 1)
        assert comment.lane == Lane.CRISIS
        assert comment.due_at - timezone.now() <= timedelta(hours=1)


@pytest.mark.parametrize("record", [(), (Verdict.APPROVED, Verdict.APPROVED)], ids=["unknown", "always-wrong"])
def test_nobody_answers_a_report_that_came_after_they_opened_the_comment(page, record):
    give_record(page, 2, *record)
    comment = factories.comment(page)
    send(comment, 1)
    opened, due_at = comment.version, comment.due_at
    send(comment, 2)
    assert comment.due_at == due_at
    assert moderation.decide([comment], Verdict.APPROVED, by=None, seen={comment.pk: opened}).left
    assert comment.reports.unanswered().count() == 2


def test_report_of_danger_that_was_answered_leaves_no_trace_in_the_lane(page, settings, mailoutbox, chief):
    settings.EMAIL_URL = "smtp://localhost"
    get_user_model().objects.update(email="chief@example.org")
    comment = factories.comment(page, points=7)
    send(comment, 1, **DANGER)
    decide(comment)
    assert (comment.lane, len(mailoutbox)) == (Lane.CRISIS, 1)
    send(comment, 2)
    assert (comment.lane, comment.points, len(mailoutbox)) == (Lane.REPORTED, 0, 1)
    assert comment.due_at - timezone.now() > timedelta(days=1)


def test_what_a_moderator_approved_stays_in_sight_until_it_is_written_anew(page):
    comment = factories.comment(page, status="pending")
    decide(comment)
    send(comment, 1, 2, 3)
    assert (comment.status, comment.lane) == (Status.APPROVED, Lane.REPORTED)
    assert comment.due_at
    decide(comment)
    Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now())
    send(comment, 4, 5, 6)
    assert comment.status == Status.PENDING


def test_three_reports_hide_a_comment_until_a_moderator_decides(reader, page):
    comment = factories.comment(page)
    own = reverse("comment-own", args=[author_token(comment.pk)])
    send(comment, 1, 2)
    assert comment.body in text_of(Client().get(page.path))
    send(comment, 3)
    assert (comment.status, comment.lane) == (Status.PENDING, Lane.REPORTED)
    assert comment.body not in text_of(Client().get(page.path))
    assert Thread.objects.get().approved == 0
    assert "Readers asked a moderator to look at it." in text_of(reader.client.get(own))
    decide(comment)
    assert comment.body in text_of(Client().get(page.path))


def test_readers_of_unknown_networks_weigh_no_more_than_one_and_repeat_nothing(page, settings):
    settings.TRUSTED_PROXIES = []
    comment = factories.comment(page)
    send(comment, 1, 2)
    assert (comment.status, comment.lane) == (Status.APPROVED, Lane.REPORTED)
    for complaint in (Complaint.DANGER, Complaint.SELLING, Complaint.FALSE):
        send(comment, 1, 2, complaint=complaint)
    assert comment.reports.filter(address="").count() == 4
    assert (comment.status, comment.lane) == (Status.APPROVED, Lane.CRISIS)
    decide(comment)
    send(comment, 3)
    assert comment.reports.unanswered().count() == 1
    assert set(reporting.weights(comment.reports.all()).values()) == {1}


def test_reports_of_somebody_always_wrong_are_kept_and_move_nothing(page):
    give_record(page, 1, Verdict.APPROVED, Verdict.APPROVED)
    comment = factories.comment(page)
    send(comment, 1, **DANGER)
    assert (comment.lane, comment.due_at) == (Lane.NEW, None)
    assert reporting.lane_asked_for(comment) == Lane.NEW
    send(comment, 2)
    assert comment.due_at
    assert reporting.lane_asked_for(comment) == Lane.CRISIS


def test_reports_of_two_who_are_always_right_weigh_as_three(page):
    for network in (1, 2):
        give_record(page, network, Verdict.REJECTED, Verdict.SPAM)
    comment = factories.comment(page)
    send(comment, 1)
    assert comment.status == Status.APPROVED
    send(comment, 2)
    assert comment.status == Status.PENDING


def test_verdict_answers_reports_and_its_undo_asks_again(page):
    comment = factories.comment(page)
    send(comment, 1)
    deed = decide(comment, Verdict.REJECTED)
    report = Report.objects.get()
    assert report.settled == deed
    assert reporting.weights([report]) == {report.pk: reporting.weight(1, 1)}
    undoing.undo(deed, by=None)
    report.refresh_from_db()
    comment.refresh_from_db()
    assert report.settled is None
    assert reporting.weights([report]) == {report.pk: 1}
    assert (comment.status, comment.lane) == (Status.APPROVED, Lane.REPORTED)
    assert comment.due_at


def test_approved_comment_needs_new_reports_to_wait_again(page):
    comment = factories.comment(page)
    send(comment, 1, 2)
    deed = decide(comment)
    send(comment, 1)
    assert comment.due_at is None
    send(comment, 3, 4)
    assert comment.due_at
    assert comment.status == Status.APPROVED
    with pytest.raises(undoing.UndoError):
        undoing.undo(deed, by=None)


def test_danger_goes_before_all_others_and_shows_whom_to_call(page, settings, mailoutbox, chief):
    settings.EMAIL_URL = "smtp://localhost"
    chief.email = "chief@example.org"
    chief.save()
    comment = factories.comment(page)
    send(comment, 1)
    response = send(comment, 2, **DANGER)
    text = text_of(Client().get(response.url))
    assert "before all others" in text
    assert "116 123" in text
    assert (comment.lane, comment.status) == (Lane.CRISIS, Status.APPROVED)
    assert comment.due_at - timezone.now() <= timedelta(hours=1)
    assert [letter.to for letter in mailoutbox] == [["chief@example.org"]]
    send(comment, 3, **DANGER)
    assert comment.status == Status.PENDING
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("is_known", "most"), [(True, 3), (False, 10)])
def test_one_network_causes_few_letters_a_day_however_much_it_reports(
    page, settings, mailoutbox, chief, is_known, most
):
    settings.EMAIL_URL = "smtp://localhost"
    settings.TRUSTED_PROXIES = settings.TRUSTED_PROXIES if is_known else []
    get_user_model().objects.update(email="chief@example.org")
    for _ in range(most + 2):
        comment = factories.comment(page)
        send(comment, 1, **DANGER)
        assert comment.lane == Lane.CRISIS
    assert len(mailoutbox) == most
    Report.objects.update(at=timezone.now() - timedelta(days=2))
    send(factories.comment(page), 1, **DANGER)
    assert len(mailoutbox) == most + 1


def test_author_is_not_told_who_reported_or_what_they_said(reader, page):
    comment, own = reader.posted(page)
    decide(comment)
    send(comment, 1, note="Secret words.")
    for path in (own, f"{own}copy/"):
        content = reader.client.get(path).content.decode()
        assert "Secret words." not in content
        assert Report.objects.get().address not in content


# --- what a report weighs -------------------------------------------------------------------------------------------

answers = st.integers(0, 10_000)


@given(answers, answers)
def test_weight_grows_with_each_time_right_and_falls_with_each_wrong(right, wrong):
    weight = reporting.weight(right, right + wrong)
    assert 0 < reporting.weight(right, right + wrong + 1) < weight < reporting.weight(right + 1, right + wrong + 1) < 2


def test_somebody_unknown_weighs_one():
    assert reporting.weight(0, 0) == 1


def test_whoever_worries_is_not_wrong(page):
    for _ in range(3):
        comment = factories.comment(page)
        send(comment, 1, **DANGER)
        decide(comment)
    comment = factories.comment(page)
    send(comment, 1)
    assert list(reporting.weights(comment.reports.all()).values()) == [1]


def test_weights_ask_once_for_any_number_of_reports(page, django_assert_num_queries):
    reports = []
    for n in range(10):
        give_record(page, n, Verdict.SPAM if n % 2 else Verdict.APPROVED)
        comment = factories.comment(page)
        send(comment, n)
        reports += comment.reports.all()
    with django_assert_num_queries(1):
        found = reporting.weights(reports)
    assert [found[report.pk] for report in reports] == [2 / 3, 4 / 3] * 5


def test_lane_asked_for_takes_two_queries(page, django_assert_num_queries):
    comment = factories.comment(page)
    send(comment, 1, 2, 3)
    with django_assert_num_queries(2):
        assert reporting.lane_asked_for(comment) == Lane.REPORTED


# --- what is forgotten ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "has_address", "has_note"), [(29, True, True), (31, False, True), (91, False, False)])
def test_reporters_and_their_words_are_forgotten_and_reports_remain(page, days, has_address, has_note):
    comment = factories.comment(page)
    send(comment, 1, note="Private.")
    forgotten = forget(timezone.now() + timedelta(days=days))
    assert (forgotten["networks of reporters"], forgotten["notes with reports"]) == (not has_address, not has_note)
    report = Report.objects.get()
    assert (bool(report.address), bool(report.note)) == (has_address, has_note)


def test_reports_go_with_an_erased_comment(page):
    send(factories.comment(page), 1)
    erase(Comment.objects.all())
    assert not Report.objects.exists()
