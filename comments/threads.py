"""Where threads can be, and how the lists keep in step with the statuses of comments, in each change's transaction."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from articles.models import Page, PageQuerySet

from .models import Comment, Status, Thread


def commentable() -> PageQuerySet:
    """The live pages of the kinds that can be commented on."""
    return Page.objects.live().filter(kind__in=settings.COMMENTED_KINDS)


def settle(comments: Iterable[Comment]) -> None:
    """Make lists and counts right after the status of any of `comments` has changed; everything is counted anew."""
    changed = list(comments)
    begun = Comment.objects.filter(pk__in={comment.thread_key for comment in changed}, parent__isnull=True)
    replies = Comment.objects.approved().filter(parent=OuterRef("pk")).order_by().values("parent")
    begun.update(approved_replies=Coalesce(Subquery(replies.annotate(count=Count("pk")).values("count")), 0))
    is_shown = Q(status=Status.APPROVED) | Q(approved_replies__gt=0)
    begun.update(listed_at=Case(When(is_shown, then=F("posted_at")), default=None))
    Thread.objects.changed({comment.page_id for comment in changed})
