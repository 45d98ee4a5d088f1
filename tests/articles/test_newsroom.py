"""The newsroom around the form: preview, history, comparison, conflicts, copies of sections, sign-off, audit."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from articles import drafts, previewing, publishing
from articles.freezing import freeze
from articles.models import Article, AuditEntry, Draft, Page, Revision, SetAside, TextSection
from tests import factories
from tests.conftest import Editor, form_fields, messages

pytestmark = pytest.mark.django_db

BODY = "articles_textsection_set__0__body"


def address(editor, page, view):
    return editor.url(page).replace("change/", view)


def shown(client, page):
    return client.get(page.path).content.decode()


@pytest.fixture
def anna(db):
    """Another person who may do everything, in another browser."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("anna", password="secret"))
    return Editor(client)


# --- preview --------------------------------------------------------------------------------------------------------


def test_form_is_previewed_as_it_is_typed_and_nothing_is_saved(editor):
    page = factories.article()
    before = freeze(page)
    response = editor.send(page, "_preview", **{BODY: "<p>Typed words.</p>"})
    html = response.content.decode()
    assert "Typed words." in html
    assert "Readers do not see this." in html
    assert not Draft.objects.exists()
    assert not AuditEntry.objects.exclude(action="published").exists()
    assert freeze(page) == before


def test_page_that_was_never_saved_is_previewed_and_not_made(editor):
    form = form_fields(editor.client.get("/admin/articles/plainpage/add/").content)
    form |= {"title": "New", "slug": "new", "standfirst": "In short.", "_preview": "1"}
    assert "Readers do not see this." in editor.client.post("/admin/articles/plainpage/add/", form).content.decode()
    assert not Page.objects.filter(slug="new").exists()
    assert not AuditEntry.objects.exists()


def test_form_with_a_mistake_says_so_instead_of_a_preview(editor):
    html = editor.send(factories.article(), "_preview", title="").content.decode()
    assert "It cannot be previewed yet" in html
    assert "This field is required." in html


def test_preview_stands_in_no_cache_and_in_frames_of_the_site_alone(editor):
    page = factories.article()
    for response in (editor.send(page, "_preview"), editor.client.get(address(editor, page, "preview/"))):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in editor.client.get(editor.url(page))["Content-Security-Policy"]


@pytest.fixture
def link(editor):
    """A page with a draft, and the link to its preview that the form gives."""
    page = factories.article()
    editor.save(page, title="Draft title")
    form = BeautifulSoup(editor.client.get(editor.url(page)).content, "html.parser")
    address = form.select_one("#preview-link")["value"]
    assert address.startswith("http://testserver/preview/")
    return page, address.removeprefix("http://testserver")


def test_signed_link_shows_the_draft_to_strangers_until_it_expires(link, monkeypatch):
    _, path = link
    response = Client().get(path)
    assert "Draft title" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    later = signing.time.time() + previewing.LINK_DAYS * 24 * 3600 + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    over = Client().get(path)
    assert over.status_code == 410
    assert "Draft title" not in over.content.decode()


@pytest.mark.parametrize("change", [lambda path: path[:-2] + "x/", lambda path: "/preview/x/"])
def test_link_that_was_made_up_shows_nothing(link, client, change):
    assert client.get(change(link[1])).status_code == 410


def test_public_page_is_no_preview(client):
    assert "Readers do not see this." not in shown(client, factories.article())


# --- history and comparison -----------------------------------------------------------------------------------------


@pytest.fixture
def published_twice(editor):
    page = factories.article(text="<p>First words.</p>")
    editor.publish(page, publication__note="Clearer words", **{BODY: "<p>Second words.</p>"})
    return page


def test_history_lists_publications_with_names_and_notes_and_no_saves(editor, published_twice):
    editor.save(published_twice, title="Draft title")
    html = editor.client.get(address(editor, published_twice, "history/")).content.decode()
    publications = html.split("Everything that was done")[0]
    for words in ("Publication 1", "Publication 2", "chief", "Clearer words", "live"):
        assert words in publications
    assert publications.count("Publication ") == 2
    assert "Saved the draft" in html


def test_two_publications_are_compared_in_words(editor, published_twice):
    html = editor.client.get(address(editor, published_twice, "compare/?from=1&to=2")).content.decode()
    for words in ("Text: First heading", "First", "Second"):
        assert words in html
    assert "{&quot;" not in html


