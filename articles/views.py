from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Article, Page
from .rendering import render_page


def page_detail(request: HttpRequest, slug: str, model: type[Page]) -> HttpResponse:
    """The public page of any kind, drawn from its live revision."""
    page: Any = get_object_or_404(model.objects.for_detail(), slug=slug)
    return render_page(request, page.live_revision.data, revision=page.live_revision)


def article_list(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/article_list.html", {"articles": Article.objects.for_list()})
