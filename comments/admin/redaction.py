"""Taking words out of a comment, and, from the page that answers, putting them back."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from comments import redaction
from comments.models import Comment, Desk, EarlierText
from comments.models.comments import LONGEST_REASON
from comments.phrases import normal
from comments.plain_text import Span, marked
from comments.rules.personal_data import PersonalDataRule, find_personal_data
from comments.undoing import UndoError

from .base import DeskRequest, desk_page, drawn, isolated, tell
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
        max_length=LONGEST_REASON,
        help_text="It is kept in the record for good: do not repeat the words in it.",
    )

    def __init__(self, *args: Any, comment: Comment, **options: Any) -> None:
        super().__init__(*args, **options)
        found = dict.fromkeys(normal(phrase) for phrase in _found_with(comment))
        self.fields["found"].choices = [(phrase, phrase) for phrase in found]  # type: ignore[attr-defined]

    @property
    def phrases(self) -> list[str]:
        lines = self.cleaned_data["words"].splitlines()
        return [*self.cleaned_data["found"], *(line for line in lines if line.strip())]


@desk_page
def redact(request: DeskRequest, key: UUID) -> HttpResponse:
    """The words are in no address, session or message: the page that answers holds them, and nothing else."""
    comment = _found(key)
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
            comment = _found(key)
    context = {
        "page": "queue",
        "own": Desk.objects.of(request.user),
        "comment": comment,
        "form": form,
        "pieces": marked(comment.body, _personal_data(comment)),
        "others": _other_places(comment),
    }
    title = f"Take words out of the comment by {isolated(comment.name)}"
    return drawn(request, "admin/desk_redact.html", title, **context)


def _taken_out(request: DeskRequest, comment: Comment, phrases: list[str], token: str) -> HttpResponse:
    others = redaction.elsewhere(comment, phrases)
    context = {
        "page": "queue",
        "comment": comment,
        "token": token,
        "minutes": int(redaction.LASTS.total_seconds() // 60),
        "count": others.count(),
        "others": others[:LISTED],
        "in_record": redaction.lines_with(phrases),
    }
    return drawn(request, "admin/desk_redacted.html", "The words are taken out", **context)


@desk_page
@require_POST
def restore(request: DeskRequest) -> HttpResponse:
    """Put back the words that the page of `redact` still holds."""
    try:
        done, stays = redaction.restore(request.POST.get("token", ""), by=request.user)
    except UndoError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
    messages.success(request, "The words stand there again.")
    for what in stays:
        messages.warning(request, f"The words in a {what} were changed since and stay as they are.")
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[done.comments[0].pk]))


def _found(key: UUID) -> Comment:
    found = Comment.objects.exclude(body="").select_related("page").prefetch_related("findings")
    return get_object_or_404(found, pk=key)


def _personal_data(comment: Comment) -> list[Span]:
    """Spans of the text; in names, rules give none."""
    findings = comment.findings.filter(rule=PersonalDataRule.name, disputed=None, end__gt=0)
    return list(findings.values_list("start", "end"))


def _found_with(comment: Comment) -> Iterator[str]:
    """Personal data in its text, unless somebody disputed it, and in all else that is kept with it."""
    yield from (comment.body[start:end] for start, end in _personal_data(comment))
    _text, _name, *others = redaction.kept_with(comment)
    for place in others:
        yield from (place.text[one.start : one.end] for one in find_personal_data(place.text))


def _other_places(comment: Comment) -> list[tuple[str, bool]]:
    """What else words can be taken out of than text and name, which the page begins with; whether it is an old text."""
    _text, _name, *others = redaction.kept_with(comment)
    found = ((place.text, isinstance(place.row, EarlierText)) for place in others if place.text)
    return list(dict.fromkeys(found))
