"""Every section that readers see, and how hard it is to read."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from .freezing import Frozen, content_models, freeze, part_models, rich_text_fields, sections_in_order
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
    for text in texts_of(model, data):
        sections[text.heading].append(text.text)
    return sections


class Text(NamedTuple):
    """A plain text that readers see, and what it stands below: a heading that an editor wrote, or the name of a field.

    Where it does not `stand_alone`, it is not to be shown without what stands around it.
    """

    heading: str
    text: str
    is_headed: bool = False
    stands_alone: bool = True


def texts_of(model: Any, data: Frozen) -> Iterator[Text]:
    """All of a frozen state, in the order of reading."""
    yield from (Text("in short", text) for text in _sentences(model, data["fields"]))
    for name in rich_text_fields(model):
        yield from _of_rich_text(data["fields"][name], Text(name.replace("_", " "), ""))
    below = Text("", "")  # a section without a heading continues the one above
    for part, row in _parts_in_order(model, data):
        if heading := row.get("heading"):
            below = Text(heading, "", is_headed=True)
        elif not issubclass(part, Section):
            below = Text(str(part._meta.verbose_name_plural), "")
        below = below._replace(stands_alone=part.stands_alone)
        yield from (below._replace(text=text) for text in _sentences(part, row))
        for name in rich_text_fields(part):
            yield from _of_rich_text(row[name], below)


def _sentences(model: Any, row: Frozen) -> list[str]:
    return [row[name] for name in getattr(model, "sentences", ())]


def _parts_in_order(model: Any, data: Frozen) -> list[tuple[Any, Frozen]]:
    others = [part for part in part_models(model) if not issubclass(part, Section)]
    rows = [(part, row) for part in others for row in data["parts"].get(part._meta.label_lower, [])]
    return [*rows, *sections_in_order(data)]


def _of_rich_text(html: str, below: Text) -> Iterator[Text]:
    for heading, text in blocks(html):
        above = below._replace(heading=heading, is_headed=True) if heading else below
        yield above._replace(text=text)
