from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article
from causes.models import Cause


def home(request: HttpRequest) -> HttpResponse:
    """The way in: the newest articles, and the causes from the likeliest on."""
    return render(
        request,
        "home.html",
        {"articles": Article.objects.for_list(), "causes": Cause.objects.for_overview()},
    )
