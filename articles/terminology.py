"""Words that public text may not hold. The list is content itself: content/terminology.yaml."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

Rule = tuple[re.Pattern[str], str]


@lru_cache(maxsize=1)
def _rules(path: Path, changed_at: int) -> list[Rule]:
    """Those of the file as it was changed last, so that a running server goes by what the file says now."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [(_pattern(entry["refuse"]), entry["use"]) for entry in entries]


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words only; words in capitals are abbreviations and match as they are."""
    return re.compile(rf"\b{re.escape(words)}\b", 0 if words.isupper() else re.IGNORECASE)


def complaints(text: str) -> list[str]:
    """One message for each word in `text` that may not be published."""
    path = settings.CONTENT_DIR / "terminology.yaml"
    rules = _rules(path, path.stat().st_mtime_ns)
    return [f"“{found[0]}” may not be published; use {use}" for rule, use in rules if (found := rule.search(text))]
