"""What was published, what differs between any two states, what was done, and how to go back."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles import drafts
from articles.comparing import compare
from articles.freezing import Frozen, are_equal
from articles.models import Page, Revision
from articles.moments import moment
from articles.previewing import framed_preview

from .desk import digest_of
from .views import PageViews

DRAFT = "draft"
AUDIT_ENTRIES_SHOWN = 200


class HistoryViews(PageViews):
    page_views = [
        ("history", "history"),
        ("history/<int:number>", "publication"),
        ("history/<int:number>/restore", "restore"),
        ("compare", "compare"),
    ]

    def history(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.has_view_or_change_permission(request, page))
        context = self.context(
            request,
            page,
            "History",
            revisions=page.revisions.select_related("by").defer("data"),
            entries=page.audit_entries.all()[:AUDIT_ENTRIES_SHOWN],
            has_draft=not page.is_live or hasattr(page, "draft"),
            may_restore=self.has_change_permission(request, page),
        )
        return TemplateResponse(request, "admin/page_history.html", context)

    def publication(self, request: HttpRequest, pk: Any, number: int) -> HttpResponse:
        page = self.find(pk, lambda page: self.has_view_or_change_permission(request, page))
        revision = get_object_or_404(page.revisions, number=number)
        return framed_preview(request, revision.data, of=f"Publication {number}")

    def compare(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Two states, ?from= and ?to= the number of a publication or "draft"; by default what is live and the draft."""
        page = self.find(pk, lambda page: self.has_view_or_change_permission(request, page))
        live = str(page.live_revision.number) if page.is_live else DRAFT
        old, new = request.GET.get("from", live), request.GET.get("to", DRAFT)
        context = self.context(
            request,
            page,
            "Compare",
            old=self._name(page, old),
            new=self._name(page, new),
            changes=compare(self._state(page, old), self._state(page, new)),
            back=self.url_of(page, "history"),
        )
        return TemplateResponse(request, "admin/page_compare.html", context)

    def _state(self, page: Page, name: str) -> Frozen:
        return drafts.state_of(page) if name == DRAFT else self._revision(page, name).data

    def _name(self, page: Page, name: str) -> str:
        if name == DRAFT:
            return "the draft"
        revision = self._revision(page, name)
        return f"publication {name} of {moment(revision.at)}"

    def _revision(self, page: Page, number: str) -> Revision:
        if not (number.isascii() and number.isdigit() and len(number) < 9):
            raise BadRequest("A publication is named by its number.")
        return get_object_or_404(page.revisions, number=number)

    def restore(self, request: HttpRequest, pk: Any, number: int) -> HttpResponse:
        page = self.find(pk, lambda page: self.has_change_permission(request, page))
        revision = get_object_or_404(page.revisions, number=number)
        loses_edits = self._has_edits(page)
        if loses_edits and not self.may_replace_draft(request, page):
            raise PermissionDenied("The draft is somebody else's.")
        if request.method != "POST" or (loses_edits and "sure" not in request.POST):
            warning = " It takes the place of the draft, which cannot be brought back." if loses_edits else ""
            consequence = f"Publication {number} becomes the draft.{warning}"
            back = self.url_of(page, "history")
            return self.confirm(request, page, "Restore", consequence, back=back, began_with=digest_of(page))
        began_with = request.POST.get("began_with", "") if loses_edits else digest_of(page)
        try:
            drafts.restore(revision, by=request.user, began_with=began_with)
        except drafts.ConflictError:
            return self.refused(request, page, ["The page has been saved again meanwhile: nothing was restored."])
        self.log_deed(request, page, f"Restored publication {number}.")
        return self.done(request, page, f"Publication {number} is now the draft. Readers see it once you publish it.")

    def _has_edits(self, page: Page) -> bool:
        """Whether the page has edits that no publication holds."""
        if page.is_live:
            return hasattr(page, "draft")
        latest = page.revisions.first()
        return latest is None or not are_equal(drafts.state_of(page), latest.data)
