"""A clinician's sign-off."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from . import drafts
from .models import Action, Author, Draft, Page


def profile_of(user: User) -> Author | None:
    """The author under whose name this person signs off."""
    return Author.objects.filter(account=user.pk).first()


def sign_off(page: Page, reviewer: Author, *, due: date, by: User, began_with: str) -> Draft | None:
    """Write into the draft that `reviewer` has reviewed it today and that it is due again by `due`.

    `began_with` is the digest of the state that was read; raises drafts.ConflictError where the page has another.
    """
    data = drafts.state_of(page)
    review = {"reviewed_by": str(reviewer.pk), "reviewed_on": timezone.localdate().isoformat()}
    fields = {**data["fields"], **review, "review_due_on": due.isoformat()}
    return drafts.save_draft(
        page,
        {**data, "fields": fields},
        by=by,
        began_with=began_with,
        action=Action.SIGNED_OFF,
        note=str(reviewer),
    )
