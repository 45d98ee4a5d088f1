"""What all pages of the moderators' desk have in common."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from comments.deeds import Done
from comments.moderators import MAY_MODERATE

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request that `desk_page` let through: somebody is logged in."""

    user: User


def desk_page(view: View) -> View:
    """A page of the desk: within the admin, for moderators alone, kept by no cache.

    What is asked for and is not there, as a comment that its author erased meanwhile, leads back to the queue.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_MODERATE):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except Http404:
            messages.warning(request, "That is not there any more. A comment may have been erased.")
            return redirect("admin:comments_comment_changelist")

    def within_admin(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return admin.site.admin_view(guarded)(request, *args, **kwargs)

    return wraps(view)(within_admin)


def drawn(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """One of our templates within the admin's frame; it extends admin/desk_base.html."""
    frame = admin.site.each_context(request) | {"is_nav_sidebar_enabled": False}  # the desk has its own
    return TemplateResponse(request, template, {**frame, "title": title, **context})


def isolated(name: str) -> str:
    """A name for a title, which cannot turn the direction of what stands around it: what <bdi> is in HTML."""
    return f"\u2068{name}\u2069"


def tell(request: HttpRequest, done: Done, prefix: str = "") -> None:
    """Say what became of a deed, and what was left alone, and why."""
    what = f"{prefix}{done.deed.get_kind_display()}"
    if done.comments:
        messages.success(request, f"{what}: {_counted(len(done.comments))}.")
    elif not done.left or done.deed.undone_at:
        messages.success(request, f"{what}.")
    for why, count in Counter(done.left.values()).items():
        messages.warning(request, f"Left alone: {_counted(count)}. {why}")


def _counted(comments: int) -> str:
    return f"{comments} comment{'' if comments == 1 else 's'}"
