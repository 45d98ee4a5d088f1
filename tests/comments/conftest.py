from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import Article
from comments.models import Comment
from fasciculations import roles
from tests import factories


class Reader:
    """Somebody who reads a page and writes below it, as a browser does, and keeps no cookie."""

    def __init__(self, **headers: str) -> None:
        self.client = Client(headers={"Sec-Fetch-Site": "same-origin", **headers})

    def form(self, path: str) -> dict[str, str]:
        """What a browser would send of the form at `path`, if nobody touched it."""
        response = self.client.get(path)
        assert response.status_code == 200, path
        return fields(response)

    def send(self, path: str, **changes: Any) -> Any:
        """Fill in the form at `path` and send it; returns the answer.

        Where the form comes back to ask about personal data, the answer to that is `personal`, if it is given.
        """
        said = changes.pop("personal", "")
        response = self.client.post(path, self.form(path) | changes)
        if said and response.status_code == 200:
            response = self.client.post(path, fields(response) | {"personal": said})
        return response

    def write(self, page: Any, body: str = "It twitches at night.", *, name: str = "Ann", **changes: Any) -> Any:
        return self.send(f"{page.path}comments/write/", body=body, name=name, **changes)

    def posted(self, page: Any, *args: Any, **options: Any) -> tuple[Comment, str]:
        """A comment that was received, and the path of its author's own page."""
        response = self.write(page, *args, **options)
        assert response.status_code == 302, text_of(response)
        return Comment.objects.latest("posted_at"), response.url


def fields(response: Any) -> dict[str, str]:
    form: Any = BeautifulSoup(response.content, "html.parser").select_one("main form")
    found = {}
    for element in form.select("[name]:not(button)"):
        if element.name == "textarea":
            found[element["name"]] = element.get_text().removeprefix("\n")
        elif element.get("type") not in {"checkbox", "radio"} or element.has_attr("checked"):
            found[element["name"]] = element.get("value", "on" if element.get("type") == "checkbox" else "")
    return found


def text_of(response: Any) -> str:
    main: Any = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(main.get_text(" ").split())


def member(role: str, name: str = "") -> Client:
    """The browser of somebody with a role, who is signed in to the admin."""
    client = Client()
    client.force_login(factories.member(role, name))
    return client


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader()


@pytest.fixture
def moderator(db: None) -> Client:
    return member(roles.MODERATOR)


@pytest.fixture
def page(db: None) -> Article:
    return factories.article()


@pytest.fixture(autouse=True)
def _policy(db: Any) -> None:
    """Each page of comments links to the page that says how they work."""
