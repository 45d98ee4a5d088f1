"""Who is reading what: a comment that a moderator opened is left to them for some minutes."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from .models import Comment

LASTS = timedelta(minutes=5)


def claim(comment: Comment, user: User, *, take_over: bool = False) -> None:
    """Note that `user` reads it, unless somebody else does; `comment` then says who.

    It is one statement, so that of two who open it at the same moment one has it. `deeds.doing` looks at it again.
    """
    found = Comment.objects.filter(pk=comment.pk)
    if not take_over:
        found = found.free_for(user)
    found.update(claimed_by=user.pk, claimed_until=timezone.now() + LASTS)
    comment.refresh_from_db(fields=["claimed_by", "claimed_until"])


def release(comment: Comment, user: User) -> None:
    """Leave it to others again."""
    Comment.objects.filter(pk=comment.pk, claimed_by=user.pk).update(claimed_by=None, claimed_until=None)
