"""What publishing writes and nobody edits: publications and old paths."""

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from articles import publishing
from articles.models import Draft, OldPath, Revision

from .base import ReadOnlyAdmin


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["page", "number", "at", "by", "note", "is_live"]
    list_filter = ["page__kind", "at"]
    search_fields = ["page__title", "page__slug", "note"]
    fields = ["page", "number", "at", "by", "note"]
    actions = ["restore"]
    list_select_related = ["page", "by"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Revision]:
        return super().get_queryset(request).defer("data")

    @admin.display(boolean=True, description="live")
    def is_live(self, revision: Revision) -> bool:
        return revision.page.live_revision_id == revision.pk

    @admin.action(description="Restore into the draft of its page")
    def restore(self, request: HttpRequest, revisions: models.QuerySet[Revision]) -> None:
        if len(revisions) != 1:
            self.message_user(request, "Choose one publication to restore.", messages.ERROR)
            return
        page = revisions[0].page
        page_admin = self.admin_site.get_model_admin(apps.get_model(page.kind))
        if not page_admin.has_change_permission(request, page):
            raise PermissionDenied
        if Draft.objects.filter(page=page).exists():
            self.message_user(request, f"“{page}” has a draft. Publish or discard it first.", messages.ERROR)
            return
        publishing.restore(revisions[0], by=request.user)
        page_admin.log_change(request, page, f"Restored publication {revisions[0].number}.")
        self.message_user(request, "Restored into the draft. Readers see it once you publish it.", messages.SUCCESS)


@admin.register(OldPath)
class OldPathAdmin(ReadOnlyAdmin):
    list_display = ["path", "page"]
    search_fields = ["path", "page__title"]
    list_select_related = ["page"]
