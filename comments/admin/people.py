"""Warnings, suspensions and bans: who may not write now, and the form that begins one."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from comments import sanctions
from comments.deeds import Done
from comments.errors import NotNowError
from comments.models import Comment, Desk, Measure, Sanction
from comments.models.comments import HIDDEN, LONGEST_REASON

from .base import DeskRequest, desk_page, drawn, tell
from .forms import ReasonForm

PER_PAGE = 50
EXCERPTS = 20  # of other comments


class MeasureForm(ReasonForm):
    """What is to be done to whoever wrote a comment; they are always told why."""

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
    hide_all = forms.BooleanField(required=False)


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Reason for lifting it", max_length=LONGEST_REASON, error_messages={"required": "Say why it is lifted."}
    )


@desk_page
def measure(request: DeskRequest, key: UUID) -> HttpResponse:
    """Warn, suspend or ban whoever wrote a comment; what is wrong comes back with all that was typed."""
    comment = _comment(key)
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = _imposed(request, form, comment)
        if done.comments:
            tell(request, done)
            return redirect("admin:comments_comment_changelist")
        form.add_error(None, f"Nothing was done. {done.left[comment.pk]}")
        comment = _comment(key)
    return _drawn(request, form, comment)


def _imposed(request: DeskRequest, form: MeasureForm, comment: Comment) -> Done:
    chosen = form.cleaned_data
    return sanctions.impose(
        comment,
        Measure(chosen["measure"]),
        reason=form.reason,
        by=request.user,
        days=chosen["days"],
        hide_all=chosen["hide_all"],
        seen=chosen["seen"],
    )


def _drawn(request: DeskRequest, form: MeasureForm, comment: Comment) -> HttpResponse:
    """The form, with what it would be done to."""
    same = sanctions.of_same_person(comment)
    context = {
        "page": "people",
        "own": Desk.objects.of(request.user),
        "form": form,
        "comment": comment,
        "known_until": sanctions.known_until(comment),
        "count": same.count(),
        "to_hide": same.exclude(status__in=HIDDEN).count(),
        "same": same.select_related("page").prefetch_related("findings").order_by("-posted_at")[:EXCERPTS],
    }
    return drawn(request, "admin/desk_measure.html", "Warn, suspend or ban", **context)


def _comment(key: UUID) -> Comment:
    return get_object_or_404(
        Comment.objects.exclude(name="").select_related("page").prefetch_related("findings"), pk=key
    )


@desk_page
def people(request: DeskRequest) -> HttpResponse:
    """Who may not write, and why."""
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
    """Let somebody write again; a reason that is missing is asked for on the same page."""
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
