"""Every source says where readers see it cited."""

import importlib

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db.models import ProtectedError

from articles import drafts, publishing
from articles.freezing import freeze
from articles.models import Citation, QuoteSection
from tests import factories

pytestmark = pytest.mark.django_db


def cited_in(client, key):
    soup = BeautifulSoup(client.get("/sources/").content, "html.parser")
    return [link.get_text() for link in soup.select(f"#{key} .register__cited a")]


def test_source_names_the_pages_that_cite_it_in_text_claim_or_quote(client):
    source = factories.reference("one-2001")
    factories.article(title="In the text", text='<p>So <a href="#source-one-2001">source</a></p>')
    claiming = factories.cause(live=False, title="In a claim")
    factories.claim(claiming, source)
    factories.publish(claiming)
    quoting = factories.article(live=False, title="In a quote")
    QuoteSection.objects.create(parent=quoting, quote="<p>x</p>", attribution="A", source=source, ordering=20)
    factories.publish(quoting)
    factories.term(term="In the glossary", definition='<p>So <a href="#source-one-2001">source</a></p>')
    assert cited_in(client, "one-2001") == ["In a claim", "In a quote", "In the text", "In the glossary"]


def test_source_that_nothing_cites_is_listed_all_the_same(client):
    factories.reference("one-2001", note="The year is still to be checked.")
    text = client.get("/sources/").content.decode()
    assert "Title of one-2001" in text
    assert "The year is still to be checked." in text


def test_draft_cites_nothing_until_it_is_published(client):
    factories.reference("one-2001")
    page = factories.article()
    data = freeze(page)
    data["parts"]["articles.textsection"][0]["body"] = '<p>So <a href="#source-one-2001">source</a></p>'
    drafts.save_draft(page, data, by=None)
    assert cited_in(client, "one-2001") == []
    publishing.publish(page, by=None)
    assert cited_in(client, "one-2001") == [page.title]
    publishing.unpublish(page, by=None)
    assert cited_in(client, "one-2001") == []


def test_citation_that_is_edited_away_is_forgotten(client):
    factories.reference("one-2001")
    page = factories.article(text='<p>So <a href="#source-one-2001">source</a></p>')
    data = freeze(page)
    data["parts"]["articles.textsection"][0]["body"] = "<p>So</p>"
    drafts.save_draft(page, data, by=None)
    publishing.publish(page, by=None)
    assert cited_in(client, "one-2001") == []


def test_database_keeps_a_source_that_a_live_page_cites():
    source = factories.reference("one-2001")
    factories.article(text='<p>So <a href="#source-one-2001">source</a></p>')
    with pytest.raises(ProtectedError):
        source.delete()


def test_migration_notes_what_live_pages_cite_already():
    source = factories.reference("one-2001")
    factories.reference("two-2002")
    page = factories.article(text='<p>So <a href="#source-one-2001">source</a></p>')
    claiming = factories.cause(live=False)
    factories.claim(claiming, source)
    factories.publish(claiming)
    Citation.objects.all().delete()
    importlib.import_module("articles.migrations.0003_note_citations").note_citations(apps, None)
    noted = set(Citation.objects.values_list("page", "reference"))
    assert noted == {(page.pk, "one-2001"), (claiming.pk, "one-2001")}
