from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from articles.sources import Sources

from .judging import judge
from .knowledge import Knowledge, cite
from .questions import questions, read
from .told import Told


@sensitive_post_parameters()
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and above it the answer to what was sent, which is neither kept nor logged nor put into an address.

    Another site that posts here changes nothing and learns nothing. So there is no token to compare with a cookie,
    and no cookie.
    """
    knowledge = Knowledge.load()
    told = read(request.POST, knowledge) if request.method == "POST" else Told()
    context = {"questions": questions(told, knowledge), "is_sent": request.method == "POST", "sources": Sources()}
    return render(request, "causes/check.html", context | _answer(told, knowledge))


def _answer(told: Told, knowledge: Knowledge) -> dict[str, Any]:
    if not told:
        return {}
    result = judge(told, knowledge.candidates, knowledge.symptoms)
    cite(result.first)
    return {"result": result, "gp_sources": ["nhs-twitching", "nice-ng127"], "self_care_sources": ["nhs-twitching"]}
