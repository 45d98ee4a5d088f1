"""The page of a comment that only its author knows the address of, and what can be done from there."""

from collections.abc import Callable
from typing import Any

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from comments import mailing, posting, privacy, sanctions
from comments.errors import NotNowError
from comments.forms import AddressForm, AppealForm, BodyForm, PublicForm
from comments.guard import public
from comments.judging import TOLD
from comments.models import Comment, Kind, Lane, Status, Thread
from comments.models.lanes import SPAM_LANES
from comments.tokens import author_token, read_author_token


@public
def own(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    refusal = sanctions.refusal([comment.address], comment.confirmed_email, is_confirmed=True)
    context = {
        "comment": comment,
        "token": token,
        "told": _told(comment),
        "needs_support": comment.lane == Lane.CRISIS and comment.status != Status.WITHDRAWN,
        "can_mail": mailing.is_on(),
        "can_write": Thread.objects.of(comment.page).is_open and not refusal,
        "refusal": refusal,
        "is_reported": comment.reports.unanswered().exists(),
        "sanctions": comment.sanctions.select_related("deed", "lifted").order_by("pk"),
        "moved": comment.decisions.filter(deed__kind=Kind.MOVED, deed__undone_at__isnull=True).first(),
    }
    return render(request, "comments/own.html", context)


def _told(comment: Comment) -> list[str]:
    """What the rules found that made it what it is, in words for its author."""
    found = comment.findings.filter(points__gt=0, disputed=None)
    if comment.status == Status.SPAM:
        found = found.filter(lane__in=SPAM_LANES)
    return list(dict.fromkeys(TOLD[finding.rule] for finding in found if finding.rule in TOLD))


@public
def rewrite(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    if not (comment.can_be_edited or comment.can_be_sent_again) and request.method != "POST":
        return HttpResponseRedirect(_path(comment))
    form = BodyForm(request, initial={"body": comment.body})

    def do() -> None:
        posting.rewrite(comment, form.cleaned_data["body"], sender=form.sender)

    if comment.can_be_sent_again:
        words = {
            "title": "Send it again",
            "explanation": "Change what was in the way, and send it again. A moderator will read it.",
            "button": "Send again",
        }
    else:
        words = {
            "title": "Change your comment",
            "explanation": "You can change it for 15 minutes. The changed text is checked like a new one.",
            "button": "Save",
        }
    return _deed(request, comment, form, do, words)


@public
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    words = {
        "title": "Withdraw your comment",
        "explanation": "Nobody will see it any more. You can send it again within 30 days; then it is deleted.",
        "button": "Withdraw",
    }
    return _deed(request, comment, PublicForm(request), lambda: posting.withdraw(comment), words)


@public
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    form = AppealForm(request)
    words = {
        "title": "Ask for another look",
        "explanation": "A moderator will read your comment and your reason. You can ask once.",
        "button": "Ask",
    }
    return _deed(request, comment, form, lambda: posting.appeal(comment, form.cleaned_data["why"]), words)


@public
def replies(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    form = AddressForm(request, initial={"email": comment.email})
    words = {
        "title": "Hear of replies",
        "explanation": "We write to you once to ask whether the address is yours, and then for each reply.",
        "button": "Tell me of replies",
    }

    def ask() -> None:
        posting.ask_for_replies(comment, form.cleaned_data["email"], form.sender.addresses)

    return _deed(request, comment, form, ask, words)


@public
def stop_replies(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    words = {
        "title": "No more e-mail",
        "explanation": "We will not write to you about this thread any more.",
        "button": "Stop",
    }
    return _deed(request, comment, PublicForm(request), lambda: posting.stop_replies(comment), words)


@public
def export(request: HttpRequest, token: str) -> HttpResponse:
    comments = Comment.objects.filter(pk=_comment(token).pk)
    return exported(privacy.export(privacy.to_export(comments)))


@public
def erase(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    words = {
        "title": "Erase your comment",
        "explanation": "Your words, your name and your e-mail address are deleted. If a moderator decided on it, their "
        "note of that stays: when it was, who decided, and the reason they gave. This cannot be undone.",
        "button": "Erase for good",
    }
    return _deed(
        request,
        comment,
        PublicForm(request),
        lambda: privacy.erase(Comment.objects.filter(pk=comment.pk)),
        words,
        reverse("comment-erased"),
    )


@public
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "comments/erased.html")


def exported(data: list[dict[str, Any]]) -> HttpResponse:
    """A file with what is kept about somebody."""
    headers = {"Content-Disposition": 'attachment; filename="comments.json"'}
    options = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(data, safe=False, json_dumps_params=options, headers=headers)


def _deed(
    request: HttpRequest,
    comment: Comment,
    form: PublicForm,
    do: Callable[[], Any],
    words: dict[str, str],
    leads_to: str = "",
) -> HttpResponse:
    """Ask with a form of its own, do it where the form is good, and go on, usually back to the comment's page."""
    if form.is_bound and form.is_valid():
        try:
            do()
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(leads_to or _path(comment))
    context = {"comment": comment, "form": form, "back": _path(comment), **words}
    return render(request, "comments/deed.html", context)


def _comment(token: str) -> Comment:
    try:
        found = Comment.objects.select_related("page").filter(pk=read_author_token(token)).first()
    except BadSignature:
        found = None
    if found is None or not found.name:
        raise Http404
    return found


def _path(comment: Comment) -> str:
    return reverse("comment-own", args=[author_token(comment.pk)])
