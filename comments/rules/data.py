"""The data of the rules, which are kept under lexicons/: lists of phrases as YAML, examples as plain lines."""

import re
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


def any_of(name: str, *keys: str) -> str:
    """A pattern of the words of those lists; the longest are tried first, as some begin others."""
    words = frozenset[str]().union(*(words_of(name, key) for key in keys))
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def lines_of(pattern: str) -> frozenset[str]:
    """The examples in the files that match, one a line; a line that begins with # is a comment."""
    lines = (line for path in LEXICONS.glob(pattern) for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
