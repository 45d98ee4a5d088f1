"""A clinician's sign-off: it is given for the text that was read, and it goes when that text changes unpublished."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from . import publishing
from .freezing import Frozen, are_equal
from .models import Action, Author, Draft, Page

SIGN_OFF = ("reviewed_by", "reviewed_on")
NOT_TEXT = (*SIGN_OFF, "review_due_on")


def profile_of(user: User) -> Author | None:
    """The author under whose name this person signs off."""
    return Author.objects.filter(account=user.pk).first()


def sign_off(page: Page, reviewer: Author, *, due: date, by: User, began_with: str) -> Draft | None:
    """Write into the draft that `reviewer` has reviewed it today and that it is due again by `due`.

    `began_with` is the digest of the state that was read; raises publishing.ConflictError where the page has another.
    """
    data = publishing.state_of(page)
    review = {"reviewed_by": str(reviewer.pk), "reviewed_on": timezone.localdate().isoformat()}
    fields = {**data["fields"], **review, "review_due_on": due.isoformat()}
    return publishing.save_draft(
        page,
        {**data, "fields": fields},
        by=by,
        began_with=began_with,
        action=Action.SIGNED_OFF,
        note=str(reviewer),
    )


def without_outdated(page: Page, data: Frozen) -> Frozen:
    """`data` without a sign-off that readers have not seen yet, if it was given for another text than this one."""
    live = page.live_revision.data["fields"] if page.live_revision else {}
    seen = {name: live.get(name) for name in SIGN_OFF}
    is_new = any(data["fields"][name] != seen[name] for name in SIGN_OFF)
    if not is_new or are_equal(_text(publishing.state_of(page)), _text(data)):
        return data
    return {**data, "fields": {**data["fields"], **seen}}


def _text(data: Frozen) -> Frozen:
    return {**data, "fields": {name: value for name, value in data["fields"].items() if name not in NOT_TEXT}}