def test_draft_is_compared_with_what_is_live_by_default(editor, published_twice):
    editor.save(published_twice, title="Draft title")
    html = editor.client.get(address(editor, published_twice, "compare/")).content.decode()
    assert "to the draft" in html
    assert "Draft" in html
    assert "Nothing differs." in editor.client.get(address(editor, published_twice, "compare/?to=2")).content.decode()


@pytest.mark.parametrize(("number", "status"), [("9", 404), ("x", 400), ("٣", 400), ("9" * 30, 400)])
def test_comparison_with_what_never_was_is_refused(editor, published_twice, number, status):
    assert editor.client.get(address(editor, published_twice, f"compare/?from={number}")).status_code == status


def test_old_publication_is_looked_at_and_restored_with_one_click(editor, published_twice):
    page = published_twice
    assert "First words." in editor.client.get(address(editor, page, "history/1/")).content.decode()
    told = messages(editor.client.post(address(editor, page, "history/1/restore/"), follow=True))
    assert "Publication 1 is now the draft." in told[0]
    assert "Second words." in shown(editor.client, page)
    editor.publish(page)
    assert "First words." in shown(editor.client, page)


def test_changes_of_substance_are_told_to_readers_newest_first(editor):
    page = factories.article()
    assert "What changed" not in shown(editor.client, page)
    editor.publish(page, title="One", publication__note="A figure", publication__is_substantial="on")
    editor.publish(page, title="Two", publication__note="A comma")
    editor.publish(page, title="Three", publication__note="Another figure", publication__is_substantial="on")
    told = shown(editor.client, page).split("What changed")[1]
    assert told.index("Another figure") < told.index("A figure")
    assert "A comma" not in told


def test_change_of_substance_without_a_note_is_refused_and_kept_as_a_draft(editor):
    page = factories.article()
    told = editor.publish(page, title="New title", publication__is_substantial="on")
    assert "say in the note what changed" in told[1]
    assert "New title" not in shown(editor.client, page)
    assert Draft.objects.get().data["fields"]["title"] == "New title"


# --- two editors ----------------------------------------------------------------------------------------------------


@pytest.fixture
def conflict(editor, anna):
    """The chief has opened a page, Anna has saved another text of it, the chief saves: the page that answers."""
    page = factories.article(text="<p>First words.</p>", title="Title")
    form = editor.form(page)
    anna.save(page, standfirst="Anna's standfirst.", **{BODY: "<p>Anna's words.</p>"})
    typed = {"title": "The chief's title", BODY.replace("__", "-"): "<p>The chief's words.</p>"}
    return page, editor.client.post(editor.url(page), form | typed | {"_continue": "1"}, follow=True)


def test_second_save_is_refused_with_both_texts_and_loses_neither(editor, conflict):
    page, response = conflict
    html = response.content.decode()
    for words in ("anna saved this page", "The chief&#x27;s ", "Anna&#x27;s "):
        assert words in html
    assert Draft.objects.get().data["parts"]["articles.textsection"][0]["body"] == "<p>Anna's words.</p>"
    assert SetAside.objects.get().data["parts"]["articles.textsection"][0]["body"] == "<p>The chief's words.</p>"
    assert "Look at both texts" in editor.client.get(editor.url(page)).content.decode()


def test_place_that_only_one_changed_is_chosen_already(conflict):
    _, response = conflict
    form = response.context["choices"]
    assert {choice.key.split(":")[1]: choice.is_mine for choice in form if choice.key.startswith("page:")} == {
        "title": True,
        "standfirst": False,
    }


def test_conflict_is_settled_place_by_place(editor, conflict):
    page, response = conflict
    section = TextSection.objects.get(parent=page)
    url = response.redirect_chain[-1][0]
    chosen = {"choice:page:title": "mine", "choice:page:standfirst": "theirs", f"choice:{section.key}": "mine"}
    began_with = response.context["began_with"]
    told = messages(editor.client.post(url, chosen | {"began_with": began_with}, follow=True))
    assert "Settled" in told[0]
    data = Draft.objects.get().data
    assert data["fields"]["title"] == "The chief's title"
    assert data["fields"]["standfirst"] == "Anna's standfirst."
    assert data["parts"]["articles.textsection"][0]["body"] == "<p>The chief's words.</p>"
    assert not SetAside.objects.exists()


