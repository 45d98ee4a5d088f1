from typing import Any

from django import forms
from django.contrib import admin

from comments.models import SavedText, Use


class SavedTextForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("use") == Use.REASON and len(cleaned.get("text", "")) > 300:
            self.add_error("text", f"A reason has 300 characters at most; this one has {len(cleaned['text'])}.")
        return cleaned


@admin.register(SavedText)
class SavedTextAdmin(admin.ModelAdmin):
    """Reasons and replies that moderators choose from."""

    form = SavedTextForm
    list_display = ["title", "use", "position", "text"]
    list_filter = ["use"]
    search_fields = ["title", "text"]
