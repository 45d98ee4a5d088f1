"""Words that a moderator takes out of a comment, and out of all that is kept with it: a telephone number, a name.

Nothing that is stored says afterwards what they were, so the ordinary undo cannot bring them back. For some minutes a
signed text can, which stands in the moderator's own page and nowhere else. The audit alone is never changed.

A moderator may have repeated the words in a reason. They go from it wherever it is kept: with all comments that it was
given for, and with what an undo split off.

Deleted text would stay readable in SQLite's file: `secure_delete` overwrites it there, and the write-ahead log is
emptied after each redaction, or some minutes later. PostgreSQL overwrites it when it vacuums; backups keep it for as
long as they are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core import signing
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import AuditEntry

from .deeds import GONE, Done, Seen, doing
from .judging import Reading, findings_of, fingerprint
from .models import Arrival, Comment, Complaint, Decision, Deed, EarlierText, Finding, Kind, Report, Sanction, Thread
from .phrases import holds, normal, without_phrases
from .reporting import weigh_again
from .rules.book import Book
from .rules.circumstances import ABOUT_SENDING
from .rules.learned import Learned
from .training import retrain
from .undoing import UndoError, put_back
from .write_ahead import empty_log

SHORTEST = 2  # characters of a phrase: one letter would leave nothing readable
MOST = 20  # phrases at once
LASTS = timedelta(minutes=10)  # how long words can be put back

TOO_OLD = "The words were taken out more than ten minutes ago. They are gone for good."
FORGED = "This is not what the page held when the words were taken out."
NOT_YOURS = "Somebody else took these words out; nobody but they can put them back."

_SALT = "comments.redaction"
_OF_FINDINGS = ("id", "rule", "lane", "points", "why", "start", "end", "disputed_id")


class PhraseError(Exception):
    """Nothing was taken out; the message says which phrase is in the way, and why."""


@dataclass(frozen=True)
class Place:
    """Where words are kept: a column of a row, or what stands there in a JSON object under `key`."""

    row: models.Model
    name: str
    key: str = ""

    @property
    def column(self) -> tuple[str, str, str]:
        """Which one it is, as JSON can say it."""
        return self.row._meta.label, str(self.row.pk), self.name

    @property
    def value(self) -> Any:
        return getattr(self.row, self.name)

    @property
    def text(self) -> str:
        return str(self.value[self.key] if self.key else self.value)

    def without(self, phrases: Iterable[str]) -> Any:
        """Its value without these, and no longer than its column: a mark may be longer than the words were."""
        field = (Comment if self.key else self.row)._meta.get_field(self.key or self.name)
        longest = field.max_length if isinstance(field, models.CharField) else None
        text = without_phrases(self.text, phrases)[:longest]
        return {**self.value, self.key: text} if self.key else text


@transaction.atomic
def redact(
    comment: Comment, phrases: Iterable[str], *, by: User, reason: str = "", seen: Seen | None = None
) -> tuple[Done, str]:
    """Replace each phrase by `[removed]` in all that is kept with the comment, and judge anew what is left of it.

    That it told who or where somebody is, as readers reported, is answered by it: they were right.

    Returns with the deed what `restore` takes, "" where the comment was left alone. Raises PhraseError, with nothing
    written, where a phrase is too short or stands nowhere, or the reason holds one: the audit keeps that for good.
    """
    wanted = list(dict.fromkeys(normal(phrase) for phrase in phrases))
    _refuse(wanted, reason)
    token, reasons = "", _reasons_with(wanted, comment)
    _lock_threads(Q(pk=comment.pk) | Q(reason__in=reasons))
    with doing(Kind.REDACTED, [comment], by=by, reason=reason, seen=seen) as done:
        for row in done.comments:
            old_body = row.body
            values = _take_out(row, wanted, reasons)
            row.reports.unanswered().filter(complaint=Complaint.PERSONAL_DATA).update(settled=done.deed)
            state = {"deed": done.deed.pk, "by": by.pk, "values": values}
            state["findings"] = _judge_anew(row, old_body)
            token = signing.dumps(state, salt=_SALT, compress=True)
            row.redacted_at = timezone.now()
            _forget_what_was_learned(row)
            transaction.on_commit(empty_log.func, robust=True)
    return done, token


@transaction.atomic
def restore(token: str, *, by: User) -> tuple[Done, list[str]]:
    """Put back what was taken out, as if it never had been.

    Returns with the deed in which kinds of rows something is not what it was left as: there, all stays as it is.
    Raises UndoError, with nothing written, where that was too long ago, the comment was changed or erased since, or
    `token` is not one that `redact` gave to the same person.
    """
    try:
        state = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise UndoError(TOO_OLD) from None
    except signing.BadSignature:
        raise UndoError(FORGED) from None
    if state["by"] != by.pk:
        raise UndoError(NOT_YOURS)
    redacted = Q(decisions__deed=state["deed"])
    _lock_threads(redacted | Q(pk__in=[key for label, key, *_ in state["values"] if label == Comment._meta.label]))
    # Whoever opened it since loses nothing, and the words are soon gone for good.
    Comment.objects.filter(redacted).update(claimed_by=None, claimed_until=None)
    done = put_back(Deed.objects.get(pk=state["deed"]), by=by)
    if not done.comments:
        raise UndoError(GONE)
    stays = [label for label, key, name, old, new in state["values"] if not _write(label, key, name, new, old)]
    for row in done.comments:
        row.findings.all().delete()
        Finding.objects.bulk_create(Finding(comment=row, **fields) for fields in state["findings"])
        _forget_what_was_learned(row)
    return done, sorted({str(apps.get_model(label)._meta.verbose_name) for label in stays})


def elsewhere(comment: Comment, phrases: Iterable[str]) -> QuerySet[Comment]:
    """Other comments with which any of these words are kept, in whatever case, the newest first."""
    kept = [
        EarlierText.objects.filter(_holds_any(["body"], phrases), comment=OuterRef("pk")),
        Report.objects.filter(_holds_any(["note"], phrases), comment=OuterRef("pk")),
        Sanction.objects.filter(_holds_any(["reason"], phrases), comment=OuterRef("pk")),
        Decision.objects.filter(_holds_any(["deed__reason", "before__reason"], phrases), comment=OuterRef("pk")),
    ]
    has_any = reduce(or_, map(Exists, kept), _holds_any(["name", "body", "appeal", "reason"], phrases))
    return Comment.objects.filter(has_any).exclude(pk=comment.pk).select_related("page").order_by("-posted_at")


def _holds_any(names: Iterable[str], phrases: Iterable[str]) -> Q:
    """That one of these columns has one of these phrases in it, in whatever case."""
    return reduce(or_, (Q(**{f"{name}__icontains": phrase}) for name, phrase in product(names, phrases)))


def lines_with(phrases: Iterable[str]) -> int:
    """How many lines of the audit, which nobody can change, hold any of these: the reasons that moderators gave."""
    wanted = [normal(phrase) for phrase in phrases]
    lines = AuditEntry.objects.values_list("note", "before", "after").iterator()
    return sum(any(holds(text, wanted) for text in line) for line in lines)


def kept_with(comment: Comment) -> list[Place]:
    """Everywhere that words of a comment are kept, and words about it."""
    return [
        *(Place(comment, name) for name in ("body", "name", "appeal", "reason")),
        *(Place(text, "body") for text in comment.earlier_texts.all()),
        *(Place(report, "note") for report in comment.reports.all()),
        *(Place(sanction, "reason") for sanction in comment.sanctions.all()),
        *(Place(deed, "reason") for deed in Deed.objects.filter(decisions__comment=comment)),
        *(Place(decision, "before", "reason") for decision in comment.decisions.filter(before__has_key="reason")),
    ]


def _reasons_with(phrases: Iterable[str], comment: Comment) -> list[str]:
    """The reasons that were given with the comment in which any of these stands."""
    reasons = {place.text for place in kept_with(comment) if "reason" in {place.name, place.key}}
    return [reason for reason in reasons if holds(reason, phrases)]


def _given(reasons: list[str]) -> list[Place]:
    """Everywhere that these stand, the deeds after the comments: so they are locked, see `deeds`."""
    return [
        *(Place(row, "reason") for row in Comment.objects.filter(reason__in=reasons).order_by("pk")),
        *(Place(row, "reason") for row in Sanction.objects.filter(reason__in=reasons).order_by("pk")),
        *(Place(row, "reason") for row in Deed.objects.filter(reason__in=reasons).order_by("pk")),
        *(Place(row, "before", "reason") for row in Decision.objects.filter(before__reason__in=reasons).order_by("pk")),
    ]


# --- one redaction --------------------------------------------------------------------------------------------------


def _refuse(phrases: list[str], reason: str) -> None:
    if not phrases:
        raise PhraseError("Say which words are to be taken out.")
    if len(phrases) > MOST:
        raise PhraseError(f"Take out {MOST} phrases at a time at most.")
    for phrase in phrases:
        if len(phrase) < SHORTEST:
            raise PhraseError(f"“{phrase}” is too short: write {SHORTEST} characters at least.")
        if holds(reason, [phrase]):
            raise PhraseError(f"The reason is kept for good, so “{phrase}” must not stand in it.")


def _lock_threads(comments: Q) -> None:
    """Those in which these comments stand, all at once and in the order of `deeds`, so that nobody waits in a ring."""
    for page in sorted(set(Comment.objects.filter(comments).order_by().values_list("page", flat=True))):
        Thread.objects.locked(page)


def _take_out(row: Comment, phrases: list[str], reasons: list[str]) -> list[list[Any]]:
    """Write all that is kept with it, and these reasons, anew; returns what was written over what, for `restore`."""
    places = kept_with(row)
    for phrase in phrases:
        if not any(holds(place.text, [phrase]) for place in places):
            raise PhraseError(f"“{phrase}” stands nowhere in this comment, nor in what is kept with it.")
    changes = {place.column: (place.value, place.without(phrases)) for place in [*places, *_given(reasons)]}
    # Short words could be guessed from the fingerprint of a text that had them.
    body = without_phrases(row.body, phrases)
    for arrival in Arrival.objects.filter(comment=row.pk):
        changes[Place(arrival, "fingerprint").column] = arrival.fingerprint, fingerprint(body)
    written = [[*column, old, new] for column, (old, new) in changes.items() if old != new]
    for change in written:
        _write(*change)
    row.refresh_from_db(fields=["body", "name", "appeal"])  # the reason would be noted as a change, old words and all
    return written


def _write(label: str, key: str, name: str, old: Any, new: Any) -> bool:
    """Write over a column that holds `old`; whether it does."""
    return bool(apps.get_model(label)._default_manager.filter(pk=key, **{name: old}).update(**{name: new}))


def _judge_anew(row: Comment, old_body: str) -> list[dict[str, Any]]:
    """Ask the rules that read text again; how it was sent is as true as before. Returns what was found until now.

    Where they find the same in the same words, it stays disputed if it was.
    """
    before: list[dict[str, Any]] = [*row.findings.values(*_OF_FINDINGS)]
    disputed = {
        (found["rule"], found["why"], old_body[found["start"] : found["end"]]): found["disputed_id"]
        for found in before
        if found["disputed_id"]
    }
    row.findings.exclude(rule__in=ABOUT_SENDING).delete()
    row.findings.filter(end__gt=0).update(end=len(row.body))  # those mean the whole text
    findings = findings_of(row, Reading.of(row, Learned()).by(Book.in_force()))
    for finding in findings:
        finding.disputed_id = disputed.get((finding.rule, finding.why, row.body[finding.start : finding.end]))
    Finding.objects.bulk_create(findings)
    weigh_again(row)
    return before


def _forget_what_was_learned(row: Comment) -> None:
    """Teach the spam model anew where it learned from this text."""
    if row.decisions.exclude(verdict="").exists():
        retrain.enqueue()
