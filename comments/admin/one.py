"""One comment with all that is known of it, and what can be done to it. Whoever opens it has it for some minutes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from comments import claims, desk, explaining, moderation, reporting, sanctions
from comments.deeds import Done, Seen
from comments.errors import NotNowError
from comments.models import Comment, Desk, Finding, SavedText, Use, Verdict
from comments.threads import commentable

from .base import DeskRequest, desk_page, drawn, isolated, tell
from .forms import DecisionForm, MoveForm, ReplyForm, SeenForm, errors_of
from .queue import lane_of, to_comment, to_next, wanted_by


@desk_page
def comment(request: DeskRequest, key: UUID) -> HttpResponse:
    """The comment; a decision on it leads to the next one."""
    found = _found(key)
    if request.method == "POST":
        return _decided(request, found)
    if found.due_at:
        claims.claim(found, request.user)
    return _drawn(request, found)


def _decided(request: DeskRequest, comment: Comment) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _drawn(request, comment, decision=form)
    verdict, seen = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["seen"]
    done = moderation.decide([comment], verdict, by=request.user, reason=form.reason, seen=seen)
    tell(request, done)
    return _on(request, comment) if done.comments else _back(request, comment)


@desk_page
@require_POST
def skip(request: DeskRequest, key: UUID) -> HttpResponse:
    """Leave it to others, and go on."""
    found = _found(key)
    claims.release(found, request.user)
    return _on(request, found)


@desk_page
@require_POST
def take(request: DeskRequest, key: UUID) -> HttpResponse:
    """Read it instead of whoever has it."""
    found = _found(key)
    claims.claim(found, request.user, take_over=True)
    return _back(request, found)


@desk_page
@require_POST
def dispute(request: DeskRequest, key: UUID, finding: int) -> HttpResponse:
    """Say that a rule was wrong about it."""
    found = get_object_or_404(Finding.objects.select_related("comment"), pk=finding, comment=key)
    return _done(request, found.comment, lambda seen: moderation.dispute(found, by=request.user, seen=seen))


@desk_page
@require_POST
def pin(request: DeskRequest, key: UUID) -> HttpResponse:
    """Pin its thread, or no longer where it is pinned."""
    found = _found(key)
    return _done(request, found, lambda seen: moderation.pin(found, by=request.user, seen=seen))


@desk_page
@require_POST
def move(request: DeskRequest, key: UUID) -> HttpResponse:
    """Move it to the page that was chosen."""
    found = _found(key)
    form = MoveForm(request.POST, pages=_pages())
    if not form.is_valid():
        return _drawn(request, found, moving=form)
    to = form.cleaned_data["page"]
    return _done(request, found, lambda seen: moderation.move(found, to, by=request.user, seen=seen))


@desk_page
@require_POST
def reply(request: DeskRequest, key: UUID) -> HttpResponse:
    """Answer in its thread; what was typed comes back where that cannot be."""
    found = _found(key)
    form = ReplyForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            done = moderation.reply(found, wanted["text"], name=wanted["name"], by=request.user, seen=wanted["seen"])
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            tell(request, done)
            return _back(request, found)
    return _drawn(request, found, replying=form)


# --- what they share ------------------------------------------------------------------------------------------------


def _done(request: DeskRequest, comment: Comment, do: Callable[[Seen], Done]) -> HttpResponse:
    """Do it to the comment as the moderator saw it, say what became of it, and stay with it."""
    form = SeenForm(request.POST)
    if form.is_valid():
        tell(request, do(form.cleaned_data["seen"]))
    for error in errors_of(form):
        messages.error(request, f"Nothing was done. {error}")
    return _back(request, comment)


def _drawn(request: DeskRequest, comment: Comment, **forms: Any) -> HttpResponse:
    """The page, with whatever form was filled in wrongly."""
    own = Desk.objects.of(request.user)
    reports = comment.unanswered_reports  # type: ignore[attr-defined]
    weights = reporting.weights(reports)
    texts = list(SavedText.objects.all())
    context = {
        "page": "queue",
        "comment": comment,
        "own": own,
        "other": comment.claim_of_another(request.user),
        "reports": [(report, weights[report.pk]) for report in reports],
        "precedent": explaining.precedent(comment),
        "history": explaining.History.of(comment, sanctions.of_same_person(comment)),
        "decisions": comment.decisions.select_related("deed__by"),
        "earlier_texts": comment.earlier_texts.all(),
        "reasons": [text for text in texts if text.use == Use.REASON],
        "saved_replies": [text for text in texts if text.use == Use.REPLY],
        "shift": desk.Shift.of(request.user),
        "decision": DecisionForm(),
        "replying": ReplyForm(),
        "moving": MoveForm(pages=_pages()),
    }
    title = f"Comment by {isolated(comment.name or '(erased)')}"
    return drawn(request, "admin/desk_comment.html", title, **context | forms)


def _found(key: UUID) -> Comment:
    """With what the page shows of it and of what it answers."""
    found = desk.with_what_cards_show(Comment.objects.all()).prefetch_related("parent__findings")
    return get_object_or_404(found, pk=key)


def _pages() -> Any:
    return commentable().order_by("title")


def _on(request: DeskRequest, comment: Comment) -> HttpResponse:
    own = Desk.objects.of(request.user)
    return to_next(request, wanted_by(request, own), comment)


def _back(request: DeskRequest, comment: Comment) -> HttpResponse:
    return to_comment(comment, lane_of(request))
