"""Every admin: it opens, it searches, and it asks the database no more for many rows than for few."""

import pytest
from django.contrib import admin

from articles import drafts
from articles.admin import ReadOnlyAdmin
from articles.freezing import freeze
from articles.models import HelpCardSection, Page, TextSection
from causes.models import CauseListSection, ClaimListSection, Medication, SymptomTable
from tests import factories

pytestmark = pytest.mark.django_db

OURS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in {"articles", "causes"}),
    key=lambda model: model._meta.label,
)


def fill(count):
    for _ in range(count):
        source, cause = factories.reference(), factories.cause()
        factories.claim(cause, source)
        factories.claim(cause, source)
        factories.seen_with(cause, factories.symptom())
        factories.nutrient(deficiency=cause)
        factories.publish(cause)
        medicines = factories.medication_class()
        Medication.objects.create(medication_class=medicines, inn="a")
        page = factories.article(tags=["sleep"])
        data = freeze(page)
        data["fields"]["title"] += ", drafted"
        drafts.save_draft(page, data, by=None)


def url(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_list_searches_in_a_fixed_number_of_queries(editor, model, counting):
    fill(2)
    few = counting(lambda: editor.client.get(url(model), {"q": "e"}))
    fill(4)
    many = counting(lambda: editor.client.get(url(model), {"q": "e"}))
    assert many == few


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_related_rows_are_looked_up_and_not_listed(model):
    model_admin = admin.site._registry[model]
    assert model_admin.search_fields
    relations = {
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.remote_field and field.editable and not getattr(field.remote_field, "parent_link", False)
    }
    plain = {"tags", "authors", "symptoms"} | ({"causes"} if model is SymptomTable else set())
    if not isinstance(model_admin, ReadOnlyAdmin):
        read_only = {"reviewed_by"} if issubclass(model, Page) else set()
        assert relations - plain - read_only <= set(model_admin.autocomplete_fields)


def sections(page, count):
    for ordering in range(count):
        TextSection.objects.create(parent=page, heading=f"Heading {ordering}", body="<p>Words.</p>", ordering=ordering)
    cause = factories.cause()
    for ordering in range(count // 4):
        ClaimListSection.objects.create(parent=page, page=cause, ordering=100 + ordering)
        CauseListSection.objects.create(parent=page, group=cause.group, ordering=200 + ordering)
        HelpCardSection.objects.create(parent=page, urgency="urgent", heading="If", ordering=300 + ordering)
        factories.claim(page, factories.reference(), factories.reference())


def opened_and_saved(editor, page, counting):
    form = editor.form(page)
    opening = counting(lambda: editor.client.get(editor.url(page)))
    saving = counting(lambda: editor.client.post(editor.url(page), form | {"title": "Changed", "_continue": "1"}))
    return opening, saving


@pytest.mark.parametrize("live", [True, False])
def test_article_form_asks_the_same_for_8_sections_and_for_40(editor, counting, live):
    counted = []
    for count in (4, 23):
        page = factories.article(live=False)
        sections(page, count)
        if live:
            factories.publish(page)
        counted.append(opened_and_saved(editor, page, counting))
    assert counted[0] == counted[1]
    assert max(counted[1]) < 100


@pytest.mark.parametrize("has_draft", [True, False])
def test_moving_every_section_stays_under_100_queries(editor, counting, has_draft):
    page = factories.article(live=False)
    sections(page, 23)
    factories.publish(page)
    if has_draft:
        editor.save(page, title="Draft")
    form = editor.form(page)
    moved = {name: str(int(value) + 10) for name, value in form.items() if name.endswith("-ordering")}
    assert len(moved) > 35
    saving = counting(lambda: editor.client.post(editor.url(page), form | moved | {"_continue": "1"}))
    assert saving < 100


def test_article_form_with_a_draft_stays_under_100_queries(editor, counting):
    page = factories.article(live=False)
    sections(page, 23)
    factories.publish(page)
    editor.save(page, title="Draft", **{"articles_textsection_set__3__body": "<p>Changed.</p>"})
    assert max(opened_and_saved(editor, page, counting)) < 100
