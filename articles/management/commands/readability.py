from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.content.files import content_models
from articles.freezing import Frozen, freeze, part_models, rich_text_fields
from articles.models import Page, Section
from articles.readability import Reading, blocks

LIMIT = 14  # years
FEWEST_WORDS = 30


class Command(BaseCommand):
    help = f"Print the reading age of every section that readers see; fail where one is above {LIMIT}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--above", type=float, default=0, metavar="AGE", help="print only sections above this age")

    def handle(self, *args: Any, above: float, **options: Any) -> None:
        measured = list(measure())
        for place, name, reading in measured:
            if reading.age > above:
                words = f"{len(reading.words):5} words, longest sentence {reading.longest:2}"
                self.stdout.write(f"{reading.age:5.1f}  {words}  {place}: {name}")
        ages = [reading.age for *_, reading in measured] or [0.0]
        self.stdout.write(f"{len(measured)} sections, mean age {sum(ages) / len(ages):.1f}, highest {max(ages):.1f}")
        if too_hard := sum(age > LIMIT for age in ages):
            raise CommandError(f"{too_hard} sections are above the reading age of {LIMIT}.")


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
            yield page.path, _sections_of(model, page.live_revision.data)
        return
    sections: dict[str, list[str]] = {}
    for row in model._base_manager.all():
        sections |= {f"{row}: {name}": texts for name, texts in _sections_of(model, freeze(row)).items()}
    yield model.content_name, sections


def _sections_of(model: Any, data: Frozen) -> dict[str, list[str]]:
    sections: defaultdict[str, list[str]] = defaultdict(list)
    for field in ("standfirst", "summary"):
        sections["in short"].append(data["fields"].get(field) or "")
    for name in rich_text_fields(model):
        _add(sections, name.replace("_", " "), data["fields"][name])
    heading = ""
    for part, row in _parts_in_order(model, data):
        if part._meta.model_name == "claim":
            sections["evidence"] += [row["statement"], row["why"]]
        heading = (row.get("heading") or heading) if issubclass(part, Section) else row.get("heading", "")
        for name in rich_text_fields(part):
            _add(sections, heading, row[name])
    return sections


def _parts_in_order(model: Any, data: Frozen) -> list[tuple[Any, Frozen]]:
    rows = [(part, row) for part in part_models(model) for row in data["parts"].get(part._meta.label_lower, [])]
    return sorted(rows, key=lambda found: found[1].get("ordering", 0))


def _add(sections: dict[str, list[str]], name: str, html: str) -> None:
    for heading, text in blocks(html):
        sections[heading or name].append(text)
