"""Editors at the forms of the admin: what they save, what readers see, and what is refused."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from articles import drafts, publishing
from articles.freezing import freeze
from articles.models import Article, Draft, Revision, TextSection
from tests import factories
from tests.conftest import form_fields, messages

pytestmark = pytest.mark.django_db

BODY = "articles_textsection_set__0__body"


def shown(client, page):
    return client.get(page.path).content.decode()


def test_saving_a_live_page_keeps_a_draft_and_leaves_readers_alone(editor):
    page = factories.article()
    before = shown(editor.client, page)
    assert "saved. Readers still see the published text." in editor.save(page, **{BODY: "<p>Second words.</p>"})[0]
    assert shown(editor.client, page) == before
    assert editor.form(page)[BODY.replace("__", "-")] == "<p>Second words.</p>"
    assert Draft.objects.get().by.username == "chief"


def test_publishing_shows_the_draft_and_keeps_the_note(editor):
    page = factories.article()
    editor.save(page, **{BODY: "<p>Second words.</p>"})
    assert "published. Readers see it now." in editor.publish(page, publication__note="Clearer")[0]
    assert "Second words." in shown(editor.client, page)
    assert Revision.objects.first().note == "Clearer"


def test_saving_and_publishing_in_one_step(editor):
    page = factories.article()
    editor.publish(page, title="Another title", slug="another")
    assert "Another title" in editor.client.get("/articles/another/").content.decode()
    assert editor.client.get(page.path).status_code == 301


def test_saving_without_a_change_makes_no_draft(editor):
    page = factories.article()
    assert "nothing to publish" in editor.save(page)[0]
    assert not Draft.objects.exists()


def test_publishing_without_a_change_says_so(editor):
    page = factories.article()
    assert "there was nothing to publish" in editor.publish(page)[0]
    assert Revision.objects.count() == 1


def test_saving_is_in_the_history_though_the_rows_were_put_back(editor):
    page = factories.article()
    editor.save(page, title="Another title")
    assert LogEntry.objects.get().get_change_message() == "Changed Title."


def test_section_added_and_deleted_in_the_form_is_in_the_draft_alone(editor):
    page = factories.article()
    form = {
        "articles_textsection_set__TOTAL_FORMS": "2",
        "articles_textsection_set__0__DELETE": "on",
        "articles_textsection_set__1__heading": "New heading",
        "articles_textsection_set__1__region": "main",
        "articles_textsection_set__1__ordering": "20",
        "articles_textsection_set__1__body": "<p>New words.</p>",
    }
    editor.save(page, **form)
    assert TextSection.objects.get().heading == "First heading"
    editor.save(page)
    editor.publish(page)
    assert TextSection.objects.get().heading == "New heading"


def test_picture_uploaded_in_a_draft_is_published(editor, png):
    page = factories.article()
    form = {
        "articles_imagesection_set__TOTAL_FORMS": "1",
        "articles_imagesection_set__0__region": "main",
        "articles_imagesection_set__0__ordering": "20",
        "articles_imagesection_set__0__image": png,
        "articles_imagesection_set__0__alt": "A calf",
    }
    editor.save(page, **form)
    assert "A calf" not in shown(editor.client, page)
    editor.publish(page)
    assert 'alt="A calf" width="2" height="1"' in shown(editor.client, page)


def test_bad_input_is_shown_again_with_its_errors_and_changes_nothing(editor):
    page = factories.article()
    response = editor.send(page, title="", **{BODY: "<p>Typed.</p>"})
    html = response.content.decode()
    assert "This field is required." in html
    assert "Typed." in html
    assert not Draft.objects.exists()
    assert Article.objects.get().title == page.title


def test_draft_that_may_not_be_published_is_kept_and_the_reason_told(editor):
    page = factories.article()
    told = editor.publish(page, **{BODY: "<p>Called ELA.</p>"})
    assert told[0] == "Saved, but not published:"
    assert "use ALS" in told[1]
    assert "Called ELA." in editor.form(page)[BODY.replace("__", "-")]
    assert "First words." in shown(editor.client, page)


def test_hidden_page_is_saved_into_its_rows_and_published_on_demand(editor):
    page = factories.article(live=False)
    assert "Readers do not see it until you publish it." in editor.save(page, title="Renamed")[0]
    assert editor.client.get(page.path).status_code == 404
    editor.publish(page)
    assert "Renamed" in shown(editor.client, page)


def test_slug_of_another_page_is_refused_in_the_form(editor):
    page, other = factories.article(), factories.article()
    html = editor.send(page, slug=other.slug).content.decode()
    assert "Another page of this kind has this slug." in html


def test_form_does_not_clone_rows_of_any_model(editor):
    page, secret = factories.article(), factories.article(live=False)
    section = TextSection.objects.get(parent=secret)
    form = editor.form(page) | {"_clone": f"articles.textsection:{section.pk}", "_clone_region": "main"}
    response = editor.client.post(editor.url(page), form | {"_clone_ordering": "1", "_continue": "1"})
    assert response.status_code == 403
    assert TextSection.objects.count() == 2


def test_page_is_unpublished_after_a_question(editor):
    page = factories.article()
    url = editor.url(page).replace("change", "unpublish")
    assert "Readers will no longer find it." in editor.client.get(url).content.decode()
    assert shown(editor.client, page)
    assert "hidden from readers" in messages(editor.client.post(url, follow=True))[0]
    assert editor.client.get(page.path).status_code == 404


def test_draft_is_discarded_after_a_question(editor):
    page = factories.article()
    editor.save(page, title="Draft title")
    url = editor.url(page).replace("change", "discard-draft")
    assert "last saved by chief" in editor.client.get(url).content.decode()
    assert Draft.objects.exists()
    editor.answer(url)
    assert editor.form(page)["title"] == page.title


def restoring(editor, revision):
    return editor.url(revision.page.concrete).replace("change", f"history/{revision.number}/restore")


def test_publication_is_restored_into_the_draft(editor):
    page = factories.article()
    editor.publish(page, title="Second title")
    first = Revision.objects.get(number=1)
    told = messages(editor.client.post(restoring(editor, first), follow=True))
    assert "Publication 1 is now the draft." in told[0]
    assert editor.form(page)["title"] == page.title
    assert "Second title" in shown(editor.client, page)


def test_live_page_and_named_source_cannot_be_deleted(editor):
    source = factories.reference("reed-1963")
    page = factories.article(text='<p>x <a href="#source-reed-1963">s</a></p>')
    assert editor.client.post(editor.url(page).replace("change", "delete"), {"post": "yes"}).status_code == 403
    editor.client.post("/admin/articles/reference/reed-1963/delete/", {"post": "yes"})
    source.refresh_from_db()


@pytest.fixture
def writer(client):
    """Somebody who may change articles and nothing else."""
    user = get_user_model().objects.create_user("writer", password="secret", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["change_article", "view_article", "change_any_page"])
    )
    client.force_login(user)
    return user


def test_whoever_may_not_publish_has_no_button_and_is_refused(writer, client):
    page = factories.article()
    url = f"/admin/articles/article/{page.pk}/change/"
    assert b"_publish" not in client.get(url).content
    data = freeze(page)
    data["fields"]["title"] = "Draft title"
    drafts.save_draft(page, data, by=writer)
    form = form_fields(client.get(url).content)
    assert client.post(url, form | {"title": "Typed", "_publish": "1"}).status_code == 403
    assert Draft.objects.get().data["fields"]["title"] == "Draft title"
    assert client.post(url.replace("change", "unpublish")).status_code == 403
    assert Article.objects.live().get().title == page.title


def test_right_to_publish_without_the_right_to_change_is_no_right(client):
    page = factories.article()
    user = get_user_model().objects.create_user("publisher", password="secret", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["publish_page", "view_revision"]))
    client.force_login(user)
    assert client.post(f"/admin/articles/article/{page.pk}/unpublish/").status_code == 403
    assert client.post(f"/admin/articles/article/{page.pk}/history/1/restore/").status_code == 403


def test_restoring_over_a_draft_asks_first(editor):
    page = factories.article()
    editor.publish(page, title="Second title")
    editor.save(page, title="Draft title")
    url = restoring(editor, Revision.objects.get(number=1))
    assert "It takes the place of the draft" in editor.client.post(url).content.decode()
    assert Draft.objects.get().data["fields"]["title"] == "Draft title"
    editor.answer(url)
    assert Draft.objects.get().data["fields"]["title"] == page.title


def test_page_that_goes_live_while_its_form_is_open_keeps_a_draft(editor, monkeypatch):
    page = factories.article(live=False)
    form = editor.form(page)
    original = drafts.drafting

    def publish_first(page):
        publishing.publish(page, by=None)
        return original(page)

    monkeypatch.setattr(drafts, "drafting", publish_first)
    editor.client.post(editor.url(page), form | {"title": "Typed", "_continue": "1"})
    assert "Typed" not in shown(editor.client, page)
    assert "Typed" not in editor.client.get("/articles/").content.decode()
    assert Draft.objects.get().data["fields"]["title"] == "Typed"


def test_row_chosen_twice_is_refused_in_the_form_and_two_rows_can_swap(editor):
    cause = factories.cause(live=False)
    for position in (1, 2):
        factories.seen_with(cause, factories.symptom(), position=position)
    factories.publish(cause)
    form = editor.form(cause)
    first, second = (form[f"seen_with-{row}-symptom"] for row in (0, 1))
    response = editor.send(cause, seen_with__1__symptom=first)
    assert "Please correct the duplicate" in response.content.decode()
    editor.publish(cause, seen_with__0__symptom=second, seen_with__1__symptom=first)
    assert [str(row.symptom_id) for row in cause.seen_with.order_by("position")] == [second, first]


def test_tag_that_is_too_long_is_refused_in_the_form(editor):
    page = factories.article()
    assert "A tag has at most 100 characters" in editor.send(page, tags="x" * 101).content.decode()


def test_lines_of_other_names_survive_a_browser(editor):
    cause = factories.cause(other_names="one\ntwo")
    assert "nothing to publish" in editor.save(cause)[0]


def test_no_cookie_of_the_admin_reaches_public_pages(editor):
    response = editor.client.post("/admin/login/", {})
    cookies = {**response.cookies, **editor.client.cookies}
    editor.save(factories.article(), title="Another")
    assert {cookie["path"] for cookie in {**cookies, **editor.client.cookies}.values()} == {"/admin/"}


def test_unknown_page_is_not_found_rather_than_an_error(editor):
    assert editor.client.get("/admin/articles/page/abc/change/").status_code == 404


@pytest.mark.parametrize("path", ["", "articles/article/", "articles/page/", "causes/claim/"])
def test_admin_sends_strangers_to_the_login(client, path):
    assert client.get(f"/admin/{path}")["Location"].startswith("/admin/login/")
