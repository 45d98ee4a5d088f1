import contextlib
import itertools
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.html import escape

from articles import drafts, publishing
from articles.freezing import canonical, freeze
from articles.models import AuditEntry, Citation, Draft, ImageSection, OldPath, Revision, Tag, TextSection
from articles.pinning import is_pinned
from tests import factories

pytestmark = pytest.mark.django_db


def shown(client, page):
    response = client.get(page.path)
    return response.content.decode() if response.status_code == 200 else None


def changed(page, body):
    """The frozen state of `page` with its first text replaced."""
    data = freeze(page)
    data["parts"]["articles.textsection"][0]["body"] = body
    return data


def test_page_is_hidden_until_it_is_published(client):
    page = factories.article(live=False)
    assert shown(client, page) is None
    factories.publish(page)
    assert "First words." in shown(client, page)


def test_saved_draft_is_not_shown_and_published_draft_is(client, chief):
    page = factories.article()
    before = shown(client, page)
    drafts.save_draft(page, changed(page, "<p>Second words.</p>"), by=chief)
    assert shown(client, page) == before
    publishing.publish(page, by=chief)
    assert "Second words." in shown(client, page)
    assert not Draft.objects.exists()


def test_draft_is_whose_save_came_last_and_goes_when_nothing_differs(chief):
    page = factories.article()
    drafts.save_draft(page, changed(page, "<p>2</p>"), by=None)
    draft = drafts.save_draft(page, changed(page, "<p>3</p>"), by=chief)
    assert (draft.by, draft.is_shared) == (chief, True)
    assert drafts.save_draft(page, freeze(page), by=chief) is None
    assert not Draft.objects.exists()


def test_draft_of_another_page_is_refused():
    one, other = factories.article(), factories.article()
    with pytest.raises(ValueError, match=str(other.pk)):
        drafts.save_draft(one, freeze(other), by=None)


def test_drafting_shows_rows_as_the_draft_has_them_and_puts_them_back():
    page = factories.article()
    drafts.save_draft(page, changed(page, "<p>Second words.</p>"), by=None)
    live = freeze(page)
    with drafts.drafting(page):
        assert TextSection.objects.get().body == "<p>Second words.</p>"
        TextSection.objects.update(body="lost")
    assert freeze(page) == live


def test_drafting_puts_rows_back_after_an_error():
    page = factories.article()
    live = freeze(page)
    with contextlib.suppress(ZeroDivisionError), drafts.drafting(page):
        TextSection.objects.all().delete()
        assert 1 / 0
    assert freeze(page) == live


def test_publishing_what_is_live_is_no_publication():
    page = factories.article()
    assert publishing.publish(page, by=None) == page.live_revision
    assert Revision.objects.count() == 1


def test_publications_are_numbered_and_keep_who_and_why(chief):
    page = factories.article()
    drafts.save_draft(page, changed(page, "<p>2</p>"), by=chief)
    revision = publishing.publish(page, by=chief, note="Corrected the figure")
    assert (revision.number, revision.by, revision.note) == (2, chief, "Corrected the figure")


def test_publication_cannot_be_changed():
    revision = factories.article().live_revision
    revision.note = "x"
    with pytest.raises(ValidationError):
        revision.save()


def test_unpublished_page_is_hidden_and_keeps_its_draft_in_its_rows(client):
    page = factories.article()
    drafts.save_draft(page, changed(page, "<p>Second words.</p>"), by=None)
    publishing.unpublish(page, by=None)
    assert shown(client, page) is None
    assert TextSection.objects.get().body == "<p>Second words.</p>"
    assert not Draft.objects.exists()


def test_restored_publication_is_a_draft_until_it_is_published(client):
    page = factories.article()
    drafts.save_draft(page, changed(page, "<p>Second words.</p>"), by=None)
    publishing.publish(page, by=None)
    first = Revision.objects.get(number=1)
    drafts.restore(first, by=None)
    assert "Second words." in shown(client, page)
    revision = publishing.publish(page, by=None)
    assert "First words." in shown(client, page)
    assert canonical(revision.data) == canonical(first.data)


def test_tag_that_only_a_draft_has_survives(chief):
    page = factories.article()
    data = freeze(page)
    data["fields"]["tags"] = ["never seen before"]
    drafts.save_draft(page, data, by=chief)
    publishing.publish(page, by=chief)
    assert list(page.tags.names()) == ["never seen before"]


