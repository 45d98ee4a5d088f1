from typing import Any

from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from js_asset import Script

from articles import drafts, duplicating
from articles.freezing import digest
from articles.models import (
    Article,
    ArticleAuthor,
    CalloutSection,
    Draft,
    HelpCardSection,
    ImageSection,
    Page,
    QuoteSection,
    TextSection,
)

from .copying import CopySectionsView
from .pages import LINK_FIELDS, REVIEW_FIELDS, PageAdmin
from .parts import PartInline


class SectionInline(PartInline, ContentEditorInline):
    """The inline of one type of section."""

    template = "admin/section_inline.html"

    class Media:
        css = {"all": ["css/admin-sections.css"]}
        js = [Script("js/sections.js", type="module")]


class ArticleAuthorInline(PartInline, admin.TabularInline):
    model = ArticleAuthor
    fields = ["author", "position"]


@admin.register(Article)
class ArticleAdmin(CopySectionsView, PageAdmin, ContentEditor):
    change_form_template = "admin/article_change_form.html"
    inlines = [ArticleAuthorInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst", "position"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]

    @classmethod
    def section(cls, inline: type[PartInline]) -> type[PartInline]:
        """Class decorator by which any app adds the inline of a section type, or of another part of articles."""
        cls.inlines = [*cls.inlines, inline]
        return inline

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The content editor's cloning copies any row of any model without asking for permission: refuse it."""
        if "_clone" in request.POST:
            raise PermissionDenied
        super().save_related(request, form, formsets, change)

    def _press(self, request: HttpRequest, page: Page, draft: Draft | None = None) -> HttpResponse:
        if "_copy" in request.POST:
            return HttpResponseRedirect(self.url_of(page, "copy_sections"))
        if key := request.POST.get("_duplicate"):
            return self._duplicate(request, page, key)
        return super()._press(request, page, draft)

    def _duplicate(self, request: HttpRequest, page: Page, key: str) -> HttpResponse:
        now = drafts.state_of(page)
        try:
            data = duplicating.duplicate(now, key)
            drafts.save_draft(page, data, by=request.user, began_with=digest(now), note="Section duplicated")
        except KeyError:
            return self.refused(request, page, ["That section is no longer there."])
        except drafts.ConflictError:
            return self.refused(request, page, ["The page was saved at the same moment. Duplicate it once more."])
        return self.done(request, page, "The section stands there twice now, in the draft.")


@ArticleAdmin.section
class TextInline(SectionInline):
    model = TextSection
    icon = "notes"


@ArticleAdmin.section
class CalloutInline(SectionInline):
    model = CalloutSection
    icon = "campaign"


@ArticleAdmin.section
class HelpCardInline(SectionInline):
    model = HelpCardSection
    icon = "emergency"


@ArticleAdmin.section
class QuoteInline(SectionInline):
    model = QuoteSection
    icon = "format_quote"


@ArticleAdmin.section
class ImageInline(SectionInline):
    model = ImageSection
    icon = "image"
