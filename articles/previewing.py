"""The draft at the real template of its page, for editors and for whom they send a signed link."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from .freezing import Frozen
from .models import Page
from .rendering import render_page

LINK_DAYS = 7
_SALT = "articles.preview"


@never_cache
def preview(request: HttpRequest, data: Frozen, *, of: str = "Draft") -> HttpResponse:
    """The page as `data` has it, which readers do not see: kept by no cache, found by no search engine."""
    response = render_page(request, data, preview_of=of)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # its address may be a key
    return response


def framed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response`, marked so that the editor's form may show it in a frame beside it."""

    @csp_replace({"frame-ancestors": [SELF]})
    def view(request: HttpRequest) -> HttpResponse:
        return response

    view(request)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framed_preview(request: HttpRequest, data: Frozen, *, of: str = "Draft") -> HttpResponse:
    return framed(request, preview(request, data, of=of))


def link_to(page: Page) -> str:
    """The address of a preview that needs no login, for LINK_DAYS days."""
    token = signing.dumps(str(page.pk), salt=_SALT)
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


def page_of(token: str) -> Page:
    """The page that a link's token names. Raises signing.BadSignature or Page.DoesNotExist."""
    key = signing.loads(token, salt=_SALT, max_age=LINK_DAYS * 24 * 60 * 60)
    return Page.objects.get(pk=key)
