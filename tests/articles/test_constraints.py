"""The database refuses what must not be, whatever the code above it does."""

import datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Article, Author, ImageSection, OldPath, Page, QuoteSection, Reference, Revision, Tag
from causes.models import Cause, CauseGroup, CauseSymptom, Claim, Medication, Symptom
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 15)


def article_fields(**fields):
    return {"kind": "articles.article", "slug": "a", "title": "A", "standfirst": "S"} | fields


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
    return True


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "Ümlaut"},
        {"slug": "Upper"},
        {"slug": "two--hyphens"},
        {"slug": ""},
        {"title": ""},
        {"reviewed_on": TODAY},
    ],
)
def test_page_that_is_not_whole_is_refused(fields):
    assert refused(lambda: Article.objects.create(**article_fields(**fields)))


def test_page_due_before_its_review_is_refused():
    review = {"reviewed_by": factories.author(), "reviewed_on": TODAY, "review_due_on": TODAY}
    assert refused(lambda: Article.objects.create(**article_fields(**review)))


def test_two_pages_of_a_kind_cannot_share_a_slug_but_two_kinds_can():
    factories.article(slug="same")
    factories.cause(slug="same")
    assert refused(lambda: Article.objects.create(**article_fields(slug="same")))


def test_page_that_was_live_cannot_be_deleted():
    page = factories.article()
    with pytest.raises(ProtectedError):
        page.delete()


def test_reference_needs_a_plausible_identity():
    factories.reference(doi="10.1000/abc")
    for fields in ({"doi": "10.1000/abc"}, {"doi": "https://doi.org/10.1000/x"}, {"doi": "10.1000/ABC"}):
        assert refused(lambda fields=fields: factories.reference(**fields))
    for fields in ({"pmid": "PMC1"}, {"kind": "rumour"}, {"status": "maybe"}, {"year": 3000}, {"key": "Ab"}):
        assert refused(lambda fields=fields: factories.reference(**fields))
    assert Reference.objects.count() == 1


def test_pictures_need_a_description():
    assert refused(lambda: Author.objects.create(slug="a", name="A", photo="a.png"))
    page = factories.article(live=False)
    assert refused(lambda: ImageSection.objects.bulk_create([ImageSection(parent=page, alt="")]))


@pytest.fixture
def revision():
    if connection.vendor == "sqlite":  # where the tests of a live server have to do without this trigger
        migration = import_module("articles.migrations.0011_publications_are_records")
        with connection.cursor() as cursor:
            cursor.execute(migration.CREATE["sqlite"][0])
    return publishing.publish(factories.article(live=False), by=factories.user())


def test_publication_is_refused_any_change_by_the_models(revision):
    for deed in (revision.delete, Revision.objects.all().delete, lambda: Revision.objects.update(note="x")):
        with CaptureQueriesContext(connection) as queries, pytest.raises(ProtectedError):
            deed()
        assert len(queries) == 0


@pytest.mark.parametrize("name", [field.name for field in Revision._meta.concrete_fields if field.name != "by"])
def test_publication_is_refused_any_change_by_the_database(revision, name):
    assert refused(lambda: Revision._base_manager.update(**{name: F(name)}))


def test_publication_is_not_deleted_by_the_database(revision):
    Page.objects.update(live_revision=None)
    assert refused(lambda: Revision._base_manager.all()._raw_delete("default"))


def test_publication_forgets_who_published_it_and_names_nobody_else(revision):
    other = factories.user()
    assert refused(lambda: Revision._base_manager.update(by=other))
    revision.by.delete()
    assert Revision.objects.get().by is None
    assert refused(lambda: Revision._base_manager.update(by=other))


def test_quote_needs_a_speaker():
    page = factories.article(live=False)
    assert refused(lambda: QuoteSection.objects.create(parent=page, quote="<p>x</p>"))


def test_old_path_is_absolute_and_unique():
    page = factories.article()
    OldPath.objects.create(path="/a/", page=page)
    assert refused(lambda: OldPath.objects.create(path="/a/", page=page))
    assert refused(lambda: OldPath.objects.create(path="a/", page=page))


def test_values_outside_their_choices_are_refused():
    cause, symptom = factories.cause(), factories.symptom()
    assert refused(lambda: Cause.objects.filter(pk=cause.pk).update(evidence="proven"))
    assert refused(lambda: Cause.objects.filter(pk=cause.pk).update(relation="enemy"))
    assert refused(lambda: Symptom.objects.filter(pk=symptom.pk).update(urgency="panic"))
    assert refused(lambda: CauseGroup.objects.update(nature="magic"))
    assert refused(lambda: Claim.objects.create(page=cause, statement="S", evidence="sure"))
    assert refused(lambda: factories.seen_with(cause, symptom, "always"))


def test_things_that_belong_together_once_do_so_once():
    cause, symptom, medicines = factories.cause(), factories.symptom(), factories.medication_class()
    factories.seen_with(cause, symptom)
    assert refused(lambda: CauseSymptom.objects.create(cause=cause, symptom=symptom, frequency="rare"))
    Medication.objects.create(medication_class=medicines, inn="a")
    assert refused(lambda: Medication.objects.create(medication_class=medicines, inn="a"))
    assert refused(lambda: Medication.objects.create(medication_class=medicines, inn=""))


def test_group_cannot_be_its_own_parent():
    group = factories.group()
    assert refused(lambda: CauseGroup.objects.filter(pk=group.pk).update(parent=group))


@pytest.mark.parametrize(
    ("name", "slug"), [("magnésium", "magnesium"), ("!!!", "tag"), ("筋肉", "tag"), ("A B", "a-b"), ("a_b", "a-b")]
)
def test_slug_of_a_tag_is_ascii_and_never_empty(name, slug):
    assert Tag.objects.create(name=name).slug == slug


def test_tags_that_differ_in_case_are_one():
    page = factories.article(live=False)
    page.tags.add("Sleep")
    page.tags.add("sleep")
    assert Tag.objects.count() == 1