def test_values_under_a_unique_constraint_can_swap():
    cause = factories.cause()
    rows = [factories.seen_with(cause, factories.symptom(), position=n) for n in (1, 2)]
    data = freeze(cause)
    first, second = data["parts"]["causes.causesymptom"]
    first["symptom"], second["symptom"] = second["symptom"], first["symptom"]
    drafts.save_draft(cause, data, by=None)
    publishing.publish(cause, by=None)
    rows[0].refresh_from_db()
    assert str(rows[0].symptom_id) == first["symptom"]


# --- what may not be published --------------------------------------------------------------------------------------


def refusal(page, data):
    before = freeze(page)
    drafts.save_draft(page, data, by=None)
    with pytest.raises(ValidationError) as caught:
        publishing.publish(page, by=None)
    assert freeze(page) == before
    assert Draft.objects.filter(page=page.pk).exists()
    return "\n".join(caught.value.messages)


def test_draft_with_an_empty_title_is_refused():
    page = factories.article()
    data = freeze(page)
    data["fields"]["title"] = ""
    assert refusal(page, data) == "title: This field cannot be blank."


def test_draft_with_the_slug_of_another_page_is_refused():
    page, other = factories.article(), factories.article(slug="taken")
    data = freeze(page)
    data["fields"]["slug"] = other.slug
    assert refusal(page, data) == "Another page of this kind has this slug."


def test_draft_that_cites_an_unknown_source_is_refused():
    page = factories.article()
    data = changed(page, '<p>x <a href="#source-nobody-1900">source</a></p>')
    assert refusal(page, data) == "The text cites a source that does not exist: nobody-1900"


def test_citation_in_the_wrong_case_is_refused():
    factories.reference("reed-1963")
    page = factories.article()
    assert "Reed-1963" in refusal(page, changed(page, '<p>x <a href="#source-Reed-1963">source</a></p>'))


def test_part_that_comes_twice_is_refused():
    cause, symptom = factories.cause(), factories.symptom(title="Cramps")
    factories.seen_with(cause, symptom)
    data = freeze(cause)
    [row] = data["parts"]["causes.causesymptom"]
    data["parts"]["causes.causesymptom"].append(row | {"id": str(uuid.uuid4())})
    drafts.save_draft(cause, data, by=None)
    with pytest.raises(ValidationError, match="comes twice"):
        publishing.publish(cause, by=None)


def test_draft_with_a_mistranslation_is_refused():
    page = factories.article()
    assert "use ALS" in refusal(page, changed(page, "<p>Also called ELA.</p>"))


def test_claim_without_a_source_is_refused():
    cause = factories.cause()
    factories.claim(cause).references.clear()
    with pytest.raises(ValidationError) as caught:
        publishing.publish(cause, by=None)
    assert caught.value.messages == ["Claim 1: references: Every claim needs a source before it is published."]


# --- old addresses --------------------------------------------------------------------------------------------------


def renamed(page, slug):
    data = freeze(page)
    data["fields"]["slug"] = slug
    drafts.save_draft(page, data, by=None)
    publishing.publish(page, by=None)


def test_old_address_leads_to_the_new_one(client):
    page = factories.article(slug="old")
    renamed(page, "new")
    response = client.get("/articles/old/")
    assert (response.status_code, response["Location"]) == (301, "/articles/new/")


def test_redirects_neither_chain_nor_loop(client):
    page = factories.article(slug="a")
    renamed(page, "b")
    renamed(page, "c")
    assert client.get("/articles/a/")["Location"] == "/articles/c/"
    assert client.get("/articles/b/")["Location"] == "/articles/c/"
    renamed(page, "a")
    assert client.get("/articles/a/").status_code == 200
    assert client.get("/articles/c/")["Location"] == "/articles/a/"


def test_draft_slug_redirects_nothing_yet(client):
    page = factories.article(slug="old")
    data = freeze(page)
    data["fields"]["slug"] = "new"
    drafts.save_draft(page, data, by=None)
    assert client.get("/articles/old/").status_code == 200
    assert client.get("/articles/new/").status_code == 404
    assert not OldPath.objects.exists()


def test_address_changed_while_the_page_was_hidden_leads_on(client):
    page = factories.article(slug="old")
    publishing.unpublish(page, by=None)
    page.refresh_from_db()
    page.slug = "new"
    page.save()
    assert client.get("/articles/old/").status_code == 404
    publishing.publish(page, by=None)
    assert client.get("/articles/old/")["Location"] == "/articles/new/"


