from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from . import drafts, linking, previewing
from .models import Article, Author, Page, Tag
from .rendering import render_page
from .search import keeping
from .sources import Sources


def page_detail(request: HttpRequest, slug: str, model: type[Page]) -> HttpResponse:
    """The public page of any kind, drawn from its live revision."""
    pages = model.objects.for_detail().annotate(search_version=keeping.version())
    page: Any = get_object_or_404(pages, slug=slug)
    terms = linking.at(page.search_version)
    return render_page(request, page.live_revision.data, revision=page.live_revision, terms=terms)


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The draft of a page, for whom an editor sent the link."""
    try:
        page = previewing.page_of(token)
    except (signing.BadSignature, Page.DoesNotExist):
        return render(request, "articles/preview_over.html", {"days": previewing.LINK_DAYS}, status=410)
    return previewing.preview(request, drafts.state_of(page))


def article_list(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/article_list.html", {"articles": Article.objects.for_list()})


def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author.objects.prefetch_related("links"), slug=slug)
    context = {
        "author": author,
        "articles": Article.objects.for_list().filter(bylines__author=author),
        "reviewed": Page.objects.live().filter(reviewed_by=author),
        "sources": Sources(),
    }
    return render(request, "articles/author_detail.html", context)


def tag_list(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/tag_list.html", {"tags": Tag.objects.in_use()})


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag.objects.in_use(), slug=slug)
    pages = Page.objects.live().filter(tagged_pages__tag=tag).order_by("kind", "title")
    return render(request, "articles/tag_detail.html", {"tag": tag, "pages": pages})
