"""The queue: what waits, the most pressing first, as a list that is worked through with keys or with the mouse."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from comments import desk, moderation
from comments.desk import ALL, WAITING, Shift, Wanted
from comments.models import Comment, Desk, Lane, SavedText, Status, Use, Verdict

from .base import DeskRequest, desk_page, drawn, tell
from .forms import DecisionForm, errors_of

#: Whatever is pending waits, so it is no choice of its own.
_OTHERS = {status.value: status.label for status in Status if status != Status.PENDING}
STATUSES = {WAITING: "Waiting", **_OTHERS, ALL: "All"}


@desk_page
def queue(request: DeskRequest) -> HttpResponse:
    return _decided(request) if request.method == "POST" else _drawn(request)


def _drawn(request: DeskRequest, chosen: Collection[str] = ()) -> HttpResponse:
    """The list, with what was chosen in it; past its end, its first page."""
    own = Desk.objects.of(request.user)
    wanted, number = wanted_by(request, own), _number(request)
    comments, has_more = wanted.page(number)
    if not comments and number > 1:
        first_page = request.GET.copy()
        del first_page["page"]
        return redirect(f"{request.path}?{first_page.urlencode()}")
    context = {
        "page": "queue",
        "own": own,
        "wanted": wanted,
        "lanes": desk.lanes(own.skipped),
        "unread": desk.lanes_that_nobody_reads(),
        "statuses": STATUSES,
        "comments": comments,
        "chosen": chosen,
        "reasons": SavedText.objects.filter(use=Use.REASON),
        "shift": Shift.of(request.user),
        "number": number,
        "has_more": has_more,
    }
    return drawn(request, "admin/desk_queue.html", "Comments", **context)


def _decided(request: DeskRequest) -> HttpResponse:
    """Do it, and lead back to the same list, to the comment that was behind."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        for error in errors_of(form):
            messages.error(request, f"Nothing was decided. {error}")
        return _drawn(request, request.POST.getlist("seen"))
    verdict, seen = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["seen"]
    comments = Comment.objects.filter(pk__in=seen)
    tell(request, moderation.decide(comments, verdict, by=request.user, reason=form.reason, seen=seen))
    return HttpResponseRedirect(f"{request.get_full_path()}#{request.POST.get('behind', '')}")


@desk_page
def first(request: DeskRequest) -> HttpResponse:
    """One comment at a time, from the first that waits."""
    own = Desk.objects.of(request.user)
    return to_next(request, wanted_by(request, own), None)


def to_next(request: DeskRequest, wanted: Wanted, comment: Comment | None) -> HttpResponse:
    """On to what waits behind `comment`, or to the queue where nothing does."""
    behind = wanted.next_after(comment, request.user)
    if behind:
        return to_comment(behind, wanted.lane)
    messages.info(request, "Nothing else waits here.")
    return HttpResponseRedirect(reverse("admin:comments_comment_changelist") + _in(wanted.lane))


def to_comment(comment: Comment, lane: str) -> HttpResponse:
    """Its page, from which the way leads on in the lane, if any."""
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]) + _in(lane))


def _in(lane: str) -> str:
    return f"?lane={lane}" if lane else ""


def wanted_by(request: DeskRequest, own: Desk) -> Wanted:
    """What the address asks for; what it says wrongly is left out."""
    status = request.GET.get("status", WAITING)
    return Wanted(
        status=status if status in STATUSES else WAITING,
        lane=lane_of(request),
        search=request.GET.get("q", "").replace("\0", "").strip()[:100],
        has_appeal="appealed" in request.GET,
        skipped=tuple(own.skipped),
    )


def lane_of(request: DeskRequest) -> str:
    """The lane that the address names, "" where it names none."""
    lane = request.GET.get("lane", "")
    return lane if lane in Lane.values else ""


def _number(request: DeskRequest) -> int:
    number = request.GET.get("page", "1")
    return max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
