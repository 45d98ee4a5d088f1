"""The newsroom at work, for the pictures of the editors' handbook: two people, one article, everything it can show."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Browser, Page

from articles import conflicts, drafts, publishing, scheduling
from articles.freezing import Frozen, digest
from articles.models import Article, Author, Draft

SCREEN = {"width": 1440, "height": 900}
PASSWORD = "only-for-the-pictures"


def pictures(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Name and subject of each picture, to be taken before the next is asked for."""
    article = Article.objects.get(slug="eyelid-that-will-not-stop-twitching")
    anna, ben = (get_user_model().objects.create_superuser(name, password=PASSWORD) for name in ("anna", "ben"))
    at_work(article, anna, ben)
    desk = browser.new_page(viewport=SCREEN, base_url=address, reduced_motion="reduce")  # type: ignore[arg-type]
    desk.goto("/admin/")
    desk.get_by_label("Username").fill("anna")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Log in").click()
    form = f"/admin/articles/article/{article.pk}"
    for name, view in (("history", "history"), ("compare", "compare"), ("sign-off", "sign-off")):
        desk.goto(f"{form}/{view}/")
        yield f"newsroom-{name}", desk
    desk.goto(f"{form}/set-aside/{article.set_aside.get().pk}/")
    yield "newsroom-conflict", desk
    desk.goto(f"{form}/change/")
    desk.locator("[contenteditable=true]").first.wait_for()
    yield "newsroom-form", desk
    desk.locator(".order-machine-wrapper").scroll_into_view_if_needed()
    yield "newsroom-sections", desk
    desk.get_by_role("button", name="Preview", exact=True).click()
    desk.frame_locator("iframe[name=preview]").get_by_text("Readers do not see this.").wait_for()
    yield "newsroom-preview", desk
    desk.close()


def at_work(article: Article, anna: Any, ben: Any) -> None:
    """Anna has published once, scheduled a change and gone on; Ben's text of the same page has been set aside."""
    Author.objects.create(slug="a-reviewer", name="A reviewer", role="Reviews pages", account=anna)
    _change(article, anna, standfirst="A twitching eyelid is common and harmless. Here is what sets it off.")
    publishing.publish(article, by=anna, note="Says first that it is harmless", is_substantial=True)
    began_with = drafts.state_of(article)
    _change(article, anna, title="An eyelid that keeps twitching")
    scheduling.schedule(article, at=timezone.now() + timedelta(days=9), by=anna, note="A plainer title")
    text, other = _first_text(drafts.state_of(article)), _first_text(began_with)
    text["body"] = text["body"].replace("</p>", " It often comes and goes for a few days.</p>", 1)
    other["body"] = other["body"].replace("</p>", " It can come and go for some days.</p>", 1)
    _change(article, anna, text)
    mine = _with_text({**began_with, "fields": {**began_with["fields"], "position": 4}}, other)
    conflicts.set_aside(article, mine, by=anna, began_with=digest(began_with))
    Draft.objects.filter(page=article).update(by=ben)


def _change(article: Article, by: Any, text: Frozen | None = None, **fields: str) -> None:
    data = drafts.state_of(article)
    data = {**data, "fields": {**data["fields"], **fields}}
    drafts.save_draft(article, _with_text(data, text) if text else data, by=by)


def _first_text(data: Frozen) -> Frozen:
    return dict(data["parts"]["articles.textsection"][0])


def _with_text(data: Frozen, text: Frozen) -> Frozen:
    texts = [text, *data["parts"]["articles.textsection"][1:]]
    return {**data, "parts": {**data["parts"], "articles.textsection": texts}}
