from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles import html

register = template.Library()


@register.filter
def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends with a mark of its own."""
    return text if not text or text[-1] in ".?!" else f"{text}."


@register.simple_tag(takes_context=True)
def prose(context: dict[str, Any], text: str, of: Any = None) -> SafeString:
    """Rich text, cleaned again, with its citations numbered among the page's sources.

    With `of`, the page or the part of it whose text this is, known terms link to their pages.
    """
    mentions = context["links"].finder(of, text) if of else None
    return html.render(text, number=context["sources"].number, mentions=mentions)


@register.simple_tag(takes_context=True)
def cite(context: dict[str, Any], keys: Iterable[str]) -> SafeString:
    """Numbered links to the sources with these keys."""
    return format_html_join("", "{}", ((html.citation(key, context["sources"].number(key)),) for key in keys))
