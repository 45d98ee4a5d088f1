from collections.abc import Iterable
from typing import Any

from django import template

from comments.models import Thread
from comments.plain_text import Piece, linked
from comments.reading import Threads

register = template.Library()


@register.inclusion_tag("comments/_experiences.html", takes_context=True)
def experiences(context: Any) -> dict[str, Any]:
    """The first threads below a page that readers see; nothing below a preview or an old publication."""
    is_live = bool(context.get("revision")) and not context.get("preview_of")
    return {"threads": Threads.of(context["page"]) if is_live else None}


@register.simple_tag
def with_comment_counts(pages: Iterable[Any]) -> list[Any]:
    """The same pages, each with the number of its comments as `comment_count`: one query for all."""
    listed = list(pages)
    counts = dict(Thread.objects.filter(page__in=[page.pk for page in listed]).values_list("page", "approved"))
    for page in listed:
        page.comment_count = counts.get(page.pk, 0)
    return listed


@register.filter
def pieces(text: str) -> list[Piece]:
    return linked(text)
