"""What moderators can set of the rules. Whatever they set, somebody in danger is still seen and held."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from comments.models import Lane, RuleBook

from .base import Hit
from .crisis import Crisis
from .folding import fold
from .thresholds import HOLD_AT, SPAM_AT
from .wording import END, QUESTION

#: The lowest and the highest that can be set.
RANGES = {
    "hold_at": (1, 10),
    "spam_at": (2, 50),
    "advice_like": (20, 100),
    "selling_like": (20, 100),
    "spam_like": (20, 100),
}
#: In which moderators can have phrases held.
PHRASE_LANES = (Lane.PERSONAL_DATA, Lane.SELLING, Lane.ADVICE, Lane.MISINFORMATION, Lane.SPAM)
MOST_PHRASES = 150  # so that all their words have characters of their own, see patterns.py
LONGEST_PHRASE = 80

_LISTS: dict[str, Callable[[Any], Any]] = {
    "off": frozenset,
    "phrases": lambda pairs: tuple((Lane(lane), phrase) for lane, phrase in pairs),
    "spared": tuple,
}


@dataclass(frozen=True)
class Book:
    """The defaults are the rules as they are shipped. Raises ValueError for what cannot be set."""

    hold_at: int = HOLD_AT
    spam_at: int = SPAM_AT
    #: How much, in percent, a text has to be like advice, advertising and the spam of earlier days. The first two are
    #: measured on sentences that nothing was learned from; the last is reached by 0.3% of genuine comments.
    advice_like: int = 42
    selling_like: int = 58
    spam_like: int = 80
    off: frozenset[str] = frozenset()  # names of rules
    phrases: tuple[tuple[Lane, str], ...] = ()  # to hold, each in its lane
    spared: tuple[str, ...] = ()  # whatever overlaps them does not count

    def __post_init__(self) -> None:
        for name, (least, most) in RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} is {getattr(self, name)}, not from {least} to {most}.")
        if self.spam_at <= self.hold_at:
            raise ValueError("It takes more points to be taken for spam than to be held.")
        if Crisis.name in self.off:
            raise ValueError("What looks for people in danger cannot be switched off.")
        if any(lane not in PHRASE_LANES for lane, _ in self.phrases):
            raise ValueError("Phrases cannot be held in that lane.")
        if len(self.phrases) + len(self.spared) > MOST_PHRASES:
            raise ValueError(f"There can be {MOST_PHRASES} phrases in all.")
        for phrase in (*(phrase for _, phrase in self.phrases), *self.spared):
            plain_words(phrase)

    @classmethod
    def in_force(cls) -> Self:
        """One query."""
        return cls.of(RuleBook.objects.in_force())

    @classmethod
    def of(cls, row: RuleBook | None) -> Self:
        """The book that is kept in `row`; the one as shipped where there is none."""
        return cls.from_json(row.data) if row else cls()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` wrote; what it does not say is as shipped, and what nobody knows by now is left aside."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        return cls(**{name: _LISTS[name](value) if name in _LISTS else value for name, value in known.items()})

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"off": sorted(self.off)}

    def holds_at(self, lane: Lane) -> int:
        return min(self.hold_at, HOLD_AT) if lane == Lane.CRISIS else self.hold_at

    def takes(self, hit: Hit) -> bool:
        """Whether the text is enough like what the rule looks for."""
        least = {"advice": self.advice_like, "selling": self.selling_like, "learned": self.spam_like}
        return hit.likeness >= least.get(hit.rule, 0) / 100

    @property
    def facts(self) -> list[str]:
        """All that it says, in words."""
        return [
            f"held from {self.hold_at} points on",
            f"taken for spam from {self.spam_at} points on",
            f"advice from {self.advice_like}% likeness on",
            f"advertising from {self.selling_like}% likeness on",
            f"learned spam from {self.spam_like}% likeness on",
            *(f"rule {name} is off" for name in sorted(self.off)),
            *(f"“{phrase}” is held as {lane.label}" for lane, phrase in self.phrases),
            *(f"“{phrase}” is spared" for phrase in self.spared),
        ]

    def compared(self, before: "Book") -> tuple[str, str]:
        """What no longer holds since `before`, and what holds now, in words."""
        gone = [fact for fact in before.facts if fact not in self.facts]
        new = [fact for fact in self.facts if fact not in before.facts]
        return ", ".join(gone), ", ".join(new)


def plain_words(phrase: str) -> str:
    """A phrase as a pattern that means its words and nothing else. Raises ValueError where it cannot be looked for."""
    if len(phrase) > LONGEST_PHRASE:
        raise ValueError(f"“{phrase[:20]}…” is longer than {LONGEST_PHRASE} characters.")
    words = [word.text for word in fold(phrase).words if word.text not in {END, QUESTION}]
    if not words:
        raise ValueError(f"“{phrase}” has no word in it.")
    return " ".join(words)


#: The rules as they are shipped.
SHIPPED = Book()
