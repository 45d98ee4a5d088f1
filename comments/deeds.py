"""How anything is done to comments, and undone: each deed is one transaction, one `Deed`, and one line of the audit for
each comment, with where it stood before.

Comments carry a version. A deed leaves alone what is not what its moderator saw, and what another is reading; an undo
leaves alone what was changed since. So nobody loses anybody's work.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.auditing import record_all
from articles.freezing import to_json
from articles.models import Action, AuditEntry, Page

from .models import Comment, Decision, Deed, Finding, Kind, Report, RuleBook, Sanction, Status, Thread, Verdict
from .rules.book import Book
from .threads import settle
from .training import retrain

Seen = Mapping[UUID, int]  # the version of each comment that a moderator saw

CHANGED = "It is not what it was when you opened the page: somebody changed it meanwhile."
TAKEN = "{} is reading it just now."
GONE = "It has been erased."
WORDS_ARE_GONE = "Words that were taken out are kept nowhere, so nothing can put them back from here."

#: What deeds change of a comment, and undoing gives back.
_FIELDS: list[Any] = [
    Comment._meta.get_field(name)
    for name in (
        *("status", "hidden_at", "reason", "lane", "points", "queued_at", "due_at", "page", "parent"),
        *("is_pinned", "redacted_at", "announced_at", "version"),
    )
]


class UndoError(Exception):
    """It cannot be undone; the message says why."""


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
        rows = _lock(asked, {*asked.values(), *([to_page.pk] if to_page else [])})
        done = Done(Deed.objects.create(kind=kind, reason=reason, by=by), list(rows), dict.fromkeys(asked, GONE))
        for row in rows:
            del done.left[row.pk]
            if why := _why_not(row, by, seen):
                done.leave(row, why)
        before = {row.pk: copy(row) for row in done.comments}
        yield done
        if done.comments:
            _write(done, before)
        else:
            done.deed.delete()


def _lock(keys: Iterable[UUID], pages: Iterable[UUID]) -> list[Comment]:
    """These comments, with their threads, those of `pages`: nobody else writes to them until the transaction ends."""
    for page in sorted(pages):
        Thread.objects.locked(page)
    rows = Comment.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).select_related("page")
    return list(rows.order_by("posted_at", "pk"))


def _why_not(row: Comment, by: User | None, seen: Seen | None) -> str:
    """Why a deed must leave it alone; "" where it need not."""
    if seen is not None and seen.get(row.pk) != row.version:
        return CHANGED
    other = row.claim_of_another(by)
    return TAKEN.format(other) if other else ""


def _write(done: Done, before: Mapping[UUID, Comment]) -> None:
    deed, rows = done.deed, done.comments
    changes = {}
    for row in rows:
        row.version = deed.version
        old, new = _state(before[row.pk]), _state(row)
        changes[row.pk] = {name: value for name, value in old.items() if value != new[name]}
    _save(rows, changes.values())
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
    return {one.name: to_json(one, row) for one in _FIELDS}


def _save(rows: list[Comment], changes: Iterable[Iterable[str]]) -> None:
    """Write what has changed, in one statement if it is the same for all of them; whoever read them is done with it."""
    names = set[str]().union(*changes)
    changed = [one for one in _FIELDS if one.name in names]
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


# --- undoing --------------------------------------------------------------------------------------------------------


def undo(deed: Deed, *, by: User | None) -> Done:
    """Put everything back to where it stood before the deed; for comments that were changed since, the deed stands.

    Raises UndoError, with nothing written, where it was undone before, cannot be, or nothing is left to undo.
    """
    if deed.kind == Kind.REDACTED:
        raise UndoError(WORDS_ARE_GONE)
    return put_back(deed, by=by)


@transaction.atomic
def put_back(deed: Deed, *, by: User | None) -> Done:
    """Undo any deed, as far as what it changed is kept: `redaction.restore` brings the words."""
    deed = Deed.objects.select_for_update(of=("self",)).get(pk=deed.pk)
    if deed.undone_at:
        raise UndoError("It has been undone before.")
    decisions = {decision.comment_id: decision for decision in deed.decisions.select_related("comment")}
    pages = {decision.comment.page_id for decision in decisions.values()}
    old_pages = {UUID(decision.before["page"]) for decision in decisions.values() if "page" in decision.before}
    done = Done(deed, _lock(decisions, pages | old_pages))
    for row in list(done.comments):
        if why := _why_not(row, by, {row.pk: deed.version}):
            done.leave(row, why)
    if decisions and not done.comments:
        raise UndoError("It has been changed since; there is nothing left to undo.")
    if done.left:
        deed = done.deed = _part(deed, done.comments)
    deed.undone_at, deed.undone_by = timezone.now(), by
    deed.save(update_fields=["undone_at", "undone_by"])
    _give_back(done, decisions)
    if lifted := None if decisions else deed.lifted.first():
        write_down_lifting(Action.UNDONE, deed, lifted, by=by)
    with rules_written_down(Action.UNDONE, deed, by=by) if deed.kind == Kind.TUNED else nullcontext():
        _take_back(deed)
    if any(decision.verdict for decision in decisions.values()):
        retrain.enqueue()
    return done


def _part(deed: Deed, rows: Iterable[Comment]) -> Deed:
    """What was done to `rows`, as a deed of its own, with all that came of it; the rest of the deed stands."""
    part = copy(deed)
    part.pk = None
    part.save(force_insert=True)
    deed.decisions.filter(comment__in=rows).update(deed=part)
    Report.objects.filter(settled=deed, comment__in=rows).update(settled=part)
    Finding.objects.filter(disputed=deed, comment__in=rows).update(disputed=part)
    Sanction.objects.filter(deed=deed).update(deed=part)
    Sanction.objects.filter(lifted=deed).update(lifted=part)
    return part


def _give_back(done: Done, decisions: Mapping[UUID, Decision]) -> None:
    before = {row.pk: copy(row) for row in done.comments}
    if done.deed.kind == Kind.REPLIED:
        write_down(Action.UNDONE, done.deed, done.comments, before, by=done.deed.undone_by)
        Comment.objects.filter(pk__in=before).delete()
        settle(before.values())
        return
    for row in done.comments:
        old = decisions[row.pk].before
        for one in (one for one in _FIELDS if one.name in old):
            value = old[one.name]
            setattr(row, one.attname, None if value is None else one.to_python(value))
    if done.comments:
        _save(done.comments, (decisions[row.pk].before for row in done.comments))
        write_down(Action.UNDONE, done.deed, done.comments, before, by=done.deed.undone_by)
        settle([*done.comments, *before.values()])


def _take_back(deed: Deed) -> None:
    """What else the deed brought into the world."""
    Report.objects.filter(settled=deed).update(settled=None)
    Finding.objects.filter(disputed=deed).update(disputed=None)
    Sanction.objects.filter(deed=deed).delete()
    Sanction.objects.filter(lifted=deed).update(lifted=None)
    RuleBook.objects.filter(deed=deed).delete()


# --- the audit ------------------------------------------------------------------------------------------------------


def write_down(
    action: Action, deed: Deed, rows: Iterable[Comment], before: Mapping[UUID, Comment], *, by: User | None
) -> None:
    """One line of the audit for each comment. It names nobody who wrote one, and holds no word of theirs."""
    rules: dict[UUID, list[str]] = {}
    found = Finding.objects.filter(comment__in=list(before)).order_by("comment", "rule")
    for comment, rule in found.values_list("comment", "rule").distinct():
        rules.setdefault(comment, []).append(rule)
    entries = [
        AuditEntry(
            action=action,
            page_id=row.page_id,
            page_title=row.page.title,
            subject=f"comment {row.pk}",
            rule=", ".join(rules.get(row.pk, []))[:100],
            before=standing(before[row.pk]),
            after=standing(row),
            note=_note(deed),
        )
        for row in rows
    ]
    record_all(entries, by=by)


def _note(deed: Deed) -> str:
    return f"{deed.get_kind_display()}: {deed.reason}" if deed.reason else deed.get_kind_display()


@contextmanager
def rules_written_down(action: Action, deed: Deed, *, by: User | None) -> Iterator[None]:
    """One line of the audit for what the block changes of the rules in force."""
    before = Book.in_force()
    yield
    gone, new = Book.in_force().compared(before)
    line = AuditEntry(action=action, subject=rules_subject(deed), before=gone, after=new, note=_note(deed))
    record_all([line], by=by)


def write_down_lifting(action: Action, deed: Deed, sanction: Sanction, *, by: User | None) -> None:
    """The line of the audit for a sanction whose comment has been erased."""
    measure = sanction.get_measure_display()
    before, after = (measure, "Lifted") if action == Action.MODERATED else ("Lifted", measure)
    subject = f"sanction {sanction.pk}"
    record_all([AuditEntry(action=action, subject=subject, before=before, after=after, note=_note(deed))], by=by)


def rules_subject(deed: Deed) -> str:
    """What the audit calls a change of the rules."""
    return f"rules {deed.pk}"


def standing(row: Comment) -> str:
    """Where a comment stands, in words."""
    facts = [Status(row.status).label, f"lane {row.get_lane_display()}", f"on {row.page.path}"]
    facts += ["pinned"] * row.is_pinned + ["waits"] * (row.due_at is not None)
    return ", ".join(facts)
