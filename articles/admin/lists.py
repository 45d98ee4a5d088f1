from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Page

from .base import SignpostAdmin


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    states = {
        "live": ("Live", models.Q(live_revision__isnull=False)),
        "draft": ("Live, with a draft", models.Q(draft__isnull=False)),
        "hidden": ("Not live", models.Q(live_revision__isnull=True)),
        "scheduled": ("Scheduled", models.Q(schedule__failure="")),
        "failed": ("Could not be published", models.Q(schedule__isnull=False) & ~models.Q(schedule__failure="")),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Any]:
        return queryset.filter(self.states[self.value()][1]) if self.value() in self.states else queryset


class OwnPagesFilter(admin.SimpleListFilter):
    title = "writer"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "My pages")]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Any]:
        return queryset.filter(writer=request.user) if self.value() else queryset


class PageList(admin.ModelAdmin):
    """What the list of one kind of page and the list of all pages share."""

    list_display = ["title", "state", "last_published"]
    list_filter = [StateFilter, OwnPagesFilter, "tags"]
    search_fields = ["title", "slug", "standfirst"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        shown = ["live_revision", "draft", "draft__by", "schedule", *(self.list_select_related or ())]
        pages = super().get_queryset(request).select_related(*shown)
        return pages.defer("live_revision__data", "draft__data", "schedule__data")

    @admin.display(ordering="live_revision")
    def state(self, page: Page) -> str:
        facts = ["Live" if page.is_live else "Not live"]
        if hasattr(page, "draft"):
            facts.append("with a draft")
        if hasattr(page, "schedule"):
            facts.append("could not be published" if page.schedule.failure else "scheduled")
        return ", ".join(facts)

    @admin.display(ordering="live_revision__at")
    def last_published(self, page: Page) -> Any:
        return page.live_revision.at if page.is_live else None


def address_of(page: Page, view: str = "change") -> str:
    """Where a page of any kind is changed, or the address of another of its views."""
    return reverse(f"admin:{page.kind.replace('.', '_')}_{view}", args=[page.pk])


@admin.register(Page)
class AllPagesAdmin(PageList, SignpostAdmin):
    """Pages of all kinds in one list; a page is changed in the admin of its kind."""

    list_display = ["title", "kind", "state", "last_published"]
    list_filter = [*PageList.list_filter, "kind"]

    def place_of(self, obj: Page) -> str:
        return address_of(obj)
