from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles import drafts, duplicating
from articles.freezing import digest
from articles.models import Article, Page
from articles.snapshot import Snapshot

from .views import PageViews


class CopySectionsView(PageViews):
    """Sections of another article that the editor may change, copied to the end of this one's draft."""

    page_views = [("copy-sections", "copy_sections")]

    def copy_sections(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.has_change_permission(request, page))
        others = Article.objects.exclude(pk=page.pk).order_by("title")
        sources = [article for article in others if self.has_change_permission(request, article)]
        source = self._source(sources, request.GET.get("source", ""))
        if request.method == "POST" and source:
            return self._copy(request, page, source)
        sections = Snapshot(drafts.state_of(source)).sections() if source else []
        context = self.context(request, page, "Copy sections", sources=sources, source=source, sections=sections)
        return TemplateResponse(request, "admin/page_copy_sections.html", context)

    def _source(self, sources: list[Article], key: str) -> Article | None:
        """The article that was asked for; none where nothing was. Raises Http404 where it is none of `sources`."""
        if not key:
            return None
        for source in sources:
            if str(source.pk) == key:
                return source
        raise Http404

    def _copy(self, request: HttpRequest, page: Page, source: Page) -> HttpResponse:
        keys = set(request.POST.getlist("section"))
        now = drafts.state_of(page)
        data = duplicating.append_copies(now, drafts.state_of(source), keys)
        try:
            drafts.save_draft(
                page, data, by=request.user, began_with=digest(now), note=f"Sections copied from {source}"
            )
        except drafts.ConflictError:
            return self.refused(request, page, ["The page was saved at the same moment. Copy the sections once more."])
        self.log_deed(request, page, f"Copied sections from {source}.")
        return self.done(request, page, "Copied to the end of the draft.")
