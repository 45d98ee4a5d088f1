"""Writing what readers see back to content/."""

from pathlib import Path
from typing import Any

from articles.freezing import Frozen, canonical, freeze
from articles.models import Page

from . import files
from .documents import to_document
from .errors import ContentError
from .keys import Keys
from .pictures import export_pictures


def export_content(folder: Path) -> list[Path]:
    """Write every live page and shared row below `folder`; files of pages that are no longer live are deleted.

    Returns the files written. Drafts are not public text and are not exported. Raises ContentError, with nothing
    written, where a live page names one that is not.
    """
    _refuse_hidden_names()
    keys = Keys()
    written = []
    for model in files.content_models():
        if issubclass(model, Page):
            pages = _export_pages(folder, model, keys)
            for path in set((folder / model.content_name).glob("*.md")) - set(pages):
                path.unlink()
            written += pages
        elif documents := _shared_documents(folder, model, keys):
            written.append(files.write_shared(folder, model, documents))
    return written


def _refuse_hidden_names() -> None:
    """What readers see may name a hidden page, which has no file: such an export could not be imported again."""
    hidden = {str(page.pk): page for page in Page.objects.filter(live_revision__isnull=True)}
    errors = []
    for model in files.content_models():
        rows = model._base_manager.all()
        for row in rows.filter(live_revision__isnull=False) if issubclass(model, Page) else rows:
            text = canonical(freeze(row))
            errors += [f"{row}: names “{page}”, which is not live" for key, page in hidden.items() if key in text]
    if errors:
        raise ContentError(*errors)


def _export_pages(folder: Path, model: Any, keys: Keys) -> list[Path]:
    written = []
    for page in model.objects.for_detail():
        frozen: Frozen = page.live_revision.data
        export_pictures(frozen, folder)
        written.append(files.write_page(folder, model, page.slug, to_document(frozen, model, keys)))
    return written


def _shared_documents(folder: Path, model: Any, keys: Keys) -> dict[str, Any]:
    documents = {}
    for row in model._base_manager.order_by(*model._meta.ordering, "pk"):
        frozen = freeze(row)
        export_pictures(frozen, folder)
        documents[keys.name(model, row.pk)] = to_document(frozen, model, keys)
    return documents
