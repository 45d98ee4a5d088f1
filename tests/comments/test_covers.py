"""Texts that are better not read unprepared are covered wherever they stand on the moderators' desk."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from comments import moderation
from comments.models import Desk, EarlierText, Finding, Verdict
from tests import factories

DREADFUL = "Dreadful words of somebody in need"
SAME = {"address": "a" * 64}  # all of one person


def graphic(page, **fields):
    """A comment in which a rule found what is distressing, in a lane that does not say so."""
    comment = factories.comment(page, **{"body": DREADFUL, "status": "pending"} | SAME | fields)
    Finding.objects.create(comment=comment, rule="graphic", lane="new", points=0, why="Describes an injury")
    return comment


def as_answer(page):
    return factories.comment(page, status="pending", parent=graphic(page, address="", status="approved"))


def as_precedent(page):
    moderation.decide([graphic(page, address="")], Verdict.APPROVED, by=None)
    return factories.comment(page, status="pending", body="Words of somebody in need")


def as_earlier_text(page):
    comment = factories.comment(page, status="pending")
    EarlierText.objects.create(comment=comment, body=DREADFUL)
    return comment


def as_history(page):
    graphic(page)
    return factories.comment(page, status="pending", **SAME)


def as_itself(page):
    return graphic(page, appeal=DREADFUL)


def in_crisis(page):
    return factories.comment(page, body=DREADFUL, status="pending", lane="crisis", due_at=timezone.now())


@pytest.mark.parametrize(
    ("make", "name"),
    [
        *((make, "change") for make in (as_answer, as_precedent, as_earlier_text, as_history, as_itself, in_crisis)),
        *((make, "measure") for make in (as_history, as_itself, in_crisis)),
        *((make, "redact") for make in (as_earlier_text, as_itself, in_crisis)),
    ],
)
def test_distressing_text_is_covered_until_it_is_opened(moderator, page, make, name):
    path = f"/admin/comments/comment/{make(page).pk}/{name}/"
    assert uncovered(moderator, path) == []
    Desk.objects.update_or_create(user=moderator_of(moderator), defaults={"covers": False})
    assert uncovered(moderator, path)


def moderator_of(client):
    return client.get("/admin/").wsgi_request.user


def uncovered(client, path):
    """What can be read at once of the dreadful text."""
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    found = soup.select_one("#content").find_all(string=lambda text: "Dreadful" in text)
    return [text for text in found if not text.find_parent("details", class_="cover", open=False)]


@pytest.mark.parametrize("name", ["change", "measure", "redact"])
def test_covers_ask_as_much_for_many_as_for_few(moderator, page, counting, name):
    comment = graphic(page, parent=graphic(page, status="approved"))
    path = f"/admin/comments/comment/{comment.pk}/{name}/"

    def add():
        moderation.decide([graphic(page)], Verdict.SPAM, by=None)
        EarlierText.objects.create(comment=comment, body=DREADFUL)

    add()
    few = counting(lambda: moderator.get(path))
    for _ in range(4):
        add()
    assert counting(lambda: moderator.get(path)) == few
