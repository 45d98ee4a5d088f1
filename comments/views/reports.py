"""What readers say when they think that a comment should not stand there."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from articles.models import Page
from comments import reporting
from comments.errors import NotNowError
from comments.forms import ReportForm
from comments.guard import public
from comments.models import Comment, Complaint
from comments.models.comments import comments_path


@public
def report(request: HttpRequest, slug: str, model: type[Page], reported: UUID) -> HttpResponse:
    """The form about one comment, and what it sends."""
    page: Any = get_object_or_404(model.objects.live(), slug=slug)
    comment = get_object_or_404(Comment.objects.approved().filter(page=page.pk), pk=reported)
    form = ReportForm(request)
    if form.is_bound and form.is_valid():
        complaint = Complaint(form.cleaned_data["complaint"])
        try:
            reporting.report(comment, complaint, form.cleaned_data["note"], form.sender.addresses)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            danger = "danger/" if complaint == Complaint.DANGER else ""
            return HttpResponseRedirect(f"{comments_path(page)}reported/{danger}")
    return render(request, "comments/report.html", {"form": form, "page": page, "comment": comment})


@public
def reported(request: HttpRequest, slug: str, model: type[Page], is_danger: bool = False) -> HttpResponse:
    """Says thank you; the same whether the report was the first of its network or not."""
    page = get_object_or_404(model.objects.live(), slug=slug)
    return render(request, "comments/reported.html", {"page": page, "is_danger": is_danger})
