"""Strings that break careless programs, through every field: kept exactly, shown escaped, or refused in words."""

import html
import json
from xml.etree import ElementTree

from django.core import mail
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Verdict
from comments.plain_text import has_visible, linked
from comments.rules.personal_data import find_personal_data
from tests import factories
from tests.tools import DATA

from .conftest import fields

#: Ours; the big list of naughty strings joins them where it lies among the data to measure on.
OURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "http://example.org/\"onmouseover=\"alert(1)",
    "https://example.org/<script>alert(1)</script>",
    "https://user@evil.example/ https://аррӏе.com/ http://[::1]/ https://x:99999/ https://example.org:x/",
    "{{ 7|add:7 }}{% load static %}${7*7}#{7*7}",
    "]]><script>alert(1)</script><![CDATA[",
    "<!--", "-->", "&lt;b&gt;&amp;", "&#0;", "\\u003cscript\\u003e",
    "\ufeff\u202etxet desrever\u202c \u2066isolated",
    "Z̸͖̏a̷̭͝l̶̨̈́g̷̰̔o̶̜͠", "👩‍👩‍👧‍👦 🏳️‍🌈", "\x01\x02\x0b\x0c\x1b[31m\x7f\x85", "\ufffe\uffff", "line\u2028separator",
    "' OR 1=1 --", "1; DROP TABLE comments_comment", "%s%d%n%x", "../../etc/passwd", "\nBcc: victim@example.org",
    "tab\there", "trailing space ", "  leading", "two\n\n\nlines", "a" * 80, "ﷺ" * 60,
]  # fmt: skip


def strings():
    file = DATA / "blns.json"
    return list(dict.fromkeys([*OURS, *(json.loads(file.read_text()) if file.exists() else [])]))


def is_a_name(text):
    return len(text) <= 80 and text.splitlines() == [text] and any(char.isalnum() for char in text)


def test_text_is_kept_exactly_and_shown_escaped(reader, page, monkeypatch, settings):
    monkeypatch.setattr("comments.posting.MOST_AN_HOUR", 10_000)
    path = f"{page.path}comments/write/"
    refused = []
    for text in strings():
        name = text if is_a_name(text) else "Ann"
        form = reader.form(path) | {"body": text, "name": name}
        response = reader.client.post(path, form)
        if response.status_code == 200:
            refused.append(text)
            kept = fields(response)
            assert (kept["body"], kept["name"]) == (text, name)
            continue
        assert response.status_code == 302, text
        comment = Comment.objects.latest("posted_at")
        assert (comment.body, comment.name) == (text, name)
        own = reader.client.get(response.url).content.decode()
        assert html.escape(text.split("http")[0].strip()) in own
    # What cannot be seen is no comment; of what tells of somebody's telephone, its author is warned.
    assert [text for text in refused if has_visible(text) and not find_personal_data(text)] == []
    assert len(refused) < len(strings()) / 10


def test_no_page_holds_markup_of_a_reader(client, chief, page, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    for text in strings():
        if text.strip():
            factories.comment(page, body=text, name=text[:80], email="a@example.org")
    client.force_login(chief)
    paths = [f"{page.path}comments/", page.path, "/admin/comments/comment/?status=all"]
    ours = Comment.objects.filter(body__in=OURS)
    paths += [f"/admin/comments/comment/{comment.pk}/change/" for comment in ours]
    for path in paths:
        shown = client.get(path).content.decode()
        for markup in (
            "<script>alert",
            "<img src=x",
            "<svg onload",
            "onerror=alert(1)>",
            "<b>",
            'href="javascript:',
        ):
            assert markup.lower() not in shown.lower(), (path, markup)


def test_feed_is_xml_whatever_readers_write(page):
    texts = [text for text in strings() if text.strip()]
    for text in texts:
        factories.comment(page, body=text, name=text[:80])
    feed = ElementTree.fromstring(Client().get(f"{page.path}comments/feed/").content)
    entries = feed.findall("{*}entry")
    assert len(entries) == min(len(texts), 50)
    for entry in entries:
        assert "<script" not in entry.findtext("{*}summary")


def test_letter_holds_the_words_and_no_header_of_a_reader(page, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    begun = factories.comment(page, email="ann@example.org", wants_replies=True, email_confirmed_at=timezone.now())
    texts = [text for text in strings() if text.strip()]
    replies = [
        factories.comment(page, parent=begun, status="pending", body=text, name=text[:80], posted_at=timezone.now())
        for text in texts
    ]
    moderation.decide(replies, Verdict.APPROVED, by=None)
    assert len(mail.outbox) == len(texts)
    assert {text for text in texts if not any(text in letter.body for letter in mail.outbox)} == set()
    for letter in mail.outbox:
        assert letter.message()["Bcc"] is None
        assert letter.message().get_content_type() == "text/plain"


def test_link_is_read_from_left_to_right_whatever_stands_around_it(client, page):
    factories.comment(page, body="\u202eSee https://www.nhs.uk/x")
    link = '<bdi dir="ltr">https://www.nhs.uk/x</bdi></a>'
    assert link in client.get(f"{page.path}comments/").content.decode()
    assert link in html.unescape(client.get(f"{page.path}comments/feed/").content.decode())


def test_links_lead_where_they_seem_to(db):
    def urls(text):
        return [piece.url for piece in linked(text) if piece.url]

    assert urls("See https://www.nhs.uk/conditions/, please.") == ["https://www.nhs.uk/conditions/"]
    assert urls("(https://en.wikipedia.org/wiki/Twitch_(muscle))") == ["https://en.wikipedia.org/wiki/Twitch_(muscle)"]
    for text in (
        "javascript:alert(1)",
        "https://nhs.uk@evil.example/",
        "https://аррӏе.com/",
        "http://localhost/",
        "data:x",
        "https://evil.example/\u202egro.shn//:sptth",
        "https://nhs.uk/\u2066x\u2069\u200f",
    ):
        assert urls(text) == []
        assert "".join(piece.text for piece in linked(text)) == text