def test_third_save_while_a_conflict_is_settled_is_not_lost(editor, anna, conflict):
    page, response = conflict
    anna.save(page, standfirst="Anna again.")
    url = response.redirect_chain[-1][0]
    sent = {"choice:page:title": "mine", "began_with": response.context["began_with"]}
    told = messages(editor.client.post(url, sent, follow=True))
    assert "saved again meanwhile" in told[0]
    assert Draft.objects.get().data["fields"]["standfirst"] == "Anna again."
    assert SetAside.objects.exists()


def test_text_set_aside_can_be_thrown_away(editor, conflict):
    _, response = conflict
    editor.client.post(response.redirect_chain[-1][0], {"_drop": "1"})
    assert not SetAside.objects.exists()
    assert Draft.objects.get().data["fields"]["standfirst"] == "Anna's standfirst."


def test_text_of_somebody_else_that_is_thrown_away_is_in_the_audit(anna, conflict):
    page, response = conflict
    anna.client.post(response.redirect_chain[-1][0], {"_drop": "1"})
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.by_name, entry.note) == ("dropped", "anna", "Written by chief")
    assert entry.before == entry.after == f"live at {page.path}, publication 1, with a draft"


def test_saving_a_page_that_was_published_meanwhile_is_a_conflict_only_if_its_text_changed(editor, anna):
    page = factories.article()
    form = editor.form(page)
    anna.publish(page)  # what is live already
    typed = form | {"title": "The chief's title", "_continue": "1"}
    assert "saved" in messages(editor.client.post(editor.url(page), typed, follow=True))[0]
    form = editor.form(page)
    anna.publish(page, title="Anna's title")
    response = editor.client.post(editor.url(page), form | {"title": "Third title", "_publish": "1"}, follow=True)
    assert "Two texts" in response.content.decode()
    assert "Third title" not in shown(editor.client, page)


def test_form_sent_without_its_token_replaces_nothing(editor):
    page = factories.article()
    form = editor.form(page) | {"title": "Typed", "_continue": "1"}
    del form["_began_with"]
    editor.client.post(editor.url(page), form)
    assert not Draft.objects.exists()
    assert SetAside.objects.get().data["fields"]["title"] == "Typed"


def test_two_editors_of_a_page_that_is_not_live_conflict_too(editor, anna):
    page = factories.article(live=False)
    form = editor.form(page)
    anna.save(page, title="Anna's title")
    response = editor.client.post(editor.url(page), form | {"title": "Mine", "_continue": "1"}, follow=True)
    assert "Two texts" in response.content.decode()
    assert Article.objects.get().title == "Anna's title"


def test_part_that_somebody_deleted_meanwhile_is_a_conflict_and_no_mistake(editor, anna):
    page = factories.article(live=False)
    TextSection.objects.create(parent=page, heading="Second heading", body="<p>Words.</p>", ordering=20)
    factories.publish(page)
    form = editor.form(page)
    anna.save(page, **{"articles_textsection_set__1__DELETE": "on"})
    typed = form | {"articles_textsection_set-1-body": "<p>Typed into it.</p>", "_continue": "1"}
    response = editor.client.post(editor.url(page), typed, follow=True)
    assert "It is not there." in response.content.decode()
    assert "Typed into it." in response.content.decode()
    chosen = {f"choice:{choice.key}": "mine" for choice in response.context["choices"]}
    url = response.redirect_chain[-1][0]
    editor.client.post(url, chosen | {"began_with": response.context["began_with"]})
    assert headings(page) == ["First heading", "Second heading"]


def test_part_of_another_page_is_none_of_ours(editor):
    page, other = factories.article(), factories.article()
    theirs = TextSection.objects.get(parent=other)
    response = editor.send(page, articles_textsection_set__0__id=str(theirs.pk))
    assert "Please correct the error" in response.content.decode()
    assert TextSection.objects.get(pk=theirs.pk).parent == other


def with_byline(author):
    return {
        "bylines__TOTAL_FORMS": "2",
        "bylines__1__author": str(author.pk),
        "bylines__1__position": "2",
    }


def test_author_that_somebody_else_added_meanwhile_is_refused_with_the_text_kept(editor, anna):
    page, author = factories.article(), factories.author(name="Zoe")
    form = editor.form(page)
    anna.save(page, **with_byline(author))
    added = {name.replace("__", "-"): value for name, value in with_byline(author).items()}
    response = editor.client.post(editor.url(page), form | added | {"title": "Typed", "_continue": "1"}, follow=True)
    assert "“Zoe” is there already" in response.content.decode()
    assert 'value="Typed"' in response.content.decode()


