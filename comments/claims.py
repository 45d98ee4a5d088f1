"""Who is reading what: a comment that a moderator opened is left to them for some minutes."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from .models import Comment

LASTS = timedelta(minutes=5)


def claim(comment: Comment, user: User, *, take_over: bool = False) -> bool:
    """Note that `user` reads it, unless somebody else does; whether they have it now. One statement, so that of two
    who open it at the same moment one has it. Decisions look at it again: see `deeds.doing`.
    """
    now = timezone.now()
    mine = Comment.objects.filter(pk=comment.pk)
    if not take_over:
        mine = mine.filter(Q(claimed_by=None) | Q(claimed_by=user.pk) | Q(claimed_until__lte=now))
    comment_is_mine = mine.update(claimed_by=user.pk, claimed_until=now + LASTS) == 1
    comment.refresh_from_db(fields=["claimed_by", "claimed_until"])
    return comment_is_mine


def release(comment: Comment, user: User) -> None:
    """Leave it to others again."""
    Comment.objects.filter(pk=comment.pk, claimed_by=user.pk).update(claimed_by=None, claimed_until=None)
