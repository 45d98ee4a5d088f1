from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest

from comments.models import SavedText, Use
from comments.models.comments import LONGEST_REASON


class SavedTextForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("use") == Use.REASON and len(cleaned.get("text", "")) > LONGEST_REASON:
            self.add_error(
                "text", f"A reason has {LONGEST_REASON} characters at most; this one has {len(cleaned['text'])}."
            )
        return cleaned


@admin.register(SavedText)
class SavedTextAdmin(admin.ModelAdmin):
    """Reasons and replies that moderators choose from."""

    form = SavedTextForm
    list_display = ["title", "use", "position", "text"]
    list_filter = ["use"]
    search_fields = ["title", "text"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one stands last: the numbers of the others are keys that moderators know by heart."""
        last = SavedText.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 1, **super().get_changeform_initial_data(request)}