def test_choices_that_cannot_stand_on_one_page_are_refused_and_both_texts_stay(editor, anna, conflict):
    page, response = conflict
    author = factories.author(name="Zoe")
    mine = SetAside.objects.get()
    mine.data["parts"]["articles.articleauthor"].append({"id": str(uuid4()), "author": str(author.pk), "position": 2})
    mine.save()
    anna.save(page, **with_byline(author))
    url = response.redirect_chain[-1][0]
    page_of_choices = editor.client.get(url).context
    chosen = {f"choice:{choice.key}": "theirs" for choice in page_of_choices["choices"]}
    added = f"choice:articles.articleauthor:{mine.data['parts']['articles.articleauthor'][-1]['id']}"
    assert added in chosen
    told = editor.client.post(url, chosen | {added: "mine", "began_with": page_of_choices["began_with"]}, follow=True)
    assert "cannot stand on one page" in told.content.decode()
    assert SetAside.objects.exists()
    assert editor.client.get(editor.url(page)).status_code == 200


# --- sections -------------------------------------------------------------------------------------------------------


def headings(page):
    with drafts.drafting(page):
        return list(TextSection.objects.filter(parent=page).order_by("ordering").values_list("heading", flat=True))


def test_section_is_duplicated_right_below_itself_in_the_draft(editor):
    page = factories.article(live=False)
    TextSection.objects.create(parent=page, heading="Second heading", body="<p>Words.</p>", ordering=20)
    factories.publish(page)
    section = TextSection.objects.get(heading="First heading")
    form = editor.form(page) | {"title": "Typed, too", "_duplicate": section.key}
    told = messages(editor.client.post(editor.url(page), form, follow=True))
    assert "twice now" in told[0]
    assert headings(page) == ["First heading", "First heading", "Second heading"]
    assert Draft.objects.get().data["fields"]["title"] == "Typed, too"
    assert TextSection.objects.filter(parent=page).count() == 2


@pytest.mark.parametrize("key", ["articles.textsection:nothing", "auth.user:1", "x"])
def test_only_sections_of_the_page_itself_are_duplicated(editor, key):
    page = factories.article()
    told = editor.client.post(editor.url(page), editor.form(page) | {"_duplicate": key}, follow=True)
    assert "no longer there" in told.content.decode()
    assert headings(page) == ["First heading"]


