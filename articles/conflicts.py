"""Two editors on one page.

The text that came second is set aside, shown beside the first, and both are settled place by place.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from . import drafts
from .auditing import Person, audited, record, standing
from .comparing import PAGE, Change, compare
from .freezing import Frozen, completed, digest, part_models, parts_by_key, thaw
from .locking import lock
from .models import Action, Page, Part, Revision, SetAside

PUBLICATIONS_LOOKED_AT = 10
UNFIT = "These choices cannot stand on one page, such as one author twice. Choose differently."


class Choice(NamedTuple):
    """One place where two texts differ: `key` names it, `is_mine` is the likelier choice."""

    key: str
    change: Change
    is_mine: bool


@transaction.atomic
def set_aside(page: Page, data: Frozen, *, by: Person, began_with: str) -> SetAside:
    """Keep a text that would have replaced what somebody else saved; the page stays as it is."""
    kept = SetAside.objects.create(page_id=page.pk, data=data, by=by, began_with=began_with)
    record(page, Action.SET_ASIDE, by=by, before=standing(page))
    return kept


def choices(theirs: Frozen, mine: SetAside) -> list[Choice]:
    """The places to choose at. Where it is known what both began with, a place that only one changed is theirs."""
    base = _state_with(mine.began_with, mine.page_id)
    by_them = set(_keys(compare(base, theirs))) if base else set()
    by_me = set(_keys(compare(base, mine.data))) if base else set()
    return [Choice(key, change, key in by_me - by_them) for key, change in _places(compare(theirs, mine.data))]


@transaction.atomic
def settle(mine: SetAside, chosen: Collection[str], *, by: Person, began_with: str) -> None:
    """Put the places in `chosen` of the text that was set aside into the draft; its other places are forgotten.

    Raises ConflictError where the page was saved again since `began_with`, and ValidationError where the chosen places
    cannot stand on one page.
    """
    data = merged(drafts.state_of(mine.page), mine.data, chosen)
    _refuse_what_cannot_stand_together(mine.page, data)
    drafts.save_draft(mine.page, data, by=by, began_with=began_with, action=Action.MERGED)
    mine.delete()


@transaction.atomic
def drop(mine: SetAside, *, by: Person) -> None:
    """Throw away a text that was set aside; the page stays as it is. Nothing is done where it is gone already."""
    lock(mine.page)
    if not SetAside.objects.filter(pk=mine.pk).exists():
        return
    with audited(mine.page, Action.DROPPED, by=by, note=f"Written by {mine.by}" if mine.by else ""):
        mine.delete()


def _refuse_what_cannot_stand_together(page: Page, data: Frozen) -> None:
    with drafts.drafting(page):
        try:
            thaw(data)
        except IntegrityError as error:
            raise ValidationError(UNFIT) from error


def merged(theirs: Frozen, mine: Frozen, chosen: Collection[str]) -> Frozen:
    """`theirs` with the places in `chosen` as `mine` has them; each is named by its key."""
    theirs, mine = completed(theirs), completed(mine)
    model: Any = apps.get_model(theirs["kind"])
    fields = {name: (mine if _field_key(name) in chosen else theirs)["fields"][name] for name in theirs["fields"]}
    parts = {part._meta.label_lower: list(_merged_rows(part, theirs, mine, chosen)) for part in part_models(model)}
    return {**theirs, "fields": fields, "parts": parts}


def _field_key(name: str) -> str:
    """What names the place of a field of the page itself; that of a part has the part's key."""
    return f"{PAGE}:{name}"


def _merged_rows(part: type[Part], theirs: Frozen, mine: Frozen, chosen: Collection[str]) -> Iterator[Frozen]:
    own, other = parts_by_key(mine, part), parts_by_key(theirs, part)
    for key, row in other.items():
        if key not in chosen:
            yield row
        elif key in own:
            yield own[key]
    yield from (row for key, row in own.items() if key not in other and key in chosen)


def _places(changes: list[Change]) -> Iterator[tuple[str, Change]]:
    """Each part as a whole, and each field of the page by itself."""
    for change in changes:
        if change.key == PAGE:
            fields = (field for field in change.fields if field.name not in drafts.SIGN_OFF)
            yield from ((_field_key(field.name), replace(change, fields=[field])) for field in fields)
        else:
            yield change.key, change


def _keys(changes: list[Change]) -> list[str]:
    return [key for key, _ in _places(changes)]


def _state_with(wanted: str, page_id: object) -> Frozen | None:
    """The state with this digest among the last publications of the page."""
    last = Revision.objects.filter(page=page_id).order_by("-number")[:PUBLICATIONS_LOOKED_AT]
    return next((revision.data for revision in last if digest(revision.data) == wanted), None)
