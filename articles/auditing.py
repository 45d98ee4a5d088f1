"""The one way to write down what was done to a page; called in the transaction of the deed itself."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User

from .models import Action, AuditEntry, Page
from .moments import moment

Person = User | None


@contextmanager
def audited(page: Page, action: Action, *, by: Person, note: str = "") -> Iterator[None]:
    """Record what the block does to `page`; a block that fails is not recorded."""
    before = standing(page)
    yield
    record(page, action, by=by, before=before, note=note)


def record(page: Page, action: Action, *, by: Person, before: str = "", note: str = "") -> AuditEntry:
    """Write down that `by`, or the site itself, did this; `page` stands now where it took it from `before`."""
    return AuditEntry.objects.create(
        action=action,
        page_id=page.pk,
        page_title=page.title,
        by=by,
        by_name=by.get_username() if by else "",
        before=before,
        after=standing(page),
        note=note,
    )


def record_all(entries: Iterable[AuditEntry], *, by: Person) -> None:
    """Write down many deeds at once, in one statement; the entries say all but who did it."""
    made = list(entries)
    for entry in made:
        entry.by, entry.by_name = by, by.get_username() if by else ""
    AuditEntry.objects.bulk_create(made)


def standing(page: Page) -> str:
    """Where the page stands, in words: one query; "" where it is gone."""
    found = Page.objects.select_related("live_revision", "draft", "schedule").only(
        "kind", "slug", "live_revision__number", "draft__at", "schedule__at"
    )
    row = found.filter(pk=page.pk).first()
    if row is None:
        return ""
    facts = [f"live at {row.path}, publication {row.live_revision.number}" if row.live_revision else "not live"]
    if hasattr(row, "draft"):
        facts.append("with a draft")
    if hasattr(row, "schedule"):
        facts.append(f"scheduled for {moment(row.schedule.at)}")
    return ", ".join(facts)