def test_sections_are_copied_from_another_page(editor):
    page, other = factories.article(), factories.article(live=False)
    section = TextSection.objects.create(parent=other, heading="Useful", body="<p>Words.</p>", ordering=20)
    url = address(editor, page, "copy-sections/")
    response = editor.client.post(editor.url(page), editor.form(page) | {"_copy": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == url
    assert "Text: Useful" in editor.client.get(url, {"source": other.pk}).content.decode()
    editor.client.post(f"{url}?source={other.pk}", {"section": [section.key]})
    assert headings(page) == ["First heading", "Useful"]
    assert headings(other) == ["First heading", "Useful"]


# --- sign-off -------------------------------------------------------------------------------------------------------


@pytest.fixture
def reviewer(chief):
    return factories.author(name="Dr Rita Stone", account=chief)


def sign_off(editor, page, **changes):
    html = editor.client.get(address(editor, page, "sign-off/"))
    due = timezone.localdate() + timedelta(days=365)
    sent = {"due": due.isoformat(), "has_read": "on", "began_with": html.context["began_with"]} | changes
    return editor.client.post(address(editor, page, "sign-off/"), sent, follow=True)


def test_sign_off_is_seen_by_readers_once_it_is_published(editor, reviewer):
    page = factories.article()
    assert "Signed off as Dr Rita Stone" in messages(sign_off(editor, page))[0]
    assert "No clinician has reviewed this page yet" in shown(editor.client, page)
    editor.publish(page)
    assert "Reviewed by Dr Rita Stone" in shown(editor.client, page)


def test_sign_off_goes_when_the_text_changes_before_it_is_published(editor, reviewer):
    page = factories.article()
    sign_off(editor, page)
    assert "needs another sign-off" in editor.save(page, title="Another title")[0]
    editor.publish(page)
    assert "No clinician has reviewed this page yet" in shown(editor.client, page)


@pytest.mark.parametrize("way", ["copy", "duplicate"])
def test_sign_off_goes_whichever_way_the_text_changes(editor, reviewer, way):
    page, other = factories.article(), factories.article()
    sign_off(editor, page)
    if way == "copy":
        key = TextSection.objects.get(parent=other).key
        editor.client.post(f"{address(editor, page, 'copy-sections/')}?source={other.pk}", {"section": [key]})
    else:
        key = TextSection.objects.get(parent=page).key
        editor.client.post(editor.url(page), editor.form(page) | {"_duplicate": key})
    assert len(headings(page)) == 2
    editor.publish(page)
    assert "No clinician has reviewed this page yet" in shown(editor.client, page)


def test_review_that_would_be_due_before_it_was_done_is_refused(editor, reviewer):
    page = factories.article()
    sign_off(editor, page)
    assert "due after the last one" in editor.send(page, review_due_on="2020-01-01").content.decode()


def test_sign_off_of_a_text_that_has_changed_meanwhile_is_refused(editor, reviewer):
    page = factories.article()
    response = sign_off(editor, page, began_with="0" * 64)
    assert "Please read it again" in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("changes", [{"has_read": ""}, {"due": "2020-01-01"}, {"due": "2999-01-01"}, {"due": "soon"}])
def test_sign_off_that_is_not_meant_or_lasts_too_long_is_refused(editor, reviewer, changes):
    assert sign_off(editor, factories.article(), **changes).context["form"].errors
    assert not Draft.objects.exists()


def test_nobody_signs_off_without_a_profile_to_name(editor):
    page = factories.article()
    assert "not linked to an author profile" in sign_off(editor, page).content.decode()
    assert not Draft.objects.exists()


def test_form_does_not_say_who_reviewed(editor, reviewer):
    page = factories.article()
    editor.save(page, reviewed_by=str(reviewer.pk), reviewed_on="2026-01-01", title="Another title")
    assert Draft.objects.get().data["fields"]["reviewed_by"] is None


# --- popups ---------------------------------------------------------------------------------------------------------


def test_page_added_in_a_popup_is_not_live(editor):
    form = form_fields(editor.client.get("/admin/causes/cause/add/?_popup=1").content)
    form |= {"title": "New", "slug": "new", "standfirst": "S.", "group": factories.group().pk, "evidence": "some"}
    html = editor.client.get("/admin/causes/cause/add/?_popup=1").content.decode()
    assert "_publish" not in html
    assert editor.client.post("/admin/causes/cause/add/", form | {"_popup": "1", "_publish": "1"}).status_code == 403
    editor.client.post("/admin/causes/cause/add/", form | {"_popup": "1", "_save": "1"})
    assert not Page.objects.get(slug="new").is_live


def test_live_page_changed_in_a_popup_keeps_a_draft(editor):
    cause = factories.cause(title="Old title")
    form = form_fields(editor.client.get(f"{editor.url(cause)}?_popup=1").content)
    editor.client.post(editor.url(cause), form | {"_popup": "1", "_save": "1", "title": "New title"})
    assert "Old title" in shown(editor.client, cause)
    assert Draft.objects.get().data["fields"]["title"] == "New title"


# --- what changed while somebody was asked ---------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["discard-draft/", "history/1/restore/"])
def test_draft_that_was_saved_while_the_question_stood_is_not_thrown_away(editor, anna, deed):
    page = factories.article()
    editor.save(page, title="Draft title")
    began_with = editor.client.get(address(editor, page, deed)).context["began_with"]
    anna.save(page, title="An hour of work")
    editor.client.post(address(editor, page, deed), {"sure": "1", "began_with": began_with})
    assert Draft.objects.get().data["fields"]["title"] == "An hour of work"


def test_text_that_slips_in_between_saving_and_publishing_is_not_published(editor, monkeypatch):
    page = factories.article()
    original = publishing.publish

    def slip_in(page, **options):
        data = drafts.state_of(page)
        data["fields"]["title"] = "Slipped in"
        drafts.save_draft(page, data, by=None)
        return original(page, **options)

    monkeypatch.setattr(publishing, "publish", slip_in)
    assert "saved the page since" in editor.publish(page, title="New title")[0]
    assert "Slipped in" not in shown(editor.client, page)


@pytest.mark.parametrize("token", ["x" * 100, "\x00", "é" * 64])
def test_odd_token_is_no_error(editor, token):
    page = factories.article()
    form = editor.form(page) | {"title": "Typed", "_began_with": token, "_continue": "1"}
    assert editor.client.post(editor.url(page), form).status_code == 302
    assert SetAside.objects.get().began_with == ""


def test_odd_addresses_are_no_errors(editor):
    page = factories.article()
    for source in ("x", "\x00", "9" * 50):
        assert editor.client.get(address(editor, page, "copy-sections/"), {"source": source}).status_code == 404
    form = editor.form(page) | {"_saveasnew": "1"}
    assert editor.client.post(editor.url(page), form).status_code == 403


def test_draft_that_names_an_author_who_is_gone_can_be_previewed(editor):
    page, author = factories.article(), factories.author()
    editor.save(page, **with_byline(author))
    author.delete()
    assert editor.client.get(address(editor, page, "preview/")).status_code == 200


# --- audit ----------------------------------------------------------------------------------------------------------


def test_audit_says_who_did_what_from_where_to_where(editor, chief):
    page = factories.article(live=False, slug="old")
    editor.save(page, title="Another title")
    editor.publish(page, slug="new", publication__note="First")
    editor.save(page, title="Third title")
    editor.answer(address(editor, page, "discard-draft/"))
    editor.client.post(address(editor, page, "hand-over/"), {"writer": chief.pk})
    editor.client.post(address(editor, page, "unpublish/"))
    entries = [(entry.get_action_display(), entry.before, entry.after) for entry in AuditEntry.objects.order_by("pk")]
    live = "live at /articles/new/, publication 1"
    assert entries == [
        ("Saved the draft", "not live", "not live"),
        ("Saved the draft", "not live", "not live"),
        ("Published", "not live", live),
        ("Saved the draft", live, f"{live}, with a draft"),
        ("Discarded the draft", f"{live}, with a draft", live),
        ("Handed over", live, live),
        ("Unpublished", live, "not live"),
    ]
    assert {entry.by_name for entry in AuditEntry.objects.all()} == {"chief"}
    html = editor.client.get(address(editor, page, "history/")).content.decode()
    assert "Live at /articles/new/, publication 1" in html


def test_new_and_deleted_pages_are_in_the_audit(editor):
    form = form_fields(editor.client.get("/admin/articles/plainpage/add/").content)
    form |= {"title": "New", "slug": "new", "standfirst": "In short.", "_continue": "1"}
    editor.client.post("/admin/articles/plainpage/add/", form)
    page = Page.objects.get(slug="new").concrete
    assert page.writer.username == "chief"
    editor.client.post(address(editor, page, "delete/"), {"post": "yes"})
    assert [(entry.action, entry.page_id) for entry in AuditEntry.objects.order_by("pk")] == [
        ("created", page.pk),
        ("deleted", page.pk),
    ]
    assert "New" in editor.client.get("/admin/articles/auditentry/").content.decode()


def test_deed_that_does_nothing_is_not_in_the_audit(editor):
    page = factories.article(live=False)
    for deed in ("unpublish/", "discard-draft/", "unschedule/"):
        editor.client.post(address(editor, page, deed), {"sure": "1"})
    assert not AuditEntry.objects.exists()


def test_failed_deed_is_not_in_the_audit(editor):
    page = factories.article()
    editor.publish(page, title="Called ELA")
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["published", "saved"]


def test_audit_outlives_who_is_in_it(editor, anna):
    page = factories.article(live=False)
    anna.save(page, title="Another title")
    get_user_model().objects.get(username="anna").delete()
    assert "anna" in editor.client.get(address(editor, page, "history/")).content.decode()


@pytest.fixture
def entry(db):
    factories.article()
    if connection.vendor == "sqlite":  # where the tests of a live server have to do without this trigger
        migration = import_module("articles.migrations.0006_append_only_audit")
        with connection.cursor() as cursor:
            cursor.execute(migration.CREATE["sqlite"][1])
    return AuditEntry.objects.get()


def test_audit_is_refused_any_change_by_the_models(entry):
    with pytest.raises(ProtectedError):
        AuditEntry.objects.update(note="x")
    with pytest.raises(ProtectedError):
        AuditEntry.objects.all().delete()


@pytest.mark.parametrize("sql", ["UPDATE articles_auditentry SET note = 'x'", "DELETE FROM articles_auditentry"])
def test_audit_is_refused_any_change_by_the_database(entry, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Revision.objects.count() == 1
    assert AuditEntry.objects.get().note == ""
