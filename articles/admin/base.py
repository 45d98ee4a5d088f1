"""What all admins share: rich text under a strict policy, labels loaded once, deletions that break nothing."""

from collections.abc import Iterable
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import BaseInlineFormSet, Form
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from js_asset import Media

from articles import publishing


class GuardedAdmin(admin.ModelAdmin):
    """Refuses to delete what a draft or a publication names; foreign keys guard rows alone."""

    def get_deleted_objects(self, objs: Iterable[models.Model], request: HttpRequest) -> Any:
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        named = [f"{obj}: a draft or publication names it" for obj in objs if publishing.is_pinned(obj)]
        return to_delete, counts, perms_needed, [*protected, *named]


@method_decorator(csp_update(settings.ADMIN_FORM_CSP), name="changeform_view")
class RichTextAdmin(GuardedAdmin):
    """An admin whose form holds the rich text editor: its inline import map needs the nonce of the response."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, context, **kwargs)
        response.context_data["media"] = Media.from_media(response.context_data["media"], nonce=str(request.csp_nonce))
        return response


class Labels:
    """Labels of a table's rows by key, loaded when the first of a formset's widgets asks, then shared by them all."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self._queryset = queryset
        self._labels: dict[str, str] | None = None

    def of(self, keys: Iterable[Any]) -> list[tuple[str, str]]:
        if self._labels is None:
            self._labels = {str(row.pk): str(row) for row in self._queryset}
        return [(str(key), self._labels[str(key)]) for key in keys if str(key) in self._labels]


class _SharedLabels:
    """An autocomplete that takes the labels of its chosen options from `labels`, not from a query of its own."""

    labels: Labels

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> list[Any]:
        options = [self.create_option(name, "", "", False, 0)] if not self.allow_multiple_selected else []
        chosen = [key for key in value if key]
        for key, label in self.labels.of(chosen) if chosen else ():
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class SharedAutocomplete(_SharedLabels, AutocompleteSelect):
    pass


class SharedAutocompleteMultiple(_SharedLabels, AutocompleteSelectMultiple):
    pass


class PartFormSet(BaseInlineFormSet):
    """Parts that nobody touched are not validated again, so saving one change costs the same among 4 parts or 40."""

    def _construct_form(self, i: int, **kwargs: Any) -> Form:
        form = super()._construct_form(i, **kwargs)
        if self.is_bound and i < self.initial_form_count():
            form.empty_permitted = True
        return form


class PartInline(admin.options.InlineModelAdmin):
    """What inlines of parts share; combine it with a tabular, stacked or content editor inline.

    Every relation is an autocomplete, and the labels of all its rows are loaded once for all parts.
    """

    extra = 0
    formset = PartFormSet

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        relations = [field.name for field in self.model._meta.many_to_many]
        return super().get_queryset(request).prefetch_related(*relations)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        fields = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [field.name for field in fields if field.remote_field and field.name != self.model.owner]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What a part points at is chosen here, and changed at its own place: no buttons around each choice."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.many_to_one and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = self._shared(SharedAutocomplete, db_field)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = self._shared(SharedAutocompleteMultiple, db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _shared(self, widget_class: Any, db_field: Any) -> Any:
        widget = widget_class(db_field, self.admin_site)
        widget.labels = Labels(db_field.remote_field.model._default_manager.all())
        return widget


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at: something else writes them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
