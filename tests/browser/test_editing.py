"""Editors at the admin's forms, with readers looking on from outside."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from causes.models import GlossaryTerm
from tests import factories

OLD, NEW = "is a quick flicker under the skin", "Words that no reader has seen before."


def open_form(desk, row):
    desk.goto(f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/")


def write(place, text):
    """Replace the first paragraph of the rich text editor in `place`."""
    place.locator("[contenteditable=true] p").first.click(click_count=3)
    place.page.keyboard.type(text)


def save(desk):
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.locator(".messagelist")).to_contain_text("saved. Readers still see the published text.")


def publish(desk):
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("published. Readers see it now.")


@pytest.fixture
def edited(shipped, desk):
    """The main article, live, with a draft that the editor has just saved."""
    article = Article.objects.get(slug="muscle-twitching")
    open_form(desk, article)
    write(desk.locator("#articles_textsection_set-0"), NEW)
    save(desk)
    return article


def test_paragraph_changes_for_readers_once_published(edited, desk, open_page):
    reader = open_page(edited.path)
    expect(reader.get_by_text(OLD)).to_be_visible()
    expect(reader.get_by_text(NEW)).to_have_count(0)

    open_form(desk, edited)
    expect(desk.locator("#articles_textsection_set-0 [contenteditable=true]")).to_contain_text(NEW)
    publish(desk)

    reader.reload()
    expect(reader.get_by_text(NEW)).to_be_visible()
    expect(reader.get_by_text(OLD)).to_have_count(0)


def test_section_added_in_the_form_is_published(desk, open_page):
    article = factories.article()
    open_form(desk, article)
    desk.locator(".order-machine-insert-target.last").click()
    desk.locator(".plugin-buttons").get_by_text("Text", exact=True).click()
    section = desk.locator("#articles_textsection_set-1")
    section.get_by_label("Heading").fill("Second heading")
    write(section, NEW)
    publish(desk)

    reader = open_page(article.path)
    expect(reader.get_by_role("heading")).to_contain_text(["First heading", "Second heading"])
    expect(reader.get_by_text(NEW)).to_be_visible()


def test_rich_text_has_the_name_of_its_field(desk):
    cause = factories.cause()
    open_form(desk, cause)
    expect(desk.get_by_role("textbox", name="What happens", exact=True)).to_be_editable()
    expect(desk.get_by_role("button", name="bold").first).to_be_visible()


def test_cause_changed_in_the_form_is_published(desk, open_page):
    cause = factories.cause(what_happens=f"<p>It {OLD}.</p>")
    open_form(desk, cause)
    write(desk.locator(".field-what_happens"), NEW)
    publish(desk)

    reader = open_page(cause.path)
    expect(reader.get_by_text(NEW)).to_be_visible()
    expect(reader.get_by_text(OLD)).to_have_count(0)


def test_source_chosen_by_typing_is_listed_under_the_cause(desk, open_page):
    cause = factories.cause()
    factories.reference("desai-1997", title="Other title")
    factories.reference("reed-1963", title="Study of healthy people")
    open_form(desk, cause)
    desk.get_by_role("button", name="Add another Claim").click()
    claim = desk.locator("#claims-0")
    claim.get_by_label("Statement").fill("Most people twitch.")
    claim.get_by_label("Evidence").select_option("Good evidence")
    claim.locator(".field-references").get_by_role("searchbox").press_sequentially("reed")
    desk.get_by_role("option", name="reed-1963: Study of healthy people").click()
    save(desk)
    publish(desk)

    reader = open_page(cause.path)
    expect(reader.get_by_role("region", name="Sources").get_by_role("listitem")).to_contain_text(
        ["Study of healthy people"]
    )


def test_plain_page_written_in_the_form_is_published(desk, open_page):
    desk.goto("/admin/articles/plainpage/add/")
    desk.get_by_label("Title").fill("How we are paid")
    desk.get_by_label("Standfirst").fill("Nobody pays us.")
    desk.get_by_role("button", name="Add another Passage").click()
    passage = desk.locator("#passages-0")
    passage.get_by_label("Heading").fill("Money")
    write(passage, NEW)
    publish(desk)

    reader = open_page("/how-we-are-paid/")
    expect(reader.get_by_role("heading", name="Money")).to_be_visible()
    expect(reader.get_by_text(NEW)).to_be_visible()


def test_share_of_people_added_in_the_form_is_drawn(desk, open_page):
    article = factories.article()
    factories.reference("reed-1963", title="Study of healthy people")
    open_form(desk, article)
    desk.locator(".order-machine-insert-target.last").click()
    desk.locator(".plugin-buttons").get_by_text("Dots out of 100", exact=True).click()
    section = desk.locator("#causes_dotssection_set-0")
    section.get_by_label("Filled:", exact=True).fill("70")
    section.get_by_label("Filled label").fill("have had twitches")
    section.get_by_label("Rest label").fill("have not")
    section.get_by_label("Caption").fill("About 7 in 10.")
    section.locator(".select2-selection").click()
    desk.get_by_role("option", name="reed-1963: Study of healthy people").click()
    publish(desk)

    figure = open_page(article.path).locator("figure")
    expect(figure).to_contain_text("70 of 100 have had twitches")
    expect(figure.get_by_role("link", name="Source 1")).to_be_visible()


def test_console_stays_silent_in_lists_and_forms(desk):
    term = GlossaryTerm.objects.create(slug="tic", term="Tic", definition="<p>Quick and repeated.</p>")
    for row in (
        factories.article(),
        factories.cause(),
        factories.author(),
        factories.reference(),
        term,
        factories.plain_page(),
    ):
        desk.goto(f"/admin/{row._meta.app_label}/{row._meta.model_name}/")
        expect(desk.locator("#result_list")).to_be_visible()
        open_form(desk, row)
        if desk.locator("[data-django-prose-editor-configurable]").count():
            expect(desk.locator("[contenteditable=true]").first).to_be_visible()
