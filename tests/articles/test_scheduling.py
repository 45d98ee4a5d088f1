"""Publications planned for a moment: nobody has to do anything for readers to see them then."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from articles import drafts, publishing, scheduling
from articles.freezing import freeze
from articles.models import Draft, OldPath, Revision, Schedule
from tests import factories
from tests.conftest import messages

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves when told to; timestamps of rows follow it."""

    class Clock:
        now = timezone.now()

        def move(self, by):
            self.now += by

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def drafted(page, **fields):
    data = freeze(page)
    data["fields"] |= fields
    drafts.save_draft(page, data, by=None)
    return page


def planned(page, clock, **options):
    return scheduling.schedule(page, at=clock.now + TOMORROW, by=None, **options)


def test_edit_of_a_live_page_is_seen_from_its_moment_on_everywhere(client, clock):
    page = drafted(factories.article(slug="old", title="Old title"), slug="new", title="New title", tags=["fresh"])
    planned(page, clock)
    clock.move(TOMORROW - timedelta(seconds=1))
    assert client.get("/articles/new/").status_code == 404
    assert "Old title" in client.get("/articles/").content.decode()
    clock.move(timedelta(seconds=1))
    assert "New title" in client.get("/articles/").content.decode()
    assert "New title" in client.get("/articles/new/").content.decode()
    assert client.get("/articles/old/")["Location"] == "/articles/new/"
    assert "New title" in client.get("/tags/fresh/").content.decode()
    assert not Draft.objects.exists()
    assert not Schedule.objects.exists()


def test_new_page_is_seen_from_its_moment_on(client, clock):
    page = factories.article(live=False)
    planned(page, clock)
    assert client.get(page.path).status_code == 404
    clock.move(TOMORROW)
    assert client.get(page.path).status_code == 200


def test_publication_bears_the_moment_it_was_planned_for_and_who_planned_it(client, clock, chief):
    page = drafted(factories.article(), title="New title")
    plan = scheduling.schedule(page, at=clock.now + TOMORROW, by=chief, note="Corrected", is_substantial=True)
    clock.move(3 * TOMORROW)
    html = client.get(page.path).content.decode()
    revision = Revision.objects.first()
    assert (revision.at, revision.by, revision.note) == (plan.at, chief, "Corrected")
    assert "What changed" in html
    assert "Corrected" in html


def test_what_is_edited_after_it_was_scheduled_stays_a_draft(client, clock):
    page = drafted(factories.article(), title="Scheduled")
    planned(page, clock)
    drafted(page, title="Later")
    clock.move(TOMORROW)
    assert "Scheduled" in client.get(page.path).content.decode()
    assert Draft.objects.get().data["fields"]["title"] == "Later"


def test_rows_of_a_new_page_edited_after_it_was_scheduled_become_its_draft(client, clock):
    page = factories.article(live=False, title="Scheduled")
    planned(page, clock)
    drafted(page, title="Later")
    clock.move(TOMORROW)
    assert "Scheduled" in client.get(page.path).content.decode()
    assert Draft.objects.get().data["fields"]["title"] == "Later"


def test_draft_discarded_after_it_was_scheduled_is_published_all_the_same(client, clock):
    page = drafted(factories.article(), title="Scheduled")
    planned(page, clock)
    drafts.discard_draft(page, by=None)
    clock.move(TOMORROW)
    assert "Scheduled" in client.get(page.path).content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("end", ["publish", "unpublish"])
def test_plan_ends_when_the_page_is_published_or_hidden_by_hand(clock, end):
    page = drafted(factories.article(), title="New title")
    planned(page, clock)
    getattr(publishing, end)(page, by=None)
    assert not Schedule.objects.exists()


def test_what_is_due_is_settled_once(client, clock):
    page = drafted(factories.article(), title="New title")
    planned(page, clock)
    clock.move(TOMORROW)
    due = list(Schedule.objects.due())
    assert scheduling.settle_due() == due
    assert scheduling._settle(page.pk) is None  # as another request that saw it due
    assert Revision.objects.count() == 2


def test_several_that_are_due_come_in_their_order(client, clock):
    first, second = (drafted(factories.article(slug=slug), slug=f"{slug}-new") for slug in ("a", "b"))
    scheduling.schedule(second, at=clock.now + 2 * TOMORROW, by=None)
    scheduling.schedule(first, at=clock.now + TOMORROW, by=None)
    clock.move(3 * TOMORROW)
    assert [plan.page_id for plan in scheduling.settle_due()] == [first.pk, second.pk]


