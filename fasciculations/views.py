from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, HelpCardSection
from articles.sources import Sources
from causes.models import Cause


def home(request: HttpRequest) -> HttpResponse:
    """The way in: when to call for help, the articles, and the causes from the likeliest on."""
    context = {
        "help_card": HelpCardSection.objects.for_home(),
        "articles": Article.objects.for_list(),
        "causes": Cause.objects.for_overview(),
        "sources": Sources(),
    }
    return render(request, "home.html", context)
