"""What publishing writes and nobody edits: publications, the audit and old paths."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from articles.models import AuditEntry, OldPath, Revision

from .base import ReadOnlyAdmin, SignpostAdmin
from .lists import address_of


@admin.register(Revision)
class RevisionAdmin(SignpostAdmin):
    """Publications of all pages, the latest first; each is looked at, compared and restored in its page's history."""

    list_display = ["page", "number", "at", "by", "note", "is_substantial", "is_live"]
    list_filter = ["is_substantial", "page__kind", "at"]
    search_fields = ["page__title", "page__slug", "note"]
    list_select_related = ["page", "by"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Revision]:
        return super().get_queryset(request).defer("data")

    @admin.display(boolean=True, description="live")
    def is_live(self, revision: Revision) -> bool:
        return revision.page.live_revision_id == revision.pk

    def place_of(self, obj: Revision) -> str:
        return address_of(obj.page, "history")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Everything that was done to pages and comments; what was done to a page stands in its history, too."""

    list_display = ["at", "by_name", "action", "page_title", "subject", "before", "after", "rule", "note"]
    list_display_links = None
    list_filter = ["action", "at"]
    search_fields = ["page_title", "by_name", "subject", "note"]
    list_per_page = 100


@admin.register(OldPath)
class OldPathAdmin(ReadOnlyAdmin):
    list_display = ["path", "page"]
    search_fields = ["path", "page__title"]
    list_select_related = ["page"]