def test_publication_that_is_refused_leaves_the_old_page_and_says_why(client, clock, editor):
    page = drafted(factories.article(slug="mine"), slug="wanted", title="New title")
    planned(page, clock)
    factories.article(slug="wanted")
    clock.move(TOMORROW)
    assert "New title" not in client.get("/articles/mine/").content.decode()
    assert "Another page of this kind has this slug." in Schedule.objects.get().failure
    assert "could not be published" in editor.client.get(editor.url(page)).content.decode()
    assert scheduling.settle_due() == []
    editor.send(page, "_unschedule")
    assert not Schedule.objects.exists()


def test_publication_that_the_database_refuses_leaves_the_old_page_and_stays_due(client, clock, monkeypatch):
    page = drafted(factories.article(title="Old title"), title="New title")
    planned(page, clock)
    clock.move(TOMORROW)

    def refuse(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        assert "Old title" in client.get(page.path).content.decode()
    assert "New title" in client.get(page.path).content.decode()


def test_plan_that_cannot_be_carried_out_takes_no_page_down(client, clock):
    page = drafted(factories.article(), title="New title")
    planned(page, clock)
    Schedule.objects.update(data={"kind": "articles.gone", "id": str(page.pk), "fields": {}, "parts": {}})
    clock.move(TOMORROW)
    assert client.get(page.path).status_code == 200
    assert "LookupError" in Schedule.objects.get().failure


def test_plan_that_the_database_would_never_take_is_tried_once(client, clock):
    page = drafted(factories.article(), title="New title")
    planned(page, clock)
    clock.move(TOMORROW)

    def refuse(execute, sql, *rest):
        if sql.startswith('INSERT INTO "articles_revision"'):
            raise IntegrityError("a row that it names is gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        client.get(page.path)
    assert "a row that it names is gone" in Schedule.objects.get().failure
    assert scheduling.settle_due() == []


def test_page_that_needs_no_database_is_served_without_one(client):
    def refuse(execute, sql, *rest):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(refuse):
        assert client.get("/numbers/").status_code == 200


def test_tick_publishes_where_nobody_looks(clock, capsys):
    page = drafted(factories.article(title="Old title"), title="New title")
    planned(page, clock)
    call_command("tick")
    assert capsys.readouterr().out == ""
    clock.move(TOMORROW)
    call_command("tick")
    assert "published" in capsys.readouterr().out
    page.refresh_from_db()
    assert page.title == "New title"


def test_tick_fails_where_something_could_not_be_published(clock, capsys):
    page = drafted(factories.article(slug="mine"), slug="wanted")
    planned(page, clock)
    factories.article(slug="wanted")
    clock.move(TOMORROW)
    with pytest.raises(CommandError):
        call_command("tick")
    assert "Another page of this kind has this slug." in capsys.readouterr().out


# --- planning -------------------------------------------------------------------------------------------------------


def test_moment_that_has_passed_and_draft_that_may_not_be_shown_are_refused(clock):
    page = factories.article()
    with pytest.raises(ValidationError, match="still to come"):
        scheduling.schedule(page, at=clock.now, by=None)
    drafted(page, title="")
    with pytest.raises(ValidationError, match="title"):
        planned(page, clock)
    assert not Schedule.objects.exists()


def test_change_of_substance_needs_a_note_in_the_database_too(clock):
    page = drafted(factories.article(), title="New title")
    with pytest.raises(ValidationError, match="say in the note"):
        planned(page, clock, is_substantial=True)
    planned(page, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.update(is_substantial=True)


def test_editor_schedules_in_the_form_and_unschedules_with_one_click(editor):
    page = factories.article()
    at = (timezone.now() + TOMORROW).strftime("%Y-%m-%dT%H:%M")
    told = messages(editor.send(page, "_schedule", title="New title", publication__at=at))
    assert "will be published on" in told[0]
    assert Schedule.objects.get().data["fields"]["title"] == "New title"
    html = editor.client.get(editor.url(page)).content.decode()
    assert "Scheduled</strong> for" in html
    assert "stays as it was" in editor.save(page, title="Other title")[0]
    assert "_unschedule" in html
    assert "will not be published" in messages(editor.send(page, "_unschedule", title="Typed, too"))[0]
    assert not Schedule.objects.exists()
    assert Draft.objects.get().data["fields"]["title"] == "Typed, too"


@pytest.mark.parametrize("at", ["", "2020-01-01T10:00", "soon"])
def test_bad_moment_is_refused_and_the_draft_and_the_note_are_kept(editor, at):
    page = factories.article()
    response = editor.send(page, "_schedule", title="New title", publication__at=at, publication__note="My note")
    html = response.content.decode()
    assert "Saved, but not published" in html
    assert 'value="My note"' in html
    assert Draft.objects.get().data["fields"]["title"] == "New title"
    assert not Schedule.objects.exists()


def test_old_path_of_a_scheduled_change_is_kept(client, clock):
    planned(drafted(factories.article(slug="old"), slug="new"), clock)
    assert not OldPath.objects.exists()
    clock.move(TOMORROW)
    assert client.get("/articles/old/").status_code == 301
