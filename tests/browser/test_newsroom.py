"""The newsroom in a real browser: preview, schedule, compare, restore, conflicts, and who is refused."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from articles import drafts, publishing
from articles.models import Article, Draft
from fasciculations import roles
from tests import factories
from tests.browser.test_editing import NEW, OLD, open_form, publish, save, write
from tests.browser.test_every_page import axe_complaints
from tests.newsroom_pictures import at_work

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


def sign_in(page, name):
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("/admin/")
    return page


@pytest.fixture
def wide_desk(open_page, chief):
    return sign_in(open_page(viewport=WIDE), "chief")


@pytest.fixture
def main_article(shipped):
    return Article.objects.get(slug="muscle-twitching")


def first_text(page):
    return page.locator("#articles_textsection_set-0")


def test_main_article_is_edited_previewed_published_compared_and_restored(main_article, wide_desk, open_page):
    desk, reader = wide_desk, open_page(main_article.path)
    open_form(desk, main_article)
    write(first_text(desk), NEW)
    desk.get_by_role("button", name="Preview", exact=True).click()
    preview = desk.frame_locator("iframe[name=preview]")
    expect(preview.get_by_text(NEW)).to_be_visible()
    expect(preview.get_by_text("Readers do not see this.")).to_be_visible()
    assert not Draft.objects.exists()

    desk.get_by_label("What changed").fill("Plainer first words")
    desk.get_by_label("Tell readers").check()
    publish(desk)
    reader.reload()
    expect(reader.get_by_text(NEW)).to_be_visible()
    expect(reader.get_by_role("region", name="About this page")).to_contain_text("Plainer first words")

    desk.get_by_role("link", name="History", exact=True).click()
    desk.get_by_role("button", name="Compare").click()
    change = desk.locator(".change")
    expect(change).to_have_count(1)
    expect(change.locator("ins").first).to_contain_text("Words")
    expect(change.locator("del").first).to_be_visible()

    desk.go_back()
    desk.get_by_role("row", name="Publication 1").get_by_role("button", name="Restore").click()
    expect(desk.locator(".messagelist")).to_contain_text("Publication 1 is now the draft.")
    expect(first_text(desk).locator("[contenteditable=true]")).to_contain_text(OLD)
    publish(desk)
    reader.reload()
    expect(reader.get_by_text(OLD)).to_be_visible()


def test_main_article_is_scheduled_and_seen_from_that_moment_on(main_article, desk, open_page, monkeypatch):
    reader = open_page(main_article.path)
    open_form(desk, main_article)
    write(first_text(desk), NEW)
    at = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    desk.get_by_label("or at (UTC)").fill(at.strftime("%Y-%m-%dT%H:%M"))
    desk.get_by_role("button", name="Schedule", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("will be published on")
    expect(desk.locator(".newsroom-bar .page-state")).to_contain_text(
        f"Scheduled for {at:%-d %B %Y, %H:%M} UTC by chief"
    )

    reader.reload()
    expect(reader.get_by_text(NEW)).to_have_count(0)
    monkeypatch.setattr(timezone, "now", lambda: at)
    reader.reload()
    expect(reader.get_by_text(NEW)).to_be_visible()


def test_unscheduling_is_one_click(desk):
    page = factories.article()
    open_form(desk, page)
    desk.get_by_label("or at (UTC)").fill("2999-01-01T10:00")
    desk.get_by_role("button", name="Schedule", exact=True).click()
    desk.get_by_role("button", name="Unschedule").click()
    expect(desk.locator(".messagelist")).to_contain_text("will not be published by itself")
    expect(desk.locator(".newsroom-bar .page-state")).not_to_contain_text("Scheduled")


def test_preview_follows_what_is_typed_and_stays_where_it_was(wide_desk):
    page = factories.article(text="".join(f"<p>Paragraph {n}.</p>" for n in range(60)))
    open_form(wide_desk, page)
    steps = wide_desk.evaluate("history.length")
    wide_desk.get_by_role("button", name="Preview", exact=True).click()
    preview = wide_desk.frame_locator("iframe[name=preview]")
    preview.get_by_text("Paragraph 59.").scroll_into_view_if_needed()
    wide_desk.get_by_label("Title:", exact=True).fill("A title typed just now")
    expect(preview.get_by_role("heading", level=1)).to_have_text("A title typed just now")
    expect(preview.get_by_text("Paragraph 59.")).to_be_in_viewport()
    assert wide_desk.evaluate("history.length") == steps
    wide_desk.get_by_role("button", name="Close preview").click()
    expect(wide_desk.locator(".preview-panel")).to_be_hidden()
    expect(wide_desk.get_by_role("button", name="Preview", exact=True)).to_be_focused()


def test_preview_says_what_is_missing(wide_desk):
    open_form(wide_desk, factories.article())
    wide_desk.get_by_label("Title:", exact=True).fill("")
    wide_desk.get_by_role("button", name="Preview", exact=True).click()
    preview = wide_desk.frame_locator("iframe[name=preview]")
    expect(preview.get_by_role("heading", name="It cannot be previewed yet")).to_be_visible()


@pytest.mark.parametrize("options", [{"viewport": NARROW}, {"viewport": WIDE, "java_script_enabled": False}])
def test_preview_opens_in_a_tab_on_a_phone_and_without_scripts(open_page, chief, options):
    desk = sign_in(open_page(**options), "chief")
    page = factories.cause(title="Caffeine")
    open_form(desk, page)
    desk.get_by_label("Title:", exact=True).fill("Coffee")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Preview", exact=True).click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Coffee")


def test_link_to_the_preview_works_without_a_login(desk, open_page, live_server):
    page = factories.article()
    open_form(desk, page)
    desk.get_by_label("Title:", exact=True).fill("Draft title")
    save(desk)
    link = desk.get_by_label("Link to the preview").input_value()
    stranger = open_page("/preview/" + link.split("/preview/")[1])
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Draft title")


def test_two_browsers_in_conflict_lose_no_text(desk, open_page):
    get_user_model().objects.create_superuser("anna", password="secret")
    page = factories.article(title="Title")
    anna = sign_in(open_page(), "anna")
    open_form(desk, page)
    open_form(anna, page)
    write(first_text(anna), "What Anna wrote.")
    save(anna)

    write(first_text(desk), "What the chief wrote.")
    desk.get_by_label("Title:", exact=True).fill("The chief's title")
    desk.get_by_role("button", name="Save draft").click()
    place = desk.get_by_role("group", name="Text: First heading")
    expect(place).to_contain_text("What Anna wrote.")
    expect(place).to_contain_text("What the chief wrote.")
    expect(desk.get_by_role("group", name="Page: Title").get_by_label("As you wrote it")).to_be_checked()
    place.get_by_label("As you wrote it").check()
    desk.get_by_role("button", name="Save what is chosen").click()
    expect(desk.locator(".messagelist")).to_contain_text("Settled")
    expect(first_text(desk).locator("[contenteditable=true]")).to_contain_text("What the chief wrote.")
    expect(desk.get_by_label("Title:", exact=True)).to_have_value("The chief's title")


def test_enter_in_a_field_saves_the_draft_and_presses_no_button_of_a_section(desk):
    page = factories.article()
    open_form(desk, page)
    desk.get_by_label("Title:", exact=True).fill("Typed")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("saved. Readers still see the published text.")
    assert len(drafts.state_of(page)["parts"]["articles.textsection"]) == 1


@pytest.fixture
def writer(transactional_db, open_page):
    factories.member(roles.WRITER, "will")
    return sign_in(open_page(), "will")


def test_writer_is_refused_what_is_not_theirs_by_button_and_by_url(writer, complaints):
    will = get_user_model().objects.get(username="will")
    own, other = factories.article(title="Own"), factories.article(title="Other")
    publishing.hand_over(own, will, by=None)
    open_form(writer, own)
    expect(writer.get_by_role("button", name="Save draft")).to_be_visible()
    for name in ("Publish", "Schedule"):
        expect(writer.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(writer.get_by_role("link", name="Unpublish")).to_have_count(0)

    open_form(writer, other)
    expect(writer.get_by_role("button", name="Save draft")).to_have_count(0)
    expect(writer.frame_locator(".reading-frame").get_by_role("heading", level=1)).to_have_text("Other")
    for page, view in ((own, "unpublish"), (own, "hand-over"), (own, "sign-off"), (other, "discard-draft")):
        with writer.expect_console_message(lambda message: "403" in message.text):
            answer = writer.goto(f"/admin/articles/article/{page.pk}/{view}/")
        assert answer.status == 403, view
    complaints.clear()


def test_console_stays_silent_on_every_page_of_the_newsroom(wide_desk):
    page = factories.article()
    open_form(wide_desk, page)
    wide_desk.get_by_label("Title:", exact=True).fill("Draft title")
    save(wide_desk)
    pages = ["history", "compare", "preview", "history/1", "sign-off", "hand-over", "unpublish", "discard-draft"]
    for view in [*pages, "unschedule", "copy-sections", "history/1/restore"]:
        wide_desk.goto(f"/admin/articles/article/{page.pk}/{view}/")
        expect(wide_desk.locator("h1").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_our_own_pages(shipped, open_page, chief, scheme):
    anna = get_user_model().objects.create_superuser("anna", password="secret")
    article = Article.objects.get(slug="eyelid-that-will-not-stop-twitching")
    at_work(article, anna, chief)
    desk = sign_in(open_page(viewport=WIDE, color_scheme=scheme, bypass_csp=True), "anna")
    found = []
    for view in (
        "history",
        "compare",
        "sign-off",
        "hand-over",
        "copy-sections",
        f"set-aside/{article.set_aside.get().pk}",
    ):
        desk.goto(f"/admin/articles/article/{article.pk}/{view}/")
        found += axe_complaints(desk, view)
    assert found == []


def test_console_stays_silent_on_every_list_and_every_empty_form(desk):
    forms = 0
    for model in admin.site._registry:
        desk.goto(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        expect(desk.locator("#content")).to_be_visible()
        if (add := desk.locator(".object-tools .addlink")).count():
            add.click()
            expect(desk.locator("#content form")).to_be_visible()
            forms += 1
    assert forms > 10
