"""Everything that has a name here, by that name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from articles.search.folding import words

from .models import BodyArea, Cause, GlossaryTerm, MedicationClass, Nutrient, Symptom

DIGITS = "0 to 9"


@dataclass(frozen=True)
class Entry:
    name: str
    path: str
    kind: str
    see: str = ""  # the title of the page, if the name is another one

    @property
    def folded(self) -> str:
        return " ".join(words(self.name))


@dataclass(frozen=True)
class Letter:
    name: str
    entries: list[Entry]

    @property
    def slug(self) -> str:
        return "-".join(words(self.name))


def a_to_z() -> list[Letter]:
    """All letters, with the entries that begin with each, and digits if there are any: six queries."""
    by_letter: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(_without_repeats(_entries()), key=lambda entry: (entry.folded, entry.kind, entry.path)):
        initial = entry.folded[:1].upper()
        by_letter[initial if initial in ascii_uppercase else DIGITS].append(entry)
    shown = [*ascii_uppercase, *([DIGITS] if DIGITS in by_letter else [])]
    return [Letter(name, by_letter[name]) for name in shown]


def _without_repeats(entries: Iterator[Entry]) -> list[Entry]:
    """Of entries that differ in case, accents or hyphens alone, the first; and none without a letter or digit."""
    return list({(entry.folded, entry.path): entry for entry in reversed(list(entries)) if entry.folded}.values())


def _entries() -> Iterator[Entry]:
    """Pages under their titles first, and then under their other names."""
    page: Any
    for page in Cause.objects.live():
        yield from _page("Cause", page, *page.medical_names, *page.other_names.splitlines())
    for page in Symptom.objects.live():
        yield from _page("Symptom", page, *page.other_names.splitlines())
    for page in Nutrient.objects.live():
        yield from _page("Nutrition", page)
    for page in BodyArea.objects.live():
        yield from _page("Body area", page, page.muscle)
    for medicine in MedicationClass.objects.for_table():
        known = [name for medication in medicine.medicines for name in medication.names]
        yield from _page("Medicine", medicine, *medicine.other_names.splitlines(), *known)
    for term in GlossaryTerm.objects.all():
        yield from (Entry(name, term.path, "Glossary") for name in term.search_names())


def _page(kind: str, page: Any, *other_names: str) -> Iterator[Entry]:
    yield Entry(page.title, page.path, kind)
    yield from (Entry(name, page.path, kind, see=page.title) for name in other_names)
