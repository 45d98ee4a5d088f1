"""What stands in for a session where people have none: where a form was sent from, and that nobody keeps the answer."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]

LARGEST = 1_000_000  # bytes of a form; below it, the form itself says how long a comment may be

logger = logging.getLogger(__name__)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form it sends stood on this site; a browser that says nothing is not believed.

    Sec-Fetch-Site is what browsers write and pages cannot; those without it send the Origin of what they post.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours = {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    return request.headers.get("Origin") in ours


def public(view: View) -> View:
    """A page with a form for people without a session, kept by no cache and no search engine.

    There is no cookie that a CSRF token could be compared with: each form is a `PublicForm`, which asks `is_from_here`.
    Where the database does not answer, or what the form belongs to is gone, what was typed comes back.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.encoding = settings.DEFAULT_CHARSET  # which browsers send our forms in; a header can say anything
        if _size(request) > LARGEST:
            return HttpResponse("This is too long to be sent.", status=413, content_type="text/plain")
        try:
            response = view(request, *args, **kwargs)
        except (DatabaseError, Http404) as error:
            if request.method != "POST":
                raise
            is_gone = isinstance(error, Http404)
            if not is_gone:
                logger.exception("What somebody sent could not be saved.")
            context = {"typed": typed(request), "is_gone": is_gone}
            response = render(request, "comments/not_kept.html", context, status=404 if is_gone else 503)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def _size(request: HttpRequest) -> int:
    """Bytes that the browser says it sends; the server takes no more than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form that is answered holds, as names and values."""
    return [(name, value) for name, values in request.POST.lists() for value in values]
