"""The red flags, as red_flags.yaml has them; that file says what each key means."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from articles.models import Urgency

FILE = Path(__file__).with_name("red_flags.yaml")

#: In place of a class of medicines: whichever.
ANY_MEDICINE = "any-medicine"


@dataclass(frozen=True)
class RedFlag:
    """`any_of` are signs, each by the keys that tell it."""

    says: str
    urgency: Urgency
    sources: tuple[str, ...]
    all_of: frozenset[str] = frozenset()
    any_of: tuple[frozenset[str], ...] = ()
    at_least: int = 1
    today: bool = False
    talk: bool = False

    def __post_init__(self) -> None:
        if not self.keys or self.at_least > max(1, len(self.any_of)):
            raise ValueError(f"“{self.says}” can never be told, or always is")

    @property
    def keys(self) -> frozenset[str]:
        """All that it asks about."""
        return self.all_of.union(*self.any_of)

    def is_told(self, signs: Set[str]) -> bool:
        return self.all_of <= signs and self._count(signs) >= self.at_least

    def _count(self, signs: Set[str]) -> int:
        return sum(not sign.isdisjoint(signs) for sign in self.any_of) if self.any_of else self.at_least


@cache
def red_flags() -> tuple[RedFlag, ...]:
    """All of them, the most urgent first. Raises ValueError or TypeError where the file is wrong."""
    flags = [_read(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    return tuple(sorted(flags, key=lambda flag: flag.urgency.rank))


def _read(entry: dict[str, Any]) -> RedFlag:
    return RedFlag(
        **{
            **entry,
            "urgency": Urgency(entry["urgency"]),
            "sources": tuple(entry["sources"]),
            "all_of": frozenset(entry.get("all_of", ())),
            "any_of": tuple(frozenset([sign] if isinstance(sign, str) else sign) for sign in entry.get("any_of", ())),
        }
    )
