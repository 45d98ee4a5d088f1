import secrets
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Upper
from django.utils import timezone

from articles.models import Page
from articles.models.base import Identified, is_one_of

from .lanes import Lane

EDITING_TIME = timedelta(minutes=15)
MOST_TEXTS = 10  # how often one comment may be written anew
LONGEST = 5000  # characters
PER_PAGE = 20  # threads
MOST_PINNED = 3  # threads of one page
REPLIES_SHOWN = 3  # below each
LONGEST_REASON = 300  # characters; what a moderator tells an author


class Status(models.TextChoices):
    PENDING = "pending", "Waiting"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SPAM = "spam", "Spam"
    WITHDRAWN = "withdrawn", "Withdrawn"


HIDDEN = (Status.REJECTED, Status.SPAM, Status.WITHDRAWN)


def has_email(email: str) -> Q:
    """Of comments with that e-mail address, in capitals or not.

    It is compared as ASCII: outside it, databases take other letters to be the same (PostgreSQL i and ı), and whose
    address looks like another's would be taken for them.
    """
    return Q(email__iexact=email, email__regex="^[ -~]+$") if email.isascii() else Q(email=email)


def comments_path(page: Page) -> str:
    """Where the comments of a page are, and what is below."""
    return f"{page.path}comments/"


def new_version() -> int:
    """A number that no state of a comment had before; it is drawn by lot, so that an undo can give the old one back."""
    return secrets.randbits(53)


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> Self:
        return self.filter(status=Status.APPROVED)

    def waiting(self) -> Self:
        """What a moderator is to read: new comments that were held, and shown ones that were reported."""
        return self.filter(due_at__isnull=False)

    def free_for(self, user: Any) -> Self:
        """What nobody but `user` reads just now; see `claim_of_another`."""
        return self.filter(Q(claimed_by=None) | Q(claimed_by=user.pk) | Q(claimed_until__lte=timezone.now()))

    def pinned(self) -> Self:
        """What begins the threads that readers see above the others."""
        return self.filter(is_pinned=True, listed_at__isnull=False)

    def threads(self, page: Page, *, before: "Comment | None" = None) -> Self:
        """What begins each thread below `page`, the pinned first, then the newest, from `before` on downwards."""
        begun = self.filter(page=page.pk, listed_at__isnull=False).order_by("-is_pinned", "-listed_at", "-pk")
        if before is None:
            return begun
        older = Q(listed_at__lt=before.posted_at) | Q(listed_at=before.posted_at, pk__lt=before.pk)
        if before.is_pinned:
            return begun.filter(older | Q(is_pinned=False))
        return begun.filter(older, is_pinned=False, listed_at__lte=before.posted_at)

    def replies_to(self, begun: "Comment", *, after: "Comment | None" = None) -> Self:
        """What readers see below `begun`, the oldest first, from `after` on downwards."""
        replies = self.approved().filter(parent=begun.pk).order_by("posted_at", "pk")
        if after is None:
            return replies
        newer = Q(posted_at__gt=after.posted_at) | Q(posted_at=after.posted_at, pk__gt=after.pk)
        return replies.filter(newer, posted_at__gte=after.posted_at)

    def before(self, comment: "Comment") -> Self:
        """Those of replies in their order that come before `comment`."""
        return self.filter(Q(posted_at__lt=comment.posted_at) | Q(posted_at=comment.posted_at, pk__lt=comment.pk))

    def with_first_replies(self) -> Self:
        """Each with the keys of the oldest few replies that readers see, `reply_0` and so on, null where there is none.

        A window over all replies, which prefetching a slice makes, would read each of them.
        """
        replies = Comment.objects.approved().filter(parent=OuterRef("pk")).order_by("posted_at", "pk").values("pk")
        return self.annotate(**{f"reply_{n}": Subquery(replies[n : n + 1]) for n in range(REPLIES_SHOWN)})


