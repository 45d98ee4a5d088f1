from typing import Any

from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.models import (
    Article,
    ArticleAuthor,
    CalloutSection,
    HelpCardSection,
    ImageSection,
    QuoteSection,
    TextSection,
)

from .pages import REVIEW_FIELDS, PageAdmin
from .parts import PartInline


class SectionInline(PartInline, ContentEditorInline):
    """The inline of one type of section."""

    template = "admin/section_inline.html"


class ArticleAuthorInline(PartInline, admin.TabularInline):
    model = ArticleAuthor
    fields = ["author", "position"]


@admin.register(Article)
class ArticleAdmin(PageAdmin, ContentEditor):
    inlines = [ArticleAuthorInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst", "tags", "position"]}),
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
