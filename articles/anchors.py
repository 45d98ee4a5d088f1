"""The addresses of headings within a page."""

import itertools
from collections.abc import Iterable
from typing import Protocol

from django.utils.text import slugify

#: What the templates of pages with headings call parts of their own: ids, and beginnings of ids.
PAGE_IDS = frozenset({"main", "site-search", "contents", "authors", "sources", "related", "page-status", "experiences"})
PAGE_PREFIXES = ("source-", "comment-")


class Headed(Protocol):
    heading: str
    anchor: str


def give_anchors(parts: Iterable[Headed]) -> None:
    """Give each part an id that nothing else on the page has: its heading as a slug, numbered where that is taken."""
    taken = set(PAGE_IDS)
    for part in parts:
        slug = slugify(part.heading) or "section"
        if slug.startswith(PAGE_PREFIXES):
            slug = f"section-{slug}"
        numbers = itertools.count(2)
        part.anchor = slug
        while part.anchor in taken:
            part.anchor = f"{slug}-{next(numbers)}"
        taken.add(part.anchor)
