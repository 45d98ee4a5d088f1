"""What letters lead to: an address confirmed, replies stopped, one's own comments found by e-mail."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from comments import mailing, posting, privacy
from comments.forms import AddressForm, PublicForm
from comments.guard import public
from comments.models import Comment
from comments.models.comments import has_email
from comments.tokens import author_token, read_email_token, read_replies_token

from .own import exported


@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, not the link itself: programs that check mail open links."""
    comment, form = _comment(token), PublicForm(request)
    is_done = form.is_bound and form.is_valid()
    if is_done:
        posting.confirm_email(comment, comment.email)
    context = {"comment": comment, "form": form, "is_done": is_done, "stop": reverse("comment-stop", args=[token])}
    return render(request, "comments/confirm.html", context)


@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The one form that is taken from anywhere: mail programs send it for their readers, with one click (RFC 8058).

    Of a comment that is gone nobody hears any more.
    """
    comment = _found(token)
    if request.method == "POST" and comment:
        posting.stop_replies(comment)
    context = {"comment": comment, "is_done": request.method == "POST" or comment is None}
    return render(request, "comments/stop.html", context)


@public
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a letter that leads to all comments with an address; whether there are any is told there alone."""
    form = AddressForm(request)
    is_done = form.is_bound and form.is_valid()
    if is_done:
        mailing.send_own_comments(form.cleaned_data["email"], form.sender.addresses)
    context = {"form": form, "is_done": is_done, "can_mail": mailing.is_on(), "most": mailing.MOST_TO_ONE}
    return render(request, "comments/find.html", context)


@public
def found(request: HttpRequest, token: str) -> HttpResponse:
    """All comments with the address that the letter went to: to see, to copy, to erase."""
    try:
        email = read_email_token(token)
    except BadSignature:
        return render(request, "comments/letter_over.html", status=410)
    comments = Comment.objects.filter(has_email(email)).select_related("page").order_by("-posted_at")
    if "copy" in request.GET:
        return exported(privacy.export(privacy.to_export(comments)))
    form = PublicForm(request)
    if form.is_bound and form.is_valid():
        privacy.erase(comments)
        return HttpResponseRedirect(reverse("comment-erased"))
    listed = [(comment, reverse("comment-own", args=[author_token(comment.pk)])) for comment in comments]
    return render(request, "comments/found.html", {"form": form, "comments": listed, "email": email})


def _comment(token: str) -> Comment:
    comment = _found(token)
    if comment is None:
        raise Http404
    return comment


def _found(token: str) -> Comment | None:
    """The comment that a letter was about, if it still has the address that the letter went to."""
    try:
        key, email = read_replies_token(token)
    except (BadSignature, TypeError, ValueError):
        raise Http404 from None
    return Comment.objects.select_related("page").filter(pk=key, email=email).first()
