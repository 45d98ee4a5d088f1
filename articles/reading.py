"""Every section that readers see, and how hard it is to read."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .content.files import content_models
from .freezing import Frozen, freeze, part_models, rich_text_fields
from .models import Page, Section
from .readability import Reading, blocks

HIGHEST_AGE = 14  # years
FEWEST_WORDS = 30


def measure() -> Iterator[tuple[str, str, Reading]]:
    """Where, which section, and how it reads, for everything that readers see.

    A section is the text below one heading. Texts of fewer than 30 words, for which the formula means nothing, are
    measured together with the others of their page, or of their list, as "in short".
    """
    for model in content_models():
        for place, sections in _texts(model):
            readings = {name: Reading.of(texts) for name, texts in sections.items()}
            short = [name for name, reading in readings.items() if len(reading.words) < FEWEST_WORDS]
            yield from ((place, name, reading) for name, reading in readings.items() if name not in short)
            together = Reading.of(text for name in short for text in sections[name])
            if together.words:
                yield place, "in short", together


def _texts(model: Any) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Texts by section of each page of a kind, or of all rows of a list that is read as one page."""
    if issubclass(model, Page):
        for page in model.objects.for_detail():
            yield page.path, sections_of(model, page.live_revision.data)
        return
    sections: dict[str, list[str]] = {}
    for row in model._base_manager.all():
        sections |= {f"{row}: {name}": texts for name, texts in sections_of(model, freeze(row)).items()}
    yield model.content_name, sections


def sections_of(model: Any, data: Frozen) -> dict[str, list[str]]:
    """The plain texts of a frozen state by section, short ones that stand below no heading as "in short"."""
    sections: defaultdict[str, list[str]] = defaultdict(list)
    sections["in short"] += _sentences(model, data["fields"])
    for name in rich_text_fields(model):
        _add(sections, name.replace("_", " "), data["fields"][name])
    heading = ""  # a section without one continues the one above
    for part, row in _parts_in_order(model, data):
        heading = row.get("heading") or (heading if issubclass(part, Section) else str(part._meta.verbose_name_plural))
        sections[heading] += _sentences(part, row)
        for name in rich_text_fields(part):
            _add(sections, heading, row[name])
    return sections


def _sentences(model: Any, row: Frozen) -> list[str]:
    return [row[name] for name in getattr(model, "sentences", ())]


def _parts_in_order(model: Any, data: Frozen) -> list[tuple[Any, Frozen]]:
    rows = [(part, row) for part in part_models(model) for row in data["parts"].get(part._meta.label_lower, [])]
    return sorted(rows, key=lambda found: found[1].get("ordering", 0))


def _add(sections: dict[str, list[str]], name: str, html: str) -> None:
    for heading, text in blocks(html):
        sections[heading or name].append(text)
