from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Max
from django.http import HttpRequest

from comments.models import SavedText, Use
from comments.models.comments import LONGEST_REASON
from comments.records import write_down_setting


class SavedTextForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("use") == Use.REASON and len(cleaned.get("text", "")) > LONGEST_REASON:
            self.add_error(
                "text", f"A reason has {LONGEST_REASON} characters at most; this one has {len(cleaned['text'])}."
            )
        return cleaned


def _write_down(key: int, before: SavedText | None, after: SavedText | None, *, by: User) -> None:
    was, now = (_in_words(text) if text else "" for text in (before, after))
    write_down_setting(f"saved text {key}", was, now, by=by)


def _in_words(text: SavedText) -> str:
    return f"{text.get_use_display()}, number {text.position}, “{text.title}”: {text.text}"


@admin.register(SavedText)
class SavedTextAdmin(admin.ModelAdmin):
    """Reasons and replies that moderators choose from."""

    form = SavedTextForm
    list_display = ["title", "use", "position", "text"]
    list_filter = ["use"]
    search_fields = ["title", "text"]

    def save_model(self, request: Any, obj: SavedText, form: Any, change: bool) -> None:
        before = SavedText.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        _write_down(obj.pk, before, obj, by=request.user)

    def delete_model(self, request: Any, obj: SavedText) -> None:
        _write_down(obj.pk, obj, None, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for text in queryset:
            self.delete_model(request, text)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one stands last: the numbers of the others are keys that moderators know by heart."""
        last = SavedText.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 1, **super().get_changeform_initial_data(request)}
