"""The red flags, as red_flags.yaml has them; that file says what each key means."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from articles.models import Urgency

FILE = Path(__file__).with_name("red_flags.yaml")

#: From the soonest on.
BY_URGENCY = [Urgency.EMERGENCY, Urgency.URGENT, Urgency.ROUTINE, Urgency.SELF_CARE]

#: In place of a class of medicines: whichever.
ANY_MEDICINE = "any-medicine"


@dataclass(frozen=True)
class RedFlag:
    says: str
    urgency: Urgency
    sources: tuple[str, ...]
    all_of: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    at_least: int = 1
    talk: bool = False

    def __post_init__(self) -> None:
        if not self.keys or self.at_least > max(1, len(self.any_of)):
            raise ValueError(f"“{self.says}” can never be told, or always is")

    @property
    def keys(self) -> frozenset[str]:
        """All that it asks about."""
        return self.all_of | self.any_of

    def is_told(self, told: Set[str]) -> bool:
        return self.all_of <= told and (not self.any_of or len(self.any_of & told) >= self.at_least)


@cache
def red_flags() -> tuple[RedFlag, ...]:
    """All of them, the most urgent first. Raises ValueError or TypeError where the file is wrong."""
    flags = [_read(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    return tuple(sorted(flags, key=lambda flag: BY_URGENCY.index(flag.urgency)))


def _read(entry: dict[str, Any]) -> RedFlag:
    lists = {name: frozenset(entry[name]) for name in ("all_of", "any_of") if name in entry}
    return RedFlag(**{**entry, **lists, "urgency": Urgency(entry["urgency"]), "sources": tuple(entry["sources"])})
