"""The comments of a page, and the form to write one."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from articles.models import Page
from comments import mailing, posting
from comments.errors import NotNowError
from comments.forms import CommentForm
from comments.guard import public
from comments.models import Comment, Thread
from comments.models.comments import PER_PAGE, comments_path
from comments.reading import Threads
from comments.tokens import FormToken, author_token

IN_FEED = 50  # comments
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def thread_list(request: HttpRequest, slug: str, model: type[Page]) -> HttpResponse:
    page = _page(model, slug)
    before = _named(request, "before", Comment.objects.filter(page=page.pk))
    return render(request, "comments/thread_list.html", {"threads": Threads.of(page, before=before)})


def thread(request: HttpRequest, slug: str, model: type[Page], begun: UUID) -> HttpResponse:
    """One thread with all replies, a page full at a time; where it was moved away from, it leads to where it is."""
    page = _page(model, slug)
    comment = Comment.objects.threads(page).filter(pk=begun).first()
    if comment is None:
        return _moved(get_object_or_404(Comment.objects.approved(), pk=begun))
    after = _named(request, "after", Comment.objects.filter(parent=comment.pk))
    at = _named(request, "at", Comment.objects.approved())
    if at and at.parent_id != comment.pk:
        return _moved(at)
    if at and (before := Comment.objects.replies_to(comment).before(at)).count() >= PER_PAGE:
        after = before.last()
    replies = list(Comment.objects.replies_to(comment, after=after)[: PER_PAGE + 1])
    context = {
        "threads": Threads(page, Thread.objects.of(page), [comment], None),
        "comment": comment,
        "replies": replies[:PER_PAGE],
        "is_first_page": after is None,
        "next": replies[PER_PAGE - 1] if len(replies) > PER_PAGE else None,
    }
    return render(request, "comments/thread.html", context)


def _moved(comment: Comment) -> HttpResponse:
    if not Page.objects.live().filter(pk=comment.page_id).exists():
        raise Http404
    return HttpResponseRedirect(comment.path)


@public
def write(request: HttpRequest, slug: str, model: type[Page], parent: UUID | None = None) -> HttpResponse:
    """The form, and what it sends; the answer to a comment that was received is its author's own page."""
    page = _page(model, slug)
    answered = get_object_or_404(Comment.objects.threads(page), pk=parent) if parent else None
    form = CommentForm(request, page=page, parent=answered)
    if form.is_bound and form.is_valid() and form.given:
        try:
            comment = _post(form, form.given)
        except NotNowError as error:
            form.refuse(str(error))
        else:
            return HttpResponseRedirect(reverse("comment-own", args=[author_token(comment.pk)]))
    context = {
        "form": form,
        "threads": Threads(page, Thread.objects.of(page), [], None),
        "answered": answered,
        "can_mail": mailing.is_on(),
    }
    return render(request, "comments/write.html", context)


def _post(form: CommentForm, token: FormToken) -> Comment:
    written = {name: form.cleaned_data[name] for name in ("name", "body", "email", "wants_replies")}
    return posting.post(form.page, parent=form.parent, form_key=token.key, sender=form.sender, **written)


def feed(request: HttpRequest, slug: str, model: type[Page]) -> HttpResponse:
    """The newest comments that readers see, as Atom."""
    page = _page(model, slug)
    here = settings.SITE_URL + comments_path(page)
    atom = Atom1Feed(
        title=f"Comments on {page.title} - {settings.SITE_NAME}",
        link=here,
        description="Experiences of readers. No editor or clinician has checked them.",
        feed_url=f"{here}feed/",
        language=settings.LANGUAGE_CODE,
    )
    for comment in Comment.objects.approved().filter(page=page.pk).order_by("-posted_at")[:IN_FEED]:
        comment.page = page
        body = render_to_string("comments/_feed_text.html", {"comment": comment})
        atom.add_item(
            title=_for_xml(f"{comment.name} on {page.title}"),
            link=settings.SITE_URL + comment.path,
            description=_for_xml(body),
            author_name=_for_xml(comment.name),
            unique_id=f"urn:uuid:{comment.pk}",
            pubdate=comment.posted_at,
            updateddate=comment.edited_at or comment.posted_at,
        )
    response = HttpResponse(content_type=atom.content_type)
    atom.write(response, "utf-8")
    return response


def _for_xml(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _page(model: type[Page], slug: str) -> Any:
    return get_object_or_404(model.objects.live(), slug=slug)


def _named(request: HttpRequest, name: str, comments: Any) -> Comment | None:
    """The comment that the address names as the place to go on from, if it names one."""
    key = request.GET.get(name)
    if key is None:
        return None
    try:
        return comments.get(pk=UUID(key))  # type: ignore[no-any-return]
    except (ValueError, Comment.DoesNotExist):
        raise Http404 from None
