"""How anything is done to comments: each deed is one transaction, one `Deed`, and one line of the audit for each
comment, with where it stood before. `undoing` puts it back.

Comments carry a version. A deed leaves alone what is not what its moderator saw, and what another is reading; an undo
leaves alone what was changed since. So nobody loses anybody's work.

Threads are locked first, then comments, then deeds, so that nobody waits in a ring.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from articles.freezing import to_json
from articles.models import Action, Page

from .models import Comment, Decision, Deed, Kind, Thread, Verdict
from .models.comments import MOST_PINNED
from .records import write_down
from .threads import settle

Seen = Mapping[UUID, int]  # the version of each comment that a moderator saw

ENOUGH_PINNED = f"{MOST_PINNED} threads of its page are pinned already."
CHANGED = "It is not what it was when you opened the page: somebody changed it meanwhile."
TAKEN = "{} is reading it just now."
GONE = "It has been erased."

#: What deeds change of a comment, and undoing gives back.
FIELDS: list[Any] = [
    Comment._meta.get_field(name)
    for name in (
        *("status", "hidden_at", "reason", "lane", "points", "queued_at", "due_at", "page", "parent"),
        *("is_pinned", "redacted_at", "announced_at", "version"),
    )
]


@dataclass
class Done:
    """What became of a deed: the comments that it was done to, and why others were left alone.

    `deed` is unsaved where it was done to none.
    """

    deed: Deed
    comments: list[Comment]
    left: dict[UUID, str] = field(default_factory=dict)

    def leave(self, row: Comment, why: str) -> None:
        """Let this one be, and say why."""
        self.comments.remove(row)
        self.left[row.pk] = why


@contextmanager
def doing(
    kind: Kind,
    comments: Iterable[Comment],
    *,
    by: User | None,
    reason: str = "",
    seen: Seen | None = None,
    to_page: Page | None = None,
) -> Iterator[Done]:
    """Do something to comments: the block changes fields of `comments`, which are locked, or leaves some of them.

    Left from the start are those that are not what was `seen`, and those that another is reading. What the block
    changed is saved, noted and written down when it ends.
    """
    asked = {comment.pk: comment.page_id for comment in comments}
    with transaction.atomic():
        rows = lock(asked, {*asked.values(), *([to_page.pk] if to_page else [])})
        missing = dict.fromkeys([*asked, *(seen or ())], GONE)
        done = Done(Deed.objects.create(kind=kind, reason=reason, by=by), list(rows), missing)
        for row in rows:
            del done.left[row.pk]
            if why := why_not(row, by, seen):
                done.leave(row, why)
        before = {row.pk: copy(row) for row in done.comments}
        yield done
        if done.comments:
            _write(done, before)
        else:
            done.deed.delete()


def lock(keys: Iterable[UUID], pages: Iterable[UUID]) -> list[Comment]:
    """These comments, with their threads, those of `pages`: nobody else writes to them until the transaction ends."""
    for page in sorted(pages):
        Thread.objects.locked(page)
    rows = Comment.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).select_related("page")
    return list(rows.order_by("posted_at", "pk"))


def why_not(row: Comment, by: User | None, seen: Seen | None) -> str:
    """Why a deed must leave it alone; "" where it need not."""
    if seen is not None and seen.get(row.pk) != row.version:
        return CHANGED
    return why_taken(row, by)


def why_taken(row: Comment, by: User | None) -> str:
    other = row.claim_of_another(by)
    return TAKEN.format(other) if other else ""


def _write(done: Done, before: Mapping[UUID, Comment]) -> None:
    deed, rows = done.deed, done.comments
    changes = {}
    for row in rows:
        row.version = deed.version
        old, new = _state(before[row.pk]), _state(row)
        changes[row.pk] = {name: value for name, value in old.items() if value != new[name]}
    save(rows, changes.values())
    Decision.objects.bulk_create(
        Decision(
            deed=deed,
            comment=row,
            verdict=_verdict(deed, row, before[row.pk]),
            lane=before[row.pk].lane,
            waited=_waited(deed, before[row.pk]),
            before=changes[row.pk],
        )
        for row in rows
    )
    write_down(Action.MODERATED, deed, rows, before, by=deed.by)
    settle([*rows, *before.values()])


def _state(row: Comment) -> dict[str, Any]:
    return {one.name: to_json(one, row) for one in FIELDS}


def save(rows: list[Comment], changes: Iterable[Iterable[str]]) -> None:
    """Write what has changed, in one statement if it is the same for all of them; whoever read them is done with it."""
    names = set[str]().union(*changes)
    changed = [one for one in FIELDS if one.name in names]
    changed += [Comment._meta.get_field(name) for name in ("claimed_by", "claimed_until")]
    for row in rows:
        row.claimed_by = row.claimed_until = None
    if "parent" in names:  # a reply is in no list, and `settle` says what is
        changed.append(Comment._meta.get_field("listed_at"))
        for row in rows:
            row.listed_at = None
    if all(len({getattr(row, one.attname) for row in rows}) == 1 for one in changed):
        values = {one.attname: getattr(rows[0], one.attname) for one in changed}
        Comment.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
    else:
        Comment.objects.bulk_update(rows, [one.name for one in changed], batch_size=100)


def _verdict(deed: Deed, row: Comment, before: Comment) -> str:
    """What the deed makes of the comment as a text; "" where it says nothing of that."""
    if deed.kind in Verdict.values:
        return deed.kind
    return row.status if row.status != before.status and row.status in Verdict.values else ""


def _waited(deed: Deed, before: Comment) -> Any:
    return deed.at - before.queued_at if before.queued_at else None
