from dataclasses import asdict
from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from articles.private import private

from .finding import MOST_RESULTS, search
from .marking import Marker
from .suggesting import suggestions

CLOSEST = 3


def search_page(request: HttpRequest) -> HttpResponse:
    """What answers `q`: the closest pages first, the others by kind. With `literal`, its spelling is left alone."""
    found = search(request.GET.get("q", ""), is_literal="literal" in request.GET)
    marker = Marker(found.query)
    results = [marker.result(entry) for entry in found.entries]
    kinds = list(dict.fromkeys(result.entry.kind for result in results[CLOSEST:]))
    by_kind = sorted(results[CLOSEST:], key=lambda result: kinds.index(result.entry.kind))
    context = {
        "query": found.query,
        "count": len(results),
        "is_cut": len(results) == MOST_RESULTS,
        "closest": results[:CLOSEST],
        "kinds": [(kind, list(same)) for kind, same in groupby(by_kind, lambda result: result.entry.kind)],
    }
    return private(render(request, "articles/search.html", context))


def suggest(request: HttpRequest) -> HttpResponse:
    """Titles, kinds and paths for what is typed so far, and what else a place is called where that was typed."""
    found = [
        {name: value for name, value in asdict(suggestion).items() if value}
        for suggestion in suggestions(request.GET.get("q", ""))
    ]
    return private(JsonResponse({"suggestions": found}))
