"""Writing what readers see back to content/."""

from pathlib import Path
from typing import Any

from articles.freezing import freeze
from articles.models import Page

from . import files
from .documents import Keys, to_document


def export_content(folder: Path) -> list[Path]:
    """Write every live page and shared row below `folder`; files of pages that are no longer live are deleted.

    Returns the files written. Drafts are not public text and are not exported.
    """
    keys = Keys()
    written = []
    for model in files.content_models():
        if issubclass(model, Page):
            pages = _export_pages(folder, model, keys)
            for path in set((folder / model.content_name).glob("*.md")) - set(pages):
                path.unlink()
            written += pages
        elif documents := _shared_documents(model, keys):
            written.append(files.write_shared(folder, model, documents))
    return written


def _export_pages(folder: Path, model: type[Page], keys: Keys) -> list[Path]:
    live: Any = model._base_manager.filter(live_revision__isnull=False).select_related("live_revision")
    return [
        files.write_page(folder, model, page.slug, to_document(page.live_revision.data, model, keys)) for page in live
    ]


def _shared_documents(model: Any, keys: Keys) -> dict[str, Any]:
    rows = model._base_manager.order_by(*model._meta.ordering, "pk")
    return {keys.name(model, row.pk): to_document(freeze(row), model, keys) for row in rows}
