"""What each role may do in the admin, and above all what it may not."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client

from articles import drafts, publishing, scheduling
from articles.freezing import freeze
from articles.models import Article, Draft, Page, Reference, Schedule
from fasciculations import roles
from tests import factories
from tests.conftest import Editor, form_fields, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db):
    """A function that makes somebody with a role, signed in at a browser of their own."""

    def member(role, name="somebody"):
        client = Client()
        user = factories.member(role, name)
        client.force_login(user)
        person = Editor(client)
        person.user = user
        return person

    return member


def drafted(page, by=None):
    data = freeze(page)
    data["fields"]["title"] = "Draft title"
    drafts.save_draft(page, data, by=by)
    return page


def given_to(person, page):
    publishing.hand_over(page, person.user, by=None)
    return page


def deeds(page):
    """Every address at which something is done to a page."""
    names = [
        "unpublish/",
        "discard-draft/",
        "unschedule/",
        "hand-over/",
        "sign-off/",
        "copy-sections/",
        "history/1/restore/",
        "delete/",
        "change/",
    ]
    return [f"/admin/articles/article/{page.pk}/{name}" for name in names]


# --- writers --------------------------------------------------------------------------------------------------------


def test_writer_begins_a_page_and_keeps_writing_it(member):
    writer = member(roles.WRITER)
    form = form_fields(writer.client.get("/admin/articles/article/add/").content)
    form |= {"title": "Mine", "slug": "mine", "standfirst": "In short.", "_continue": "1"}
    assert "saved" in messages(writer.client.post("/admin/articles/article/add/", form, follow=True))[0]
    page = Article.objects.get()
    assert "saved" in writer.save(page, title="Still mine")[0]
    assert not page.is_live


def test_writer_drafts_a_live_page_of_their_own(member):
    writer = member(roles.WRITER)
    page = given_to(writer, factories.article())
    writer.save(page, title="Draft title")
    assert Draft.objects.get().by == writer.user


def test_writer_reads_the_pages_of_others_and_changes_none(member):
    writer, page = member(roles.WRITER), drafted(factories.article())
    html = writer.client.get(writer.url(page)).content.decode()
    assert "Read:" in html
    assert "Save draft" not in html
    assert "Draft title" in writer.client.get(writer.url(page).replace("change", "preview")).content.decode()
    before = drafts.state_of(page)
    for url in deeds(page):
        assert writer.client.post(url, {"title": "Typed", "sure": "1"}).status_code == 403, url
    assert drafts.state_of(page) == before


def test_writer_does_not_publish_even_their_own(member):
    writer = member(roles.WRITER)
    page = given_to(writer, drafted(factories.article(title="Live title")))
    html = writer.client.get(writer.url(page)).content.decode()
    for button in ("_publish", "_schedule", "Unpublish", "Hand over"):
        assert button not in html
    form = writer.form(page)
    for button in ("_publish", "_schedule"):
        assert writer.client.post(writer.url(page), form | {button: "1"}).status_code == 403
    for url in deeds(page)[:1] + deeds(page)[2:5]:
        assert writer.client.post(url, {"sure": "1"}).status_code == 403, url
    assert Article.objects.live().get().title == "Live title"
    assert not Schedule.objects.exists()


def test_writer_does_not_throw_away_what_an_editor_drafted(member):
    writer, editor = member(roles.WRITER), member(roles.EDITOR, "editor")
    page = given_to(writer, drafted(factories.article(), by=editor.user))
    assert "Discard draft" not in writer.client.get(writer.url(page)).content.decode()
    for name in ("discard-draft/", "history/1/restore/"):
        assert writer.client.post(writer.url(page).replace("change/", name), {"sure": "1"}).status_code == 403
    assert Draft.objects.exists()


def test_writer_copies_no_sections_from_pages_of_others(member):
    writer = member(roles.WRITER)
    page, other = given_to(writer, factories.article()), factories.article()
    url = writer.url(page).replace("change", "copy-sections")
    assert other.title not in writer.client.get(url).content.decode()
    assert writer.client.get(url, {"source": other.pk}).status_code == 404


def test_writer_adds_sources_and_changes_nothing_that_readers_see_at_once(member):
    writer, source = member(roles.WRITER), factories.reference("reed-1963")
    assert writer.client.get("/admin/articles/reference/add/").status_code == 200
    form = {"key": "reed-1963", "kind": "paper", "title": "Typed"}
    assert writer.client.post(writer.url(source), form).status_code == 403
    for row in (factories.author(), factories.group(), factories.term()):
        assert writer.client.post(writer.url(row), {"name": "Typed"}).status_code == 403
    assert Reference.objects.get().title == source.title


# --- editors --------------------------------------------------------------------------------------------------------


def test_editor_publishes_schedules_and_changes_any_page(member):
    editor, page = member(roles.EDITOR), factories.article()
    assert "published" in editor.publish(page, title="New title")[0]
    assert Article.objects.live().get().title == "New title"
    assert "will be published" in editor.send(page, "_schedule", publication__at="2999-01-01T10:00").content.decode()
    editor.client.post(editor.url(page).replace("change", "unschedule"))
    assert not Schedule.objects.exists()


def test_editor_does_not_throw_away_the_draft_of_another(member):
    editor, other = member(roles.EDITOR), member(roles.EDITOR, "other")
    page = drafted(factories.article(), by=other.user)
    assert editor.client.post(editor.url(page).replace("change", "discard-draft")).status_code == 403
    assert editor.client.post(editor.url(page).replace("change", "history/1/restore"), {"sure": "1"}).status_code == 403
    editor.save(page, standfirst="A word more, and still not theirs.")
    assert editor.client.post(editor.url(page).replace("change", "discard-draft")).status_code == 403
    own = drafted(factories.article(), by=editor.user)
    editor.answer(editor.url(own).replace("change", "discard-draft"))
    assert [draft.page_id for draft in Draft.objects.all()] == [page.pk]


def test_editor_does_not_throw_away_a_draft_by_hiding_its_page_first(member):
    editor, other = member(roles.EDITOR), member(roles.EDITOR, "other")
    page = drafted(factories.article(), by=other.user)
    editor.client.post(editor.url(page).replace("change", "unpublish"), {"sure": "1"})
    assert editor.client.post(editor.url(page).replace("change", "history/1/restore"), {"sure": "1"}).status_code == 403
    assert drafts.state_of(page)["fields"]["title"] == "Draft title"


def test_editor_does_not_decide_under_whose_name_a_clinician_signs(member):
    editor, reviewer = member(roles.EDITOR), member(roles.CLINICAL_REVIEWER, "reviewer")
    author = factories.author()
    form = form_fields(editor.client.get(editor.url(author)).content)
    editor.client.post(editor.url(author), form | {"account": reviewer.user.pk, "_save": "1"})
    author.refresh_from_db()
    assert author.account is None


def test_editor_signs_nothing_off_and_gives_no_roles(member):
    editor, page = member(roles.EDITOR), factories.article()
    factories.author(account=editor.user)
    assert editor.client.post(editor.url(page).replace("change", "sign-off"), {"has_read": "on"}).status_code == 403
    assert editor.client.get("/admin/auth/user/").status_code == 403
    assert editor.client.get("/admin/auth/group/").status_code == 403


# --- chief editors --------------------------------------------------------------------------------------------------


def test_chief_editor_overrides_the_draft_of_another(member):
    chief_editor, other = member(roles.CHIEF_EDITOR), member(roles.EDITOR, "other")
    page = drafted(factories.article(), by=other.user)
    chief_editor.answer(chief_editor.url(page).replace("change", "discard-draft"))
    assert not Draft.objects.exists()


def person_form(person, user):
    return form_fields(person.client.get(f"/admin/auth/user/{user.pk}/change/").content)


def test_chief_editor_gives_roles(member):
    chief_editor, writer = member(roles.CHIEF_EDITOR), member(roles.WRITER, "writer")
    form = person_form(chief_editor, writer.user) | {"groups": [Group.objects.get(name=roles.EDITOR).pk]}
    assert (
        "changed successfully"
        in messages(chief_editor.client.post(f"/admin/auth/user/{writer.user.pk}/change/", form, follow=True))[0]
    )
    assert [group.name for group in writer.user.groups.all()] == [roles.EDITOR]


def test_chief_editor_makes_no_superuser_and_gives_no_single_permission(member):
    chief_editor, writer = member(roles.CHIEF_EDITOR), member(roles.WRITER, "writer")
    for user in (chief_editor.user, writer.user):
        form = person_form(chief_editor, user)
        assert not {"is_superuser", "user_permissions"} & form.keys()
        forged = form | {"is_superuser": "on", "user_permissions": ["1"]}
        chief_editor.client.post(f"/admin/auth/user/{user.pk}/change/", forged)
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.user_permissions.exists()


def with_a_permission(user):
    user.user_permissions.add(Permission.objects.get(codename="delete_user"))


def in_a_group_of_others(user):
    user.groups.add(Group.objects.create(name="Translators"))


def as_a_superuser(user):
    user.is_superuser = True
    user.save()


@pytest.mark.parametrize("more", [as_a_superuser, with_a_permission, in_a_group_of_others])
def test_chief_editor_has_no_hold_on_whoever_may_do_more_than_roles_allow(member, more):
    chief_editor = member(roles.CHIEF_EDITOR)
    user = get_user_model().objects.create_user("other", password="secret")
    more(user)
    for name in ("change", "password", "delete"):
        url = f"/admin/auth/user/{user.pk}/{name}/"
        forged = {"password1": "another-secret", "password2": "another-secret", "username": "x", "post": "yes"}
        assert chief_editor.client.post(url, forged).status_code == 403, name
    user.refresh_from_db()
    assert user.check_password("secret")


def test_chief_editor_adds_a_person_who_is_nobody_yet(member):
    chief_editor = member(roles.CHIEF_EDITOR)
    form = form_fields(chief_editor.client.get("/admin/auth/user/add/").content)
    form |= {"username": "new", "password1": "a-long-secret-1", "password2": "a-long-secret-1", "is_superuser": "on"}
    chief_editor.client.post("/admin/auth/user/add/", form)
    new = get_user_model().objects.get(username="new")
    assert (new.is_superuser, new.is_staff) == (False, False)


def test_nobody_changes_what_a_role_may_do_in_the_admin(member, editor):
    group = Group.objects.get(name=roles.MODERATOR) if Group.objects.exists() else Group.objects.create(name="x")
    for person in (member(roles.CHIEF_EDITOR), editor):
        assert person.client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "y"}).status_code == 403


# --- clinical reviewers ---------------------------------------------------------------------------------------------


def test_clinical_reviewer_signs_off_and_does_nothing_else(member):
    reviewer, page = member(roles.CLINICAL_REVIEWER), drafted(factories.article())
    factories.author(name="Dr Rita Stone", account=reviewer.user)
    html = reviewer.client.get(reviewer.url(page))
    assert "Save draft" not in html.content.decode()
    before = drafts.state_of(page)
    for url in deeds(page):
        if "sign-off" not in url:
            assert reviewer.client.post(url, {"title": "Typed", "sure": "1"}).status_code == 403, url
    assert drafts.state_of(page) == before
    sent = {"due": html.context["form"]["due"].value(), "has_read": "on", "began_with": html.context["began_with"]}
    url = reviewer.url(page).replace("change", "sign-off")
    assert "Signed off as Dr Rita Stone" in reviewer.client.post(url, sent, follow=True).content.decode()
    assert drafts.state_of(page)["fields"]["reviewed_by"]
    assert not Page.objects.get().reviewed_by


def test_clinical_reviewer_changes_no_row_of_any_kind(member):
    reviewer = member(roles.CLINICAL_REVIEWER)
    for row in (factories.reference(), factories.author(), factories.group(), factories.term(), factories.cause()):
        assert reviewer.client.post(reviewer.url(row), {"title": "Typed"}).status_code == 403
        add = reviewer.url(row).split(str(row.pk))[0] + "add/"
        assert reviewer.client.get(add).status_code == 403


# --- moderators -----------------------------------------------------------------------------------------------------


def test_moderator_sees_nothing_of_the_newsroom(member):
    moderator, page = member(roles.MODERATOR), factories.article()
    assert "Articles" not in moderator.client.get("/admin/").content.decode()
    views = ["", f"{page.pk}/change/", f"{page.pk}/preview/", f"{page.pk}/history/", f"{page.pk}/compare/", "add/"]
    for view in views:
        assert moderator.client.get(f"/admin/articles/article/{view}").status_code == 403, view
    for model in ("page", "revision", "auditentry", "reference", "author"):
        assert moderator.client.get(f"/admin/articles/{model}/").status_code == 403, model
    for row in (f"page/{page.pk}", f"revision/{page.live_revision_id}"):
        assert moderator.client.get(f"/admin/articles/{row}/change/").status_code == 403, row
    for url in deeds(page):
        assert moderator.client.post(url, {"sure": "1"}).status_code == 403, url


# --- the command ----------------------------------------------------------------------------------------------------


def test_command_mends_roles_gives_and_takes_them(db, capsys):
    roles.write_roles()
    user = get_user_model().objects.create_user("anna")
    Group.objects.get(name=roles.EDITOR).permissions.clear()
    call_command("roles", give=["Editor", "anna"])
    assert "Editor             anna" in capsys.readouterr().out
    user = get_user_model().objects.get()
    assert user.is_staff
    assert user.has_perm("articles.publish_page")
    call_command("roles", take=["Editor", "anna"])
    assert not get_user_model().objects.get().has_perm("articles.publish_page")


@pytest.mark.parametrize("give", [["Boss", "anna"], ["Editor", "nobody"]])
def test_command_says_what_is_not_there(db, give):
    get_user_model().objects.create_user("anna")
    with pytest.raises(CommandError, match="no"):
        call_command("roles", give=give)


def test_scheduled_text_is_the_editors_not_what_a_writer_saved_later(member, client, monkeypatch):
    """Or a writer could publish by changing what is scheduled."""
    from datetime import timedelta

    from django.utils import timezone

    writer = member(roles.WRITER)
    page = given_to(writer, drafted(factories.article()))
    at = timezone.now() + timedelta(days=1)
    scheduling.schedule(page, at=at, by=None)
    writer.save(page, title="Slipped in")
    monkeypatch.setattr(timezone, "now", lambda: at)
    html = client.get(page.path).content.decode()
    assert "Draft title" in html
    assert "Slipped in" not in html
