from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from articles.models import Article, HelpCardSection
from articles.sources import Sources
from causes.models import Cause

from .numbers import COUNTRIES
from .styleguide import context as styleguide_context

ARTICLES = 6


def home(request: HttpRequest) -> HttpResponse:
    """The way in: when to call for help, the first articles, and the causes from the likeliest on."""
    context = {
        "help_card": HelpCardSection.objects.for_home(),
        "articles": Article.objects.for_list()[:ARTICLES],
        "causes": Cause.objects.for_overview(),
        "sources": Sources(),
    }
    return render(request, "home.html", context)


def numbers(request: HttpRequest) -> HttpResponse:
    """Whom to call in each country that the site serves."""
    return render(request, "numbers.html")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with the words that it is made for; for those who work on the site, in debug mode alone."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "styleguide.html", styleguide_context())


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for when something broke: it asks neither the database nor the context processors."""
    return HttpResponseServerError(render_to_string("500.html", {"countries": COUNTRIES}))
