from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .numbers import COUNTRIES


def site(request: HttpRequest) -> dict[str, Any]:
    """What every template may say about the site itself; the same for every reader."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "countries": COUNTRIES}
