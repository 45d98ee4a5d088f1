"""Words that a moderator takes out of a comment, and out of all that is kept with it: a telephone number, a name.

Nothing that is stored says afterwards what they were, so the ordinary undo cannot bring them back. For some minutes a
signed text can, which stands in the moderator's own page and nowhere else.

Deleted text would stay readable in SQLite's file: `secure_delete` overwrites it there, and the write-ahead log is
emptied after each redaction. PostgreSQL overwrites it when it vacuums; backups keep it for as long as they are kept.
"""

import re
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
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .deeds import GONE, Done, Seen, UndoError, doing, put_back
from .judging import Reading, findings_of, fingerprint
from .models import Arrival, Comment, Deed, EarlierText, Finding, Kind, Report
from .moderation import weigh
from .plain_text import REMOVED, Span, without
from .rules.book import Book
from .rules.circumstances import CIRCUMSTANCE_RULES
from .rules.folding import Folded
from .rules.learned import Learned
from .training import retrain

SHORTEST = 2  # characters of a phrase: one letter would leave nothing readable
MOST = 20  # phrases at once
LASTS = timedelta(minutes=10)  # how long words can be put back

TOO_OLD = "The words were taken out more than ten minutes ago. They are gone for good."
FORGED = "This is not what the page held when the words were taken out."
NOT_YOURS = "Somebody else took these words out; nobody but they can put them back."

_SALT = "comments.redaction"
_OF_FINDINGS = ("id", "rule", "lane", "points", "why", "start", "end", "disputed_id")
_ABOUT_SENDING = [rule.name for rule in CIRCUMSTANCE_RULES]


class PhraseError(Exception):
    """Nothing was taken out; the message says which phrase is in the way, and why."""


@dataclass(frozen=True)
class Place:
    """Where words are kept: a column of a row, or what stands there in a JSON object under `key`."""

    row: models.Model
    name: str
    key: str = ""

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


def redact(
    comment: Comment, phrases: Iterable[str], *, by: User, reason: str = "", seen: Seen | None = None
) -> tuple[Done, str]:
    """Replace each phrase by `[removed]` in all that is kept with the comment, and judge anew what is left of it.

    Returns with the deed what `restore` takes, "" where the comment was left alone. Raises PhraseError, with nothing
    written, where a phrase is too short or stands nowhere, or the reason holds one: the audit keeps that for good.
    """
    wanted = list(dict.fromkeys(normal(phrase) for phrase in phrases))
    _refuse(wanted, reason)
    token = ""
    with doing(Kind.REDACTED, [comment], by=by, reason=reason, seen=seen) as done:
        for row in done.comments:
            old_body = row.body
            state = {"deed": done.deed.pk, "by": by.pk, "values": _take_out(row, wanted)}
            state["findings"] = _judge_anew(row, old_body)
            token = signing.dumps(state, salt=_SALT, compress=True)
            row.redacted_at = timezone.now()
            _forget_what_was_learned(row)
            transaction.on_commit(_empty_log, robust=True)
    return done, token