def test_new_page_takes_over_an_old_address(client):
    renamed(factories.article(slug="old"), "new")
    factories.article(slug="old", title="Newcomer")
    assert "Newcomer" in client.get("/articles/old/").content.decode()


def test_draft_whose_slug_was_taken_can_still_be_opened_and_the_page_hidden():
    page = factories.article(slug="mine")
    data = freeze(page)
    data["fields"]["slug"] = "wanted"
    drafts.save_draft(page, data, by=None)
    factories.article(slug="wanted")
    with drafts.drafting(page):
        assert freeze(page)["fields"]["slug"] == "mine"
    publishing.unpublish(page, by=None)
    page.refresh_from_db()
    assert (page.slug, page.is_live) == ("mine", False)


# --- deleting what states name --------------------------------------------------------------------------------------


def test_what_only_a_draft_names_is_pinned():
    page, source = factories.article(), factories.reference("reed-1963")
    assert not is_pinned(source)
    drafts.save_draft(page, changed(page, '<p>x <a href="#source-reed-1963">s</a></p>'), by=None)
    assert is_pinned(source)
    assert not is_pinned(factories.reference("reed-196"))


def test_what_a_hidden_page_cites_is_pinned():
    source = factories.reference("reed-1963")
    factories.article(live=False, text='<p>x <a href="#source-reed-1963">s</a></p>')
    assert is_pinned(source)


def test_state_from_before_a_field_was_added_equals_the_same_state_now():
    page = factories.article(live=False)
    old = freeze(page)
    del old["fields"]["review_due_on"]
    del old["parts"]["articles.imagesection"]
    factories.publish_as_it_is(page, old)
    assert drafts.save_draft(page, freeze(page), by=None) is None
    revision = publishing.publish(page, by=None)
    assert revision.data == old
    drafts.restore(revision, by=None)
    assert not Draft.objects.exists()


def test_what_only_an_old_publication_names_is_pinned():
    page, other = factories.article(), factories.author()
    data = freeze(page)
    first = data["parts"]["articles.articleauthor"][0]["author"]
    data["parts"]["articles.articleauthor"][0]["author"] = str(other.pk)
    drafts.save_draft(page, data, by=None)
    publishing.publish(page, by=None)
    former = type(other).objects.get(pk=first)
    assert is_pinned(former)
    assert not is_pinned(factories.author())


def test_page_is_shown_without_a_picture_whose_file_is_lost(client, png):
    page = factories.article(live=False)
    section = ImageSection.objects.create(parent=page, image=png, alt="A calf", ordering=20)
    factories.publish(page)
    section.image.delete(save=False)
    html = shown(client, page)
    assert 'alt="A calf"' in html
    assert 'width="2" height="1"' in html


def test_text_is_escaped_where_it_is_no_rich_text(client):
    title = "<b>Bold</b> & co"
    assert escape(title) in shown(client, factories.article(title=title))


# --- whole or not at all --------------------------------------------------------------------------------------------


class PowerCutError(Exception):
    pass


def interrupted(call, number):
    """Run `call` until its statement with this number, counted from 0; whether it came that far."""
    count = itertools.count()

    def cut(execute, sql, *rest):
        if "SAVEPOINT" not in sql and next(count) == number:
            raise PowerCutError
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        try:
            call()
        except PowerCutError:
            return True
    return False


def test_publication_interrupted_at_any_statement_leaves_the_old_page_live_and_whole(client):
    factories.reference("reed-1963")
    page = factories.article(slug="old", tags=["sleep"])
    data = changed(page, '<p>Second words. <a href="#source-reed-1963">source</a></p>')
    data["fields"] |= {"slug": "new", "tags": ["stress"]}
    drafts.save_draft(page, data, by=None)
    tables = (Draft, Revision, OldPath, Citation, Tag, AuditEntry)
    before = shown(client, page), freeze(page), [model.objects.count() for model in tables]

    def publish():
        publishing.publish(page, by=None, note="Slip", is_substantial=True)

    number = 0
    while interrupted(publish, number):
        assert (shown(client, page), freeze(page), [model.objects.count() for model in tables]) == before
        number += 1
    assert number > 30
    assert client.get("/articles/old/")["Location"] == "/articles/new/"
    assert "Second words." in client.get("/articles/new/").content.decode()
