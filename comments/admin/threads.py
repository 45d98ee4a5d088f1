from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comments.models import Thread
from comments.records import write_down_setting
from comments.threads import commentable


@admin.register(Thread)
class ThreadAdmin(admin.ModelAdmin):
    """Who may comment on a page. A page without a thread here has the usual one: all held."""

    list_display = ["page", "mode", "approved", "open_since", "closes_after_days"]
    list_filter = ["mode"]
    search_fields = ["page__title"]
    list_select_related = ["page"]

    @admin.display(description="open since (UTC)", ordering="opened_at")
    def open_since(self, thread: Thread) -> str:
        return f"{thread.opened_at:%-d %b %Y, %H:%M}"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        pages = commentable().filter(thread__isnull=True)
        return super().formfield_for_foreignkey(db_field, request, queryset=pages, **options)

    def save_model(self, request: Any, obj: Thread, form: Any, change: bool) -> None:
        """Nothing but what was changed: the counts may have moved on since the form was read."""
        before = Thread.objects.of(obj.page)
        obj.save(update_fields=form.changed_data if change else None)
        Thread.objects.changed([obj.pk])
        write_down_setting("thread", before.terms, obj.terms, by=request.user, page=obj.page)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["page"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
