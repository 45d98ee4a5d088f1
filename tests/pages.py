"""Public pages as readers get them: one, or all of the site as it ships, found by following links from the first."""

import re
from typing import Any

from bs4 import BeautifulSoup

KINDS = {
    "home": "/",
    "article": "/articles/muscle-twitching/",
    "cause": "/causes/motor-neurone-disease/",
    "symptom": "/symptoms/cramps/",
    "nutrient": "/nutrition/magnesium/",
    "medicine": "/medicines/lithium/",
    "body area": "/body/calf/",
    "author": "/authors/the-editors/",
    "tag": "/tags/nerves/",
    "plain page": "/about/",
    "articles": "/articles/",
    "causes": "/causes/",
    "causes narrowed down": "/causes/?where=in-calf&symptom=cramps",
    "causes narrowed to none": "/causes/?where=in-chin&trigger=after-screens",
    "check": "/check/",
    "symptoms": "/symptoms/",
    "nutrition": "/nutrition/",
    "medicines": "/medicines/",
    "body": "/body/",
    "glossary": "/glossary/",
    "search": "/search/",
    "search in danger": "/search/?q=suicide",
    "movements": "/movements/",
    "a to z": "/a-to-z/",
    "myths": "/myths/",
    "tags": "/tags/",
    "sources": "/sources/",
    "editorial policy": "/editorial-policy/",
    "privacy": "/privacy/",
    "numbers": "/numbers/",
    "comment policy": "/comment-policy/",
    "comment form": "/articles/muscle-twitching/comments/write/",
    "lost comments": "/comments/find/",
}


def drawn(response: Any) -> Any:
    """A page that was there."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def crawl(client: Any) -> dict[str, bytes]:
    """The content of every page that links lead to, by path; a link to a page that is not there fails.

    One page answers many queries: of those, it takes the ones among KINDS.
    """
    found: dict[str, bytes] = {}
    paths = ["/", *(path for path in KINDS.values() if "?" in path)]
    while paths:
        path = paths.pop()
        if path in found:
            continue
        response = client.get(path)
        assert response.status_code == 200, path
        found[path] = response.content
        links: Any = BeautifulSoup(response.content, "html.parser").select("a[href^='/']")
        paths += [re.split("[?#]", link["href"])[0] for link in links]
    return found
