"""Words that public text may not hold. The list is content itself: content/terminology.yaml."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

Rule = tuple[re.Pattern[str], str]


@lru_cache(maxsize=1)
def _rules(path: Path) -> list[Rule]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [(_pattern(entry["refuse"]), entry["use"]) for entry in entries]


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words only; words in capitals are abbreviations and match as they are."""
    return re.compile(rf"\b{re.escape(words)}\b", 0 if words.isupper() else re.IGNORECASE)


def complaints(text: str) -> list[str]:
    """One message for each word in `text` that may not be published."""
    rules = _rules(settings.CONTENT_DIR / "terminology.yaml")
    return [f"“{found[0]}” may not be published; use {use}" for rule, use in rules if (found := rule.search(text))]


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in nested lists and mappings, with where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{place}: {key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value, 1):
            yield from strings(inner, f"{place}[{index}]")
