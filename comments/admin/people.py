"""Warnings, suspensions and bans: who may not write now, and the form that begins one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from comments import sanctions
from comments.errors import NotNowError
from comments.models import Comment, Measure, Sanction, SavedText, Use
from comments.models.comments import HIDDEN

from .base import DeskRequest, desk_page, drawn, tell
from .forms import SeenForm

PER_PAGE = 50
EXCERPTS = 20  # of other comments


class MeasureForm(SeenForm):
    """What is to be done, with a saved reason or one's own."""

    measure = forms.ChoiceField(
        label="What is to be done",
        choices=Measure,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    days = forms.TypedChoiceField(
        label="Suspension for",
        coerce=int,
        choices=[(days, f"{days} day{'' if days == 1 else 's'}") for days in sanctions.SUSPENDED_FOR],
        initial=7,
        help_text="A warning keeps nobody from writing, and a ban lasts until a moderator lifts it.",
    )
    saved = forms.ModelChoiceField(
        SavedText.objects.filter(use=Use.REASON), label="Saved reason", required=False, empty_label="In my own words"
    )
    words = forms.CharField(
        label="In your own words, for the author",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They stand in place of a saved reason.",
    )
    hide_all = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_error("words") and not self.reason:
            self.add_error("words", "Say why, or choose a saved reason: the author is told.")
        return cleaned

    @property
    def reason(self) -> str:
        saved = self.cleaned_data.get("saved")
        return self.cleaned_data.get("words") or (saved.text if saved else "")


class LiftForm(forms.Form):
    reason = forms.CharField(label="Reason for lifting it", max_length=300)


@desk_page
def measure(request: DeskRequest, key: UUID) -> HttpResponse:
    """Warn, suspend or ban whoever wrote a comment; what is wrong comes back with all that was typed."""
    comment = _comment(key)
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data
        done = sanctions.impose(
            comment,
            Measure(chosen["measure"]),
            reason=form.reason,
            by=request.user,
            days=chosen["days"],
            hide_all=chosen["hide_all"],
            seen=chosen["seen"],
        )
        if done.comments:
            tell(request, done)
            return redirect("admin:comments_comment_changelist")
        form.add_error(None, f"Nothing was done. {done.left[comment.pk]}")
        comment = _comment(key)
    same = sanctions.of_same_person(comment)
    context = {
        "page": "people",
        "form": form,
        "comment": comment,
        "known_until": sanctions.known_until(comment),
        "count": same.count(),
        "to_hide": same.exclude(status__in=HIDDEN).count(),
        "same": same.select_related("page").order_by("-posted_at")[:EXCERPTS],
    }
    return drawn(request, "admin/desk_measure.html", "Warn, suspend or ban", **context)


def _comment(key: UUID) -> Comment:
    return get_object_or_404(Comment.objects.exclude(name="").select_related("page"), pk=key)


@desk_page
def people(request: DeskRequest) -> HttpResponse:
    return _people(request)


def _people(request: DeskRequest, filled: Mapping[int, LiftForm] | None = None) -> HttpResponse:
    """Who may not write now, and what came to an end last; `filled` holds forms that come back, by their sanction."""
    found = Sanction.objects.select_related("deed__by", "lifted__by")
    in_force = Paginator(found.in_force(), PER_PAGE).get_page(request.GET.get("page"))
    forms_of = {row.pk: LiftForm(auto_id=_ids(row.pk)) for row in in_force} | dict(filled or {})
    context = {
        "page": "people",
        "in_force": in_force,
        "rows": [(row, forms_of[row.pk]) for row in in_force],
        "past": found.exclude(pk__in=Sanction.objects.in_force())[:PER_PAGE],
    }
    return drawn(request, "admin/desk_people.html", "People", **context)


def _ids(sanction: int) -> str:
    """How the fields of its form are named on a page with many."""
    return f"lift-{sanction}-%s"


@desk_page
@require_POST
def lift(request: DeskRequest, sanction: int) -> HttpResponse:
    row = get_object_or_404(Sanction.objects.select_related("comment"), pk=sanction)
    form = LiftForm(request.POST, auto_id=_ids(sanction))
    if not form.is_valid():
        return _people(request, {sanction: form})
    try:
        sanctions.lift(row, by=request.user, reason=form.cleaned_data["reason"])
    except NotNowError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Lifted: they can write again.")
    return redirect("admin:comments_people")
