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

#: As browsers send the form, or nothing. Nothing else is read, least of all a file.
FORMS = "application/x-www-form-urlencoded", ""


@sensitive_post_parameters()
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and above it the answer to what was sent, which is neither kept nor logged nor put into an address.

    Another site that posts here changes nothing and learns nothing. So there is no token to compare with a cookie,
    and no cookie.
    """
    is_sent = request.method == "POST"
    if is_sent and request.content_type not in FORMS:
        return HttpResponse("Only a form can be read here.", content_type="text/plain", status=415)
    knowledge = Knowledge()
    told = read(request.POST, knowledge) if is_sent else Told()
    context = {"questions": questions(told, knowledge), "is_sent": is_sent, "sources": Sources()}
    return render(request, "causes/check.html", context | _answer(told, knowledge))


def _answer(told: Told, knowledge: Knowledge) -> dict[str, Any]:
    if not told:
        return {}
    result = judge(told, knowledge.candidates, knowledge.symptoms)
    cite(result.first)
    return {"result": result, "gp_sources": ["nhs-twitching", "nice-ng127"], "self_care_sources": ["nhs-twitching"]}
