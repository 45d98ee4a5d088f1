"""Taking words out of a comment, and, from the page that answers, putting them back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.models import AuditEntry
from comments import redaction
from comments.deeds import UndoError
from comments.models import Comment
from comments.plain_text import Span, marked
from comments.rules.personal_data import PersonalDataRule

from .base import DeskRequest, desk_page, drawn, tell
from .forms import SeenForm

LISTED = 20  # other comments that hold the same words


class RedactionForm(SeenForm):
    """Phrases: those that the rules found in the comment, to be chosen, and others, to be typed or selected."""

    found = forms.MultipleChoiceField(
        label="What the rules found",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "“%(value)s” is no longer found in the comment."},
    )
    words = forms.CharField(
        label="Words to take out",
        required=False,
        max_length=2000,
        help_text="One phrase on each line. Capital letters and the width of spaces make no difference.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=300,
        help_text="It is kept in the record for good: do not repeat the words in it.",
    )

    def __init__(self, *args: Any, comment: Comment, **options: Any) -> None:
        super().__init__(*args, **options)
        spans = [comment.body[start:end] for start, end in _personal_data(comment)]
        found = dict.fromkeys(redaction.normal(span) for span in spans)
        self.fields["found"].choices = [(phrase, phrase) for phrase in found]  # type: ignore[attr-defined]

    @property
    def phrases(self) -> list[str]:
        lines = self.cleaned_data["words"].splitlines()
        return [*self.cleaned_data["found"], *(line for line in lines if line.strip())]


@desk_page
def redact(request: DeskRequest, key: UUID) -> HttpResponse:
    """The words are in no address, session or message: the page that answers holds them, and nothing else."""
    comment = get_object_or_404(Comment.objects.exclude(body="").select_related("page"), pk=key)
    form = RedactionForm(request.POST if request.method == "POST" else None, comment=comment)
    if form.is_bound and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        try:
            done, token = redaction.redact(comment, form.phrases, by=request.user, reason=reason, seen=seen)
        except redaction.PhraseError as error:
            form.add_error(None, str(error))
        else:
            tell(request, done)
            if done.comments:
                return _taken_out(request, comment, form.phrases, token)
            comment = get_object_or_404(Comment.objects.select_related("page"), pk=key)
    context = {
        "page": "queue",
        "comment": comment,
        "form": form,
        "pieces": marked(comment.body, _personal_data(comment)),
        "others": _other_places(comment),
    }
    return drawn(request, "admin/desk_redact.html", f"Take words out of the comment by {comment.name}", **context)


def _taken_out(request: DeskRequest, comment: Comment, phrases: list[str], token: str) -> HttpResponse:
    others = redaction.elsewhere(comment, phrases)
    context = {
        "page": "queue",
        "comment": comment,
        "token": token,
        "minutes": int(redaction.LASTS.total_seconds() // 60),
        "count": others.count(),
        "others": others[:LISTED],
        "in_record": AuditEntry.objects.filter(redaction.holds_any(["note"], phrases)).count(),
    }
    return drawn(request, "admin/desk_redacted.html", "The words are taken out", **context)


@desk_page
@require_POST
def restore(request: DeskRequest) -> HttpResponse:
    try:
        done = redaction.restore(request.POST.get("token", ""), by=request.user)
    except UndoError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
    messages.success(request, "The words stand there again.")
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[done.comments[0].pk]))


def _personal_data(comment: Comment) -> list[Span]:
    """Spans of the text; in names, rules give none."""
    findings = comment.findings.filter(rule=PersonalDataRule.name, disputed=None, end__gt=0)
    return list(findings.values_list("start", "end"))


def _other_places(comment: Comment) -> list[str]:
    """What else words can be taken out of than text and name, which the page begins with."""
    _text, _name, *others = redaction.kept_with(comment)
    return list(dict.fromkeys(place.text for place in others if place.text))
