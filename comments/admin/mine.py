"""How one moderator wants to work."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comments.desk import Shift, lanes_that_nobody_reads
from comments.models import Desk

from .base import DeskRequest, desk_page, drawn
from .forms import DeskForm


@desk_page
def mine(request: DeskRequest) -> HttpResponse:
    own = Desk.objects.of(request.user)
    form = DeskForm(request.POST if request.method == "POST" else None, instance=own)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        for lane in lanes_that_nobody_reads():
            messages.warning(request, f"Nobody reads the lane “{lane.label}” now. Please agree on who does.")
        return HttpResponseRedirect(reverse("admin:comments_mine"))
    return drawn(request, "admin/desk_mine.html", "My desk", page="mine", form=form, shift=Shift.of(request.user))
