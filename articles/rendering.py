"""The one renderer of pages: the public page, a preview and an old revision are frozen data drawn by the same code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import linking
from .freezing import Frozen
from .models import Page, Revision, Tag
from .snapshot import Snapshot
from .sources import Sources

RELATED_PAGES = 6


def render_page(
    request: HttpRequest,
    data: Frozen,
    *,
    revision: Revision | None = None,
    preview_of: str = "",
    terms: linking.Terms | None = None,
) -> HttpResponse:
    """Draw the page that `data` describes; `revision`, if given, is the publication it comes from.

    `preview_of` names a state that readers do not see, such as "Draft"; without `terms` given, those of now are linked.
    """
    snapshot = Snapshot(data)
    page = snapshot.root
    tags = Tag.objects.in_use().filter(name__in=snapshot.tags)
    context = {
        "page": page,
        "tags": tags,
        "related": Page.objects.related_to(page, tags)[:RELATED_PAGES] if tags else [],
        "revision": revision,
        "preview_of": preview_of,
        "sources": Sources(),
        "links": linking.Links(page, terms or linking.now()),
    }
    return render(request, page.template_name, context | page.reading_context(snapshot))