@transaction.atomic
def restore(token: str, *, by: User) -> Done:
    """Put back what was taken out, as if it never had been.

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
    done = put_back(Deed.objects.get(pk=state["deed"]), by=by)
    if not done.comments:
        raise UndoError(GONE)
    for label, key, name, value in state["values"]:
        _write(apps.get_model(label), key, name, value)
    for row in done.comments:
        row.findings.all().delete()
        Finding.objects.bulk_create(Finding(comment=row, **fields) for fields in state["findings"])
        _forget_what_was_learned(row)
    return done


def elsewhere(comment: Comment, phrases: Iterable[str]) -> QuerySet[Comment]:
    """Other comments with which any of these words are kept, in whatever case, the newest first."""
    texts = EarlierText.objects.filter(holds_any(["body"], phrases), comment=OuterRef("pk"))
    reports = Report.objects.filter(holds_any(["note"], phrases), comment=OuterRef("pk"))
    has_any = holds_any(["name", "body", "appeal", "reason"], phrases) | Exists(texts) | Exists(reports)
    return Comment.objects.filter(has_any).exclude(pk=comment.pk).select_related("page").order_by("-posted_at")


def holds_any(names: Iterable[str], phrases: Iterable[str]) -> Q:
    """That one of these columns has one of these phrases in it, in whatever case."""
    return reduce(or_, (Q(**{f"{name}__icontains": phrase}) for name, phrase in product(names, phrases)))


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


# --- phrases in a text ----------------------------------------------------------------------------------------------


def normal(phrase: str) -> str:
    """The same for phrases that differ only in how words are kept apart."""
    return " ".join(phrase.split())


def without_phrases(text: str, phrases: Iterable[str]) -> str:
    """The text with `[removed]` in place of each phrase, in whatever case and however its words are kept apart.

    A mark can make a phrase with what stands beside it, so it is looked again until nothing is found: each time less is
    left outside the marks.
    """
    wanted = [phrase.casefold() for phrase in phrases]
    while spans := _spans(text, wanted):
        text = without(text, [*spans, *_marks(text)])
    return text


def _spans(text: str, wanted: Iterable[str]) -> list[Span]:
    """Where in the text these stand, but for what is only part of a mark."""
    folded, marks = _folded(text), _marks(text)
    found = (
        folded.span(match.start(), match.start() + len(phrase))
        for phrase in wanted
        for match in re.finditer(f"(?={re.escape(phrase)})", folded.text)  # those that overlap, too
    )
    return [span for span in found if not any(start <= span[0] and span[1] <= end for start, end in marks)]


def _marks(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(re.escape(REMOVED), text)]


def _folded(text: str) -> Folded:
    """In small letters, with one space for each run of white space."""
    letters, origins = "", []
    for match in re.finditer(r"\s+|\S", text):
        folded = " " if match[0].isspace() else match[0].casefold()
        letters += folded
        origins += [match.start()] * len(folded)
    return Folded(letters, (*origins, len(text)))


# --- one redaction --------------------------------------------------------------------------------------------------


def _refuse(phrases: list[str], reason: str) -> None:
    if not phrases:
        raise PhraseError("Say which words are to be taken out.")
    if len(phrases) > MOST:
        raise PhraseError(f"Take out {MOST} phrases at a time at most.")
    for phrase in phrases:
        if len(phrase) < SHORTEST:
            raise PhraseError(f"“{phrase}” is too short: write {SHORTEST} characters at least.")
        if _spans(reason, [phrase.casefold()]):
            raise PhraseError(f"The reason is kept for good, so “{phrase}” must not stand in it.")


def _take_out(row: Comment, phrases: list[str]) -> list[list[Any]]:
    """Write all that is kept with it anew without these; returns what stood there, as `restore` reads it."""
    places = kept_with(row)
    for phrase in phrases:
        if not any(_spans(place.text, [phrase.casefold()]) for place in places):
            raise PhraseError(f"“{phrase}” stands nowhere in this comment, nor in what is kept with it.")
    changes = [(place.row, place.name, place.without(phrases)) for place in places]
    body = without_phrases(row.body, phrases)
    # Short words could be guessed from the fingerprint of a text that had them.
    changes += [(arrival, "fingerprint", fingerprint(body)) for arrival in Arrival.objects.filter(comment=row.pk)]
    old = []
    for changed, name, value in changes:
        if (before := getattr(changed, name)) != value:
            old.append([changed._meta.label, str(changed.pk), name, before])
            _write(type(changed), changed.pk, name, value)
    row.refresh_from_db(fields=["body", "name", "appeal"])  # the reason would be noted as a change, old words and all
    return old


def _write(model: type[models.Model], key: Any, name: str, value: Any) -> None:
    model._default_manager.filter(pk=key).update(**{name: value})


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
    row.findings.exclude(rule__in=_ABOUT_SENDING).delete()
    row.findings.filter(end__gt=0).update(end=len(row.body))  # those mean the whole text
    findings = findings_of(row, Reading.of(row, Learned()).by(Book.in_force()))
    for finding in findings:
        finding.disputed_id = disputed.get((finding.rule, finding.why, row.body[finding.start : finding.end]))
    Finding.objects.bulk_create(findings)
    weigh(row)
    return before


def _forget_what_was_learned(row: Comment) -> None:
    """Teach the spam model anew where it learned from this text."""
    if row.decisions.exclude(verdict="").exists():
        retrain.enqueue()


def _empty_log() -> None:
    """Move all of SQLite's write-ahead log, where overwritten pages still stand, into the database, and empty it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
