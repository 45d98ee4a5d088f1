"""Writing what readers see back to content/."""

from pathlib import Path
from typing import Any

from articles.freezing import Frozen, canonical, content_models, freeze
from articles.models import Page

from . import files
from .documents import to_document
from .errors import ContentError
from .keys import Keys
from .pictures import export_pictures

States = list[tuple[Any, Frozen]]


def export_content(folder: Path) -> list[Path]:
    """Write every live page and shared row below `folder`; files of pages that are no longer live are deleted.

    Returns the files written. Drafts are not public text and are not exported. Raises ContentError, with nothing
    written, where a live page names one that is not.
    """
    states = {model: _states(model) for model in content_models()}
    _refuse_hidden_names(states)
    keys = Keys()
    written = []
    for model, rows in states.items():
        for _, frozen in rows:
            export_pictures(frozen, folder)
        documents = {keys.name(model, row.pk): to_document(frozen, model, keys) for row, frozen in rows}
        written += files.write(folder, model, documents)
    return written


def _states(model: Any) -> States:
    """What readers see of every row of a model: the publications of live pages, and other rows as they are."""
    if issubclass(model, Page):
        return [(page, page.live_revision.data) for page in model.objects.for_detail()]
    return [(row, freeze(row)) for row in model._base_manager.order_by(*model._meta.ordering, "pk")]


def _refuse_hidden_names(states: dict[Any, States]) -> None:
    """What readers see may name a hidden page, which has no file: such an export could not be imported again."""
    hidden = {str(page.pk): page for page in Page.objects.filter(live_revision__isnull=True)}
    errors = [
        f"{row}: names “{page}”, which is not live"
        for rows in states.values()
        for row, frozen in rows
        for text in [canonical(frozen)]
        for key, page in hidden.items()
        if key in text
    ]
    if errors:
        raise ContentError(*errors)
