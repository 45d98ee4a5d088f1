"""Words that public text may not hold. The list is content itself: content/terminology.yaml."""

import re
from pathlib import Path

import yaml
from django.conf import settings

from .caching import kept_until_changed

Rule = tuple[re.Pattern[str], str]


@kept_until_changed
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