class Comment(Identified):
    """What a reader wrote below a page. It begins a thread or answers one, and is shown as written or not at all."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    name = models.CharField(max_length=80)
    body = models.TextField("text", max_length=LONGEST)
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)  # since when it is withdrawn, rejected or spam

    #: Of a comment that begins a thread readers see: when it was posted. Else null. Both flag and order of the lists.
    listed_at = models.DateTimeField(null=True, editable=False)
    approved_replies = models.PositiveIntegerField(default=0, editable=False)

    is_pinned = models.BooleanField(default=False)  # its thread stands above the others
    is_by_staff = models.BooleanField(default=False)  # a moderator wrote it, as one
    redacted_at = models.DateTimeField(null=True, blank=True)  # when a moderator last took words out of it

    lane = models.CharField(max_length=20, choices=Lane, default=Lane.NEW)
    points = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField("waits since", null=True, blank=True)  # while it waits for a moderator
    due_at = models.DateTimeField("to be read by", null=True, blank=True)  # likewise
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)  # nobody else decides on it until then
    version = models.PositiveBigIntegerField(default=new_version, editable=False)  # another one after each change
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)  # of the last decision, in words for the author
    appeal = models.TextField(max_length=1000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)

    email = models.EmailField("e-mail", blank=True)
    wants_replies = models.BooleanField(default=False)
    email_given_at = models.DateTimeField(null=True, blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)  # when those who wait for replies were told of it

    address = models.CharField(max_length=64, blank=True)  # keyed hash of the network address; forgotten in time
    form_key = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 - of the form that sent it

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at"]
        permissions = [("moderate_comment", "Can approve and reject comments")]
        constraints = [
            is_one_of("status", Status, name="comment_status"),
            is_one_of("lane", Lane, name="comment_lane"),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN) | (~Q(body="") & ~Q(name="")), name="comment_has_name_and_text"
            ),
            models.CheckConstraint(
                condition=Q(listed_at__isnull=True) | Q(parent__isnull=True, listed_at=F("posted_at")),
                name="comment_listed_begins_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HIDDEN, hidden_at__isnull=False)
                | ~Q(status__in=HIDDEN) & Q(hidden_at__isnull=True),
                name="comment_hidden_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="comment_answers_another"),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True, due_at__isnull=True)
                | Q(queued_at__isnull=False, due_at__isnull=False) & ~Q(status__in=HIDDEN),
                name="comment_waits_until_due",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True) | Q(claimed_until__isnull=False), name="comment_claim_ends"
            ),
            models.CheckConstraint(
                condition=Q(is_pinned=False) | Q(parent__isnull=True), name="comment_pinned_begins_a_thread"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(approved_replies=0), name="comment_threads_have_two_levels"
            ),
        ]
        indexes = [
            models.Index(fields=["page", "-is_pinned", "-listed_at", "-id"], name="comment_threads"),
            models.Index(fields=["parent", "status", "posted_at", "id"], name="comment_replies"),
            models.Index(fields=["page", "status", "-posted_at"], name="comment_newest"),
            models.Index(fields=["lane", "due_at", "id"], name="comment_queue", condition=Q(due_at__isnull=False)),
            models.Index(fields=["status", "-posted_at", "id"], name="comment_statuses"),
            models.Index(fields=["-posted_at", "id"], name="comment_posted"),
            models.Index(fields=["address", "status"], name="comment_address"),
            models.Index(Upper("email"), name="comment_email"),  # as iexact compares it
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:60]}"

    @property
    def is_shown(self) -> bool:
        """Whether readers see its text; of what was answered and is not shown, they see that it was there."""
        return self.status == Status.APPROVED

    @property
    def thread_key(self) -> UUID:
        """Of the comment that begins its thread."""
        return self.parent_id or self.pk

    @property
    def waits_in_crisis(self) -> bool:
        """Whether somebody who may be in danger waits for a moderator."""
        return self.lane == Lane.CRISIS and self.due_at is not None

    @property
    def confirmed_email(self) -> str:
        """The e-mail address, if it is known to belong to whoever wrote this; else "": anybody can give another's."""
        return self.email if self.email_confirmed_at else ""

    @property
    def edit_until(self) -> datetime:
        return self.posted_at + EDITING_TIME

    @property
    def can_be_edited(self) -> bool:
        return self.status in {Status.PENDING, Status.APPROVED} and timezone.now() < self.edit_until

    @property
    def can_be_sent_again(self) -> bool:
        return self.status in HIDDEN and bool(self.body)

    @property
    def can_be_appealed(self) -> bool:
        return self.status in {Status.REJECTED, Status.SPAM} and self.appealed_at is None

    @property
    def path(self) -> str:
        """Where it can be read in its thread."""
        place = f"?at={self.pk}" if self.parent_id else ""
        return f"{comments_path(self.page)}{self.thread_key}/{place}#comment-{self.pk}"

    def claim_of_another(self, user: Any) -> Any:
        """Who reads it just now, if that is somebody else than `user`; else None."""
        is_claimed = self.claimed_until is not None and self.claimed_until > timezone.now()
        return self.claimed_by if is_claimed and (user is None or self.claimed_by_id != user.pk) else None

    def queue(self, within: timedelta) -> None:
        """Put it before moderators, unsaved: it is to be read within that time."""
        now = timezone.now()
        self.queued_at = self.queued_at or now
        self.due_at = now + within if self.due_at is None else min(self.due_at, now + within)

    def unqueue(self) -> None:
        """Take it out of the queue, unsaved."""
        self.queued_at = self.due_at = None

    def place(self, status: Status, at: datetime | None = None) -> None:
        """Give it this status, unsaved, and note that it is hidden for that since `at`, or since now.

        What readers do not see is pinned no longer.
        """
        if status not in HIDDEN:
            self.hidden_at = None
        elif self.status != status or self.hidden_at is None:
            self.hidden_at = at or timezone.now()
        self.status = status
        self.is_pinned = self.is_pinned and self.is_shown
