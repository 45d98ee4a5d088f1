import logging
from collections.abc import Callable

from django.db import DatabaseError
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
    """Where nothing answers, send the reader on to where the page that used to live there lives now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_lost = response.status_code == 404 and request.method in {"GET", "HEAD"}
        if not is_lost or "\x00" in request.path:  # which PostgreSQL refuses to look for
            return response
        moved = OldPath.objects.filter(path=request.path, page__live_revision__isnull=False)
        old = moved.select_related("page").first()
        return HttpResponsePermanentRedirect(old.page.path) if old else response
