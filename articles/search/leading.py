"""Pages that come first whatever else is found, for people in danger or in fear.

The list is content: content/first.yaml. Every word counts here, small ones too: "is it ALS" asks something else than
"ALS" does.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from articles.caching import kept_until_changed

from .folding import stem, words
from .synonyms import Words


@dataclass(frozen=True)
class Lead:
    """The path of an entry, and what is said above all results, with the words of the link to it, or ""."""

    path: str
    note: str
    link: str


def lead(text: str) -> Lead | None:
    """What comes first for `text`: the first of the list with a phrase that stands in it."""
    leads = read(settings.CONTENT_DIR / "first.yaml")
    asked = tuple(map(stem, words(text)))
    longest = max(map(len, leads))
    standing = {asked[start:end] for start in range(len(asked)) for end in range(start + 1, start + longest + 1)}
    return next((found for phrase, found in leads.items() if phrase in standing), None)


@kept_until_changed
def read(path: Path) -> dict[Words, Lead]:
    places = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        tuple(map(stem, words(phrase))): Lead(place, said.get("note", ""), said.get("link", ""))
        for place, said in places.items()
        for phrase in said["phrases"]
    }
