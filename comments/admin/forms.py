"""What moderators send from the desk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Page
from comments.forms import TextField
from comments.models import Desk, Lane, SavedText, Use, Verdict
from comments.models.comments import LONGEST, LONGEST_REASON


class SeenField(forms.Field):
    """Comments as a moderator saw them: each a key and a version, as the filter `seen` writes them."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": "Choose a comment first.", "invalid": "Choose the comments again."}

    def to_python(self, value: Any) -> dict[UUID, int]:
        try:
            pairs = (one.split(":") for one in value or [])
            return {UUID(key): int(version) for key, version in pairs}
        except ValueError:
            raise ValidationError(self.error_messages["invalid"]) from None


class SeenForm(forms.Form):
    """A button that needs nothing more."""

    seen = SeenField()


class ReasonForm(SeenForm):
    """What is done to comments, with a saved reason or one's own."""

    saved = forms.ModelChoiceField(
        SavedText.objects.filter(use=Use.REASON), label="Saved reason", required=False, empty_label="In my own words"
    )
    words = forms.CharField(
        label="In your own words, for the author",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where you choose no saved reason.",
    )

    @property
    def needs_reason(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.needs_reason and not self.has_error("words") and not self.reason:
            self.add_error("words", "Say why, or choose a saved reason: the author is told.")
        return cleaned

    @property
    def reason(self) -> str:
        """In words for the author, "" where there is none."""
        saved = self.cleaned_data.get("saved")
        return str(saved.text if saved else self.cleaned_data.get("words", ""))


class DecisionForm(ReasonForm):
    """A verdict; only a refusal needs a reason."""

    verdict = forms.ChoiceField(choices=Verdict, error_messages={"required": "Say what is to be done."})

    @property
    def reason(self) -> str:
        return "" if self.cleaned_data.get("verdict") == Verdict.APPROVED else super().reason

    @property
    def needs_reason(self) -> bool:
        return self.cleaned_data.get("verdict") == Verdict.REJECTED


class ReplyForm(SeenForm):
    name = forms.CharField(max_length=80, initial="The team", help_text="Readers see it marked as a moderator's.")
    text = TextField(
        label="Reply",
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the reply first."},
    )


class MoveForm(forms.Form):
    page = forms.ModelChoiceField(
        Page.objects.none(),
        label="To the page",
        empty_label="Choose a page",
        error_messages={"required": "Choose a page first."},
    )

    def __init__(self, *args: Any, pages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]


class DeskForm(forms.ModelForm):
    """How one moderator wants to work."""

    skipped = forms.MultipleChoiceField(
        choices=Lane,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Lanes that I leave to others",
        help_text="They are not shown among all lanes. You can still open each of them.",
    )

    class Meta:
        model = Desk
        fields = ["skipped", "covers"]


def errors_of(form: forms.Form) -> Iterable[str]:
    """What is wrong with a form, in words."""
    return dict.fromkeys(message for messages in form.errors.values() for message in messages)
