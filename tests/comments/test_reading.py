"""Threads below a page: two levels, the newest first, a page full at a time, as fast with many as with few."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db.models import F
from django.utils import timezone

from comments.models import Comment, Mode, Status, Thread
from comments.models.comments import PER_PAGE, REPLIES_SHOWN
from comments.threads import settle
from tests import factories

from .conftest import text_of


def many(page, count, **fields):
    """`count` comments, a minute apart, the last one now; nothing but the lists is made to fit."""
    now = timezone.now()
    made = Comment.objects.bulk_create(
        Comment(
            page_id=page.pk,
            name=f"Reader {n}",
            body=f"Comment number {n}.",
            status=Status.APPROVED,
            posted_at=now - timedelta(minutes=count - n),
            **fields,
        )
        for n in range(count)
    )
    if fields.get("parent"):
        settle(made[:1])
    else:
        Comment.objects.filter(page=page.pk, parent=None).update(listed_at=F("posted_at"))
        Thread.objects.get_or_create(page_id=page.pk)
        Thread.objects.changed([page.pk])
    return made


def bodies(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [element.get_text() for element in soup.select(".comment__text")]


@pytest.mark.parametrize("kind", [factories.article, factories.cause])
def test_comments_stand_below_a_line_as_unchecked_experiences(client, db, kind):
    page = kind()
    comment = factories.comment(page)
    text = text_of(client.get(page.path))
    assert (
        text.index("About this page") < text.index("No editor or clinician has checked it") < text.index(comment.body)
    )


def test_other_kinds_of_page_have_no_comments(client, db):
    for kind in (factories.symptom, factories.plain_page, factories.nutrient):
        page = kind()
        assert "experiences" not in client.get(page.path).content.decode()
        assert client.get(f"{page.path}comments/").status_code == 404


def test_only_approved_comments_are_shown_anywhere(client, page):
    for status in Status:
        factories.comment(page, body=f"This one is {status.label}.", status=status)
    shown = factories.comment(page)
    for path in (page.path, f"{page.path}comments/", f"{page.path}comments/feed/"):
        html = client.get(path).content.decode()
        assert "This one is Approved." in html
        for status in set(Status) - {Status.APPROVED}:
            assert f"This one is {status.label}." not in html
    hidden = Comment.objects.exclude(status=Status.APPROVED)
    assert {client.get(f"{page.path}comments/{comment.pk}/").status_code for comment in hidden} == {404}
    assert client.get(f"{page.path}comments/{shown.pk}/").status_code == 200


def test_preview_and_old_publications_show_no_comments(editor, page):
    comment = factories.comment(page)
    for view in ("preview", "history/1"):
        response = editor.client.get(editor.url(page).replace("change", view))
        assert response.status_code == 200
        assert comment.body not in response.content.decode()


def test_pages_of_threads_hold_every_comment_once_the_newest_first(client, page):
    count = 2 * PER_PAGE + 3
    many(page, count)
    seen, path = [], f"{page.path}comments/"
    while path:
        response = client.get(path)
        seen += bodies(response)
        older = BeautifulSoup(response.content, "html.parser").find("a", string="Older comments")
        path = f"{page.path}comments/{older['href'].split('/')[-1]}" if older else ""
    assert seen == [f"Comment number {n}." for n in reversed(range(count))]
    assert bodies(client.get(page.path)) == seen[:PER_PAGE]


def test_comments_of_one_moment_are_neither_lost_nor_shown_twice(client, page):
    made = many(page, PER_PAGE + 5)
    Comment.objects.update(posted_at=made[0].posted_at, listed_at=made[0].posted_at)
    first = client.get(f"{page.path}comments/")
    older = BeautifulSoup(first.content, "html.parser").find("a", string="Older comments")["href"]
    second = client.get(older)
    assert len({*bodies(first), *bodies(second)}) == PER_PAGE + 5
    assert len(bodies(second)) == 5


def test_thread_shows_some_replies_and_leads_to_all(client, page):
    begun = factories.comment(page, body="It begins here.")
    replies = many(page, PER_PAGE + 2, parent=begun)
    shown = bodies(client.get(page.path))
    assert shown == ["It begins here.", *(reply.body for reply in replies[:REPLIES_SHOWN])]
    assert f"All {PER_PAGE + 2} replies" in text_of(client.get(page.path))
    path = f"{page.path}comments/{begun.pk}/"
    assert bodies(client.get(replies[3].path))[1:] == [reply.body for reply in replies[:PER_PAGE]]
    assert bodies(client.get(replies[-1].path))[1:] == [replies[-1].body]
    first = client.get(path)
    after = BeautifulSoup(first.content, "html.parser").find("a", string="Newer replies")["href"]
    assert bodies(first)[1:] == [reply.body for reply in replies[:PER_PAGE]]
    assert bodies(client.get(after))[1:] == [reply.body for reply in replies[PER_PAGE:]]


@pytest.mark.parametrize("query", ["before=nonsense", "before=", "before=00000000-0000-0000-0000-000000000000"])
def test_wrong_place_to_go_on_from_is_not_found(client, page, query):
    assert client.get(f"{page.path}comments/?{query}").status_code == 404


def test_removed_comment_with_replies_keeps_its_place_without_its_words(client, page):
    begun = factories.comment(page, body="Taken away later.", name="Somebody")
    factories.comment(page, parent=begun, body="An answer.")
    Comment.objects.filter(pk=begun.pk).update(status=Status.REJECTED, hidden_at=timezone.now())
    settle([Comment.objects.get(pk=begun.pk)])
    text = text_of(client.get(page.path))
    assert "This comment is not shown." in text
    assert "An answer." in text
    assert "Taken away later." not in text
    assert "Somebody" not in text


@pytest.mark.parametrize("replies", [0, 10])
def test_page_asks_as_much_with_ten_thousand_comments_as_with_twenty(client, page, counting, replies):
    begun = many(page, 20)
    if replies:
        many(page, replies, parent=begun[-1])
    few = {path: counting(lambda path=path: client.get(path)) for path in (page.path, f"{page.path}comments/")}
    many(page, 10_000)
    if replies:
        many(page, 10_000, parent=begun[-1])
    for path, queries in few.items():
        assert counting(lambda path=path: client.get(path)) == queries
    assert Thread.objects.get().approved == Comment.objects.count()


def test_comments_cost_two_queries_at_most(client, page, counting):
    plain = factories.plain_page()
    without = counting(lambda: client.get(page.path)) - 2
    assert counting(lambda: client.get(plain.path)) < without
    begun = factories.comment(page)
    factories.comment(page, parent=begun)
    assert counting(lambda: client.get(page.path)) == without + 2


def test_list_says_how_many_comments_each_article_has(client, counting, db):
    articles = [factories.article() for _ in range(3)]
    factories.comment(articles[0])
    few = counting(lambda: client.get("/articles/"))
    for article in articles[1:]:
        factories.comment(article)
        factories.comment(article)
    factories.comment(articles[2], status=Status.PENDING)
    for path in ("/articles/", "/"):
        text = text_of(client.get(path))
        assert text.count("2 comments") == 2
        assert len(re.findall(r"\b1 comment\b", text)) == 1
    assert counting(lambda: client.get("/articles/")) == few


def test_list_says_how_many_comments_each_cause_has(client, counting, db):
    causes = [factories.cause() for _ in range(3)]
    factories.comment(causes[0])
    few = counting(lambda: client.get("/causes/"))
    assert text_of(client.get("/causes/")).count("1 comment") == 1
    factories.comment(causes[1])
    assert counting(lambda: client.get("/causes/")) == few


def test_thread_version_changes_with_what_readers_see(page):
    comment = factories.comment(page)
    before = Thread.objects.get().version
    Comment.objects.filter(pk=comment.pk).update(status=Status.REJECTED, hidden_at=timezone.now())
    settle([comment])
    thread = Thread.objects.get()
    assert (thread.version > before, thread.approved) == (True, 0)


def test_feed_holds_the_newest_comments(client, page):
    many(page, 60)
    feed = ElementTree.fromstring(client.get(f"{page.path}comments/feed/").content)
    entries = feed.findall("{*}entry")
    assert len(entries) == 50
    assert "Comment number 59." in entries[0].findtext("{*}summary")
    assert entries[0].findtext("{*}id").startswith("urn:uuid:")
    assert entries[0].find("{*}link").get("href").startswith("http://testserver/articles/")


def test_mode_is_named_in_the_form(client, page):
    path = f"{page.path}comments/write/"
    assert "reads every comment" in text_of(client.get(path))
    Thread.objects.create(page=page, mode=Mode.OPEN)
    assert "Some comments" in text_of(client.get(path))
