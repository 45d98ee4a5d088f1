from django.contrib import admin

from articles.models import Passage, PlainPage

from .pages import LINK_FIELDS, REVIEW_FIELDS, PageAdmin
from .parts import PartInline


class PassageInline(PartInline, admin.StackedInline):
    model = Passage


@admin.register(PlainPage)
class PlainPageAdmin(PageAdmin):
    inlines = [PassageInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]
