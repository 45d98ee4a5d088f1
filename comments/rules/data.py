"""The data of the rules, which are kept as YAML under lexicons/."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LEXICONS = Path(__file__).parent.parent / "lexicons"


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


@cache
def words_of(name: str, key: str) -> frozenset[str]:
    """The words of the list `key` in the file lexicons/`name`.yaml, in which spaces separate them."""
    return frozenset(load(LEXICONS / f"{name}.yaml")[key].split())
