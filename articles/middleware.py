import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from .models import OldPath
from .scheduling import settle_due

logger = logging.getLogger(__name__)


class ScheduleMiddleware:
    """Publish what is due before anything is read: the first request after a moment sees what was planned for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            settle_due()
        except DatabaseError:  # the page itself may not need the database
            logger.exception("What is due could not be looked up.")
        return self.get_response(request)


class OldPathMiddleware:
    """Where nothing answers, send the reader on to where the page that used to live there lives now.

    What stands below a page moves with it, and a form that was open meanwhile is sent on whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or "\x00" in request.path:  # which PostgreSQL refuses to look for
            return response
        moved = OldPath.objects.filter(path__in=_with_parents(request.path), page__live_revision__isnull=False)
        old = moved.select_related("page").order_by(Length("path").desc()).first()
        if old is None:
            return response
        below = request.get_full_path().removeprefix(old.path)
        return HttpResponsePermanentRedirect(old.page.path + below, preserve_request=request.method == "POST")


def _with_parents(path: str) -> list[str]:
    """The path, and those above it: for /a/b/ also /a/; none longer than an old path can be."""
    longest = OldPath._meta.get_field("path").max_length
    return [path[: end + 1] for end, char in enumerate(path[:longest]) if char == "/" and end]
