"""What the views of a page beside its form share: finding the page, asking for permission, asking once more."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles.models import Page


class PageViews(admin.ModelAdmin):
    """Views at <page>/<name>/ in the admin of one kind of page; subclasses list them in `page_views`."""

    #: Path below the page, name of the method, which is also the end of the URL name.
    page_views: list[tuple[str, str]] = []

    def get_urls(self) -> list[URLPattern]:
        views = [view for cls in type(self).__mro__ for view in vars(cls).get("page_views", [])]
        return [*(self._address(*view) for view in views), *super().get_urls()]

    def _address(self, route: str, name: str) -> URLPattern:
        view = self.admin_site.admin_view(getattr(self, name))
        return path(f"<uuid:pk>/{route}/", view, name=self._url_name(name))

    def _url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def url_of(self, page: Page, name: str = "change", *args: Any) -> str:
        return reverse(f"admin:{self._url_name(name)}", args=[page.pk, *args])

    def find(self, pk: Any, may: Any) -> Any:
        """The page with this key, if `may(page)`; raises Http404 or PermissionDenied."""
        page = get_object_or_404(self.model._base_manager.select_related("live_revision", "draft", "schedule"), pk=pk)
        if not may(page):
            raise PermissionDenied
        return page

    def log_deed(self, request: HttpRequest, page: Page, message: str) -> None:
        """Put it among Django's recent actions, too; the audit is written by what was done."""
        super().log_change(request, page, message)

    def context(self, request: HttpRequest, page: Page, title: str, **more: Any) -> dict[str, Any]:
        site = self.admin_site.each_context(request)
        return {
            **site,
            "title": f"{title}: {page}",
            "action": title,
            "page": page,
            "opts": self.opts,
            "back": self.url_of(page),
        } | more

    def done(self, request: HttpRequest, page: Page, message: str) -> HttpResponse:
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.url_of(page))

    def refused(self, request: HttpRequest, page: Page, lines: Iterable[str]) -> HttpResponse:
        for line in lines:
            self.message_user(request, line, messages.ERROR)
        return HttpResponseRedirect(self.url_of(page))

    def confirm(self, request: HttpRequest, page: Page, action: str, consequence: str, **more: Any) -> HttpResponse:
        """A question before `action`; answering it sends the same address a POST with `sure`."""
        context = self.context(request, page, action, consequence=consequence, **more)
        return TemplateResponse(request, "admin/page_confirm.html", context)
