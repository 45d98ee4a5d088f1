"""What the audit keeps of deeds: one line for each comment, without a word or name of its author."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.contrib.auth.models import User

from articles.auditing import record_all
from articles.models import Action, AuditEntry, Page
from articles.moments import moment

from .models import Comment, Deed, Finding, Kind, Sanction, Status
from .rules.book import Book


def write_down(
    action: Action, deed: Deed, rows: Iterable[Comment], before: Mapping[UUID, Comment], *, by: User | None
) -> None:
    """One line for each of `rows`."""
    note = _note(deed)
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
            rule=", ".join(rules.get(row.pk, [])),
            before=standing(before[row.pk]),
            after=standing(row),
            note=note,
        )
        for row in rows
    ]
    record_all(entries, by=by)


def _note(deed: Deed) -> str:
    what = deed.get_kind_display()
    ends = Sanction.objects.filter(deed=deed).values_list("until", flat=True)
    if deed.kind == Kind.SUSPENDED and (until := ends.first()):
        what += f" until {moment(until)}"
    return f"{what}: {deed.reason}" if deed.reason else what


@contextmanager
def rules_written_down(action: Action, deed: Deed, *, by: User | None) -> Iterator[None]:
    """One line of the audit for what the block changes of the rules in force."""
    before = Book.in_force()
    yield
    gone, new = Book.in_force().compared(before)
    line = AuditEntry(action=action, subject=rules_subject(deed), before=gone, after=new, note=_note(deed))
    record_all([line], by=by)


def write_down_sanction(
    action: Action, deed: Deed, sanction: Sanction, before: str, after: str, *, by: User | None
) -> None:
    """The line of the audit for what is done to a sanction whose comment has been erased."""
    subject = f"sanction {sanction.pk}"
    record_all([AuditEntry(action=action, subject=subject, before=before, after=after, note=_note(deed))], by=by)


def write_down_setting(subject: str, before: str, after: str, *, by: User | None, page: Page | None = None) -> None:
    """The line of the audit for what moderators set apart from deeds: how a thread is run, or a saved text. What was
    saved as it is changed nothing.
    """
    if before == after:
        return
    title = page.title if page else ""
    line = AuditEntry(action=Action.MODERATED, page=page, page_title=title, subject=subject, before=before, after=after)
    record_all([line], by=by)


def rules_subject(deed: Deed) -> str:
    """What the audit calls a change of the rules."""
    return f"rules {deed.pk}"


def standing(row: Comment) -> str:
    """Where a comment stands, in words."""
    facts = [Status(row.status).label, f"lane {row.get_lane_display()}", f"on {row.page.path}"]
    facts += ["pinned"] * row.is_pinned + ["waits"] * (row.due_at is not None)
    return ", ".join(facts)
