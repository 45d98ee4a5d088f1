"""How deeds are undone: all that a deed changed and brought into the world is put back to where it was."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from copy import copy
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Action

from . import mailing
from .deeds import ENOUGH_PINNED, FIELDS, Done, lock, save, why_taken
from .models import Comment, Decision, Deed, Finding, Kind, Report, RuleBook, Sanction
from .models.comments import MOST_PINNED, new_version
from .records import rules_written_down, write_down, write_down_sanction
from .threads import settle
from .training import retrain

WORDS_ARE_GONE = "Words that were taken out are kept nowhere, so nothing can put them back from here."
TORN = "Its thread has changed since. Move it by hand."
BUILT_UPON = "Later changes of the rules build on it: undo those first."
CHANGED_SINCE = "It has been changed since."

Decisions = Mapping[UUID, Decision]


class UndoError(Exception):
    """It cannot be undone; the message says why."""


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
    if deed.kind == Kind.TUNED:
        RuleBook.objects.lock()
    rows = lock(*_touched(deed))
    deed = Deed.objects.select_for_update(of=("self",)).get(pk=deed.pk)
    if deed.undone_at:
        raise UndoError("It has been undone before.")
    decisions = {decision.comment_id: decision for decision in deed.decisions.all()}
    done = _what_can_be(deed, [row for row in rows if row.pk in decisions], decisions, by)
    if done.left:
        deed = done.deed = _part(deed, done.comments)
    deed.undone_at, deed.undone_by = timezone.now(), by
    with rules_written_down(Action.UNDONE, deed, by=by) if deed.kind == Kind.TUNED else nullcontext():
        deed.save(update_fields=["undone_at", "undone_by"])
    _give_back(done, decisions)
    _take_back(deed, has_comments=bool(done.comments))
    if any(decision.verdict for decision in decisions.values()):
        retrain.enqueue()
    return done


def _touched(deed: Deed) -> tuple[Collection[UUID], Collection[UUID]]:
    """Its comments, and the pages that these stand on or stood on. They are locked before the deed, as everywhere."""
    found = list(deed.decisions.values_list("comment", "comment__page", "before__page"))
    pages = {page for _, page, _ in found} | {UUID(old) for _, _, old in found if old}
    return [comment for comment, _, _ in found], pages


def _what_can_be(deed: Deed, rows: list[Comment], decisions: Decisions, by: User | None) -> Done:
    """Which of `rows` are still as the deed left them, and can be again what they were."""
    done = Done(deed, list(rows))
    for row in rows:
        if why := _why_not(row, deed, decisions[row.pk], by):
            done.leave(row, why)
    _leave_what_cannot_be_pinned(done, decisions)
    if done.left and not done.comments and not _sanctions_by(deed).exists():
        raise UndoError(" ".join(dict.fromkeys(done.left.values())))
    if deed.kind == Kind.MOVED and (done.left or _would_be_torn(rows, decisions)):
        raise UndoError(TORN)
    if deed.kind == Kind.TUNED and RuleBook.objects.in_force() != deed.rule_book:
        raise UndoError(BUILT_UPON)
    return done


def _why_not(row: Comment, deed: Deed, decision: Decision, by: User | None) -> str:
    if deed.kind != Kind.REPLIED and _changed_nothing(decision):
        return ""
    return why_taken(row, by) if _is_as_left(row, deed) else CHANGED_SINCE


def _changed_nothing(decision: Decision) -> bool:
    """Whether the comment got a new version and nothing else, as from a warning to its author."""
    return not decision.before.keys() - {"version"}


def _is_as_left(row: Comment, deed: Deed) -> bool:
    """Whether nothing was done to it since but what changed nothing or was undone: its versions lead back there."""
    version = row.version
    while version != deed.version:
        later = row.decisions.filter(deed__version=version).select_related("deed").first()
        if later is None or not (later.deed.undone_at or _changed_nothing(later)):
            return False
        version = later.before["version"]
    return True


def _leave_what_cannot_be_pinned(done: Done, decisions: Decisions) -> None:
    """Threads that would be pinned again, on a page where others have taken their place."""
    returning = [row for row in done.comments if decisions[row.pk].before.get("is_pinned")]
    if not returning:
        return
    others = Comment.objects.pinned().exclude(pk__in=[row.pk for row in returning])
    pinned = Counter(map(str, others.order_by().values_list("page", flat=True)))
    for row in returning:
        page = decisions[row.pk].before.get("page", str(row.page_id))
        if pinned[page] >= MOST_PINNED:
            done.leave(row, ENOUGH_PINNED)
        else:
            pinned[page] += 1


def _sanctions_by(deed: Deed) -> QuerySet[Sanction]:
    """What it imposed or lifted, which can be taken back whatever became of comments."""
    return Sanction.objects.filter(Q(deed=deed) | Q(lifted=deed))


def _would_be_torn(rows: Iterable[Comment], decisions: Decisions) -> bool:
    """Whether a thread that is moved back would leave replies behind, or find the one that it answered gone."""
    if Comment.objects.filter(parent__in=rows).exclude(pk__in=decisions).exists():
        return True
    answered = {one.before["parent"]: one.before["page"] for one in decisions.values() if one.before.get("parent")}
    found = Comment.objects.filter(pk__in=answered, parent=None).values_list("pk", "page")
    return {str(key): str(page) for key, page in found} != answered


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


def _give_back(done: Done, decisions: Decisions) -> None:
    before = {row.pk: copy(row) for row in done.comments}
    if done.deed.kind == Kind.REPLIED:
        write_down(Action.UNDONE, done.deed, done.comments, before, by=done.deed.undone_by)
        Comment.objects.filter(pk__in=before).delete()
        settle(before.values())
    elif done.comments:
        given = {row.pk: _give_back_one(row, done.deed, decisions[row.pk]) for row in done.comments}
        save(done.comments, given.values())
        write_down(Action.UNDONE, done.deed, done.comments, before, by=done.deed.undone_by)
        settle([*done.comments, *before.values()])
        mailing.announce_again(done.comments)


def _give_back_one(row: Comment, deed: Deed, decision: Decision) -> list[str]:
    """Set what the deed changed to what it was, unsaved; returns the names of these fields."""
    given = []
    for one in (one for one in FIELDS if one.name in decision.before):
        if one.name == "version" and row.version != deed.version:
            continue  # nothing but a version was given, and what came later has another
        if one.name == "announced_at" and mailing.is_under_way(row):
            continue  # nobody is told of the same reply twice
        value = decision.before[one.name]
        setattr(row, one.attname, None if value is None else one.to_python(value))
        given.append(one.name)
    if given and "version" not in given:  # whoever saw it as it was until now has seen something else
        row.version = new_version()
        given.append("version")
    return given


def _take_back(deed: Deed, *, has_comments: bool) -> None:
    """What else the deed brought into the world; a rule book stays, as one of a deed that was undone."""
    imposed, lifted = Sanction.objects.filter(deed=deed), Sanction.objects.filter(lifted=deed)
    if not has_comments:
        changes = [
            *((sanction, sanction.get_measure_display(), "Undone") for sanction in imposed),
            *((sanction, "Lifted", sanction.get_measure_display()) for sanction in lifted),
        ]
        for sanction, before, after in changes:
            write_down_sanction(Action.UNDONE, deed, sanction, before, after, by=deed.undone_by)
    Report.objects.filter(settled=deed).update(settled=None)
    Finding.objects.filter(disputed=deed).update(disputed=None)
    imposed.delete()
    lifted.update(lifted=None)
