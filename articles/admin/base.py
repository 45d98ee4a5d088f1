"""What all admins share: rich text under a strict policy, honest words, deletions that break nothing."""

from collections.abc import Iterable
from typing import Any

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from js_asset import Media, Script

from articles import terminology
from articles.pinning import is_pinned
from articles.search.indexing import index_list


class PublicTextForm(forms.ModelForm):
    """The form of rows that readers see as soon as they are saved: refuses words that may not be published."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            for complaint in terminology.complaints(value) if isinstance(value, str) else ():
                self.add_error(name, complaint)
        return cleaned


class GuardedAdmin(admin.ModelAdmin):
    """Refuses to delete what a kept state of a page names."""

    form = PublicTextForm

    def get_deleted_objects(self, objs: Iterable[models.Model], request: HttpRequest) -> Any:
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        named = [f"{obj}: a draft or publication names it" for obj in objs if is_pinned(obj)]
        return to_delete, counts, perms_needed, [*protected, *named]


@method_decorator(csp_update(settings.ADMIN_FORM_CSP), name="changeform_view")
class RichTextAdmin(GuardedAdmin):
    """An admin whose form holds the rich text editor: its inline import map needs the nonce of the response."""

    class Media:
        js = [Script("js/rich-text.js", type="module")]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, context, **kwargs)
        response.context_data["media"] = Media.from_media(response.context_data["media"], nonce=str(request.csp_nonce))
        return response


class FoundListAdmin(RichTextAdmin):
    """An admin of rows that stand together in one list: readers find them by search as soon as they are saved."""

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        super().save_model(*args, **kwargs)
        index_list(self.model)

    @transaction.atomic
    def delete_model(self, *args: Any) -> None:
        super().delete_model(*args)
        index_list(self.model)

    @transaction.atomic
    def delete_queryset(self, *args: Any) -> None:
        super().delete_queryset(*args)
        index_list(self.model)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at: something else writes them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SignpostAdmin(ReadOnlyAdmin):
    """Rows that are shown elsewhere in the admin: opening one leads there."""

    def place_of(self, obj: Any) -> str:
        """The address where `obj` is shown."""
        raise NotImplementedError

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return HttpResponseRedirect(self.place_of(obj))
