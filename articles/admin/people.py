from typing import Any

import taggit.models
from django.contrib import admin
from django.http import HttpRequest

from articles.models import Author, AuthorLink, Reference, Tag

from .base import GuardedAdmin, ReadOnlyAdmin, RichTextAdmin
from .parts import PartInline


class AuthorLinkInline(PartInline, admin.TabularInline):
    model = AuthorLink


@admin.register(Author)
class AuthorAdmin(RichTextAdmin):
    list_display = ["name", "credentials", "role", "specialty"]
    list_filter = ["specialty"]
    search_fields = ["name", "slug", "specialty", "affiliation"]
    autocomplete_fields = ["account"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AuthorLinkInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whose login it is decides under whose name a clinician signs off: that is for who manages logins."""
        return [] if request.user.has_perm("auth.change_user") else ["account"]


@admin.register(Reference)
class ReferenceAdmin(GuardedAdmin):
    list_display = ["key", "title", "kind", "year", "status"]
    list_filter = ["status", "kind", "year"]
    search_fields = ["key", "title", "authors", "publication", "doi", "pmid"]
    fieldsets = [
        (None, {"fields": ["key", "kind", "authors", "title", "publication", "year", "locator"]}),
        ("Where to find it", {"fields": ["doi", "pmid", "url", "accessed_on"]}),
        ("Is it checked?", {"fields": ["status", "note"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["key"] if obj else []


admin.site.unregister(taggit.models.Tag)  # our own takes its place


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    """Tags come and go with the pages that carry them; a tag changed here would change live pages unpublished."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
