"""What moderators send from the desk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Page
from comments.forms import TextField
from comments.models import Desk, Lane, SavedText, Use, Verdict
from comments.models.comments import LONGEST


class SeenField(forms.Field):
    """Comments as a moderator saw them: each a key and a version, as `seen_as` writes them."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": "Choose a comment first.", "invalid": "Choose the comments again."}

    def to_python(self, value: Any) -> dict[UUID, int]:
        try:
            pairs = (one.split(":") for one in value or [])
            return {UUID(key): int(version) for key, version in pairs}
        except ValueError:
            raise ValidationError(self.error_messages["invalid"]) from None


class SeenForm(forms.Form):
    seen = SeenField()


class DecisionForm(SeenForm):
    """A verdict, with a saved reason or one's own; an approval needs none."""

    verdict = forms.ChoiceField(choices=Verdict, error_messages={"required": "Say what is to be done."})
    saved = forms.ModelChoiceField(SavedText.objects.filter(use=Use.REASON), required=False)
    words = forms.CharField(max_length=300, required=False)

    @property
    def reason(self) -> str:
        """In words for the author, "" where there is none."""
        if self.cleaned_data["verdict"] == Verdict.APPROVED:
            return ""
        saved = self.cleaned_data["saved"]
        return self.cleaned_data["words"] or (saved.text if saved else "")


class ReplyForm(SeenForm):
    name = forms.CharField(max_length=80, initial="Moderator", help_text="Shown with the reply, and that it is ours.")
    text = TextField(
        label="Reply",
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the reply first."},
    )


class MoveForm(SeenForm):
    page = forms.ModelChoiceField(Page.objects.none(), label="To the page", empty_label="Choose a page")

    def __init__(self, *args: Any, pages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]


class DeskForm(forms.ModelForm):
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
