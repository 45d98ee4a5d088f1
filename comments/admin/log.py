"""What was done at the desk, the latest first; each deed that stands can be undone by any moderator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from comments import undoing
from comments.models import Decision, Deed, Kind
from comments.templatetags.desk import card_id

from .base import DeskRequest, desk_page, drawn, tell

PER_PAGE = 50
NAMED = 3  # comments of each deed


@desk_page
def log(request: DeskRequest) -> HttpResponse:
    named = Decision.objects.select_related("comment__page").order_by("pk")[:NAMED]
    done = Deed.objects.select_related("by", "undone_by").counted()
    done = done.prefetch_related(Prefetch("decisions", named, to_attr="named"))
    page = Paginator(done, PER_PAGE).get_page(request.GET.get("page"))
    return drawn(request, "admin/desk_log.html", "What was done", page="log", deeds=page, final=[Kind.REDACTED])


@desk_page
@require_POST
def undo(request: DeskRequest, deed: int) -> HttpResponse:
    """Undo it, and lead back to where the button stood, to the comment that is there again."""
    found = get_object_or_404(Deed, pk=deed)
    card = ""
    try:
        done = undoing.undo(found, by=request.user)
    except undoing.UndoError as error:
        messages.error(request, str(error))
    else:
        tell(request, done, "Undone: ")
        card = "".join(f"#{card_id(comment)}" for comment in done.comments[:1])
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect((back if is_ours else reverse("admin:comments_log")) + card)
