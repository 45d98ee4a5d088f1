"""What a rule is asked, and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from comments.models.lanes import Lane

from .folding import Folded, fold


@dataclass(frozen=True)
class Circumstances:
    """How a comment was sent. `comment` is the one that is written anew, if any: it is no copy of itself."""

    seconds: float  # since the form was handed out
    trap: str  # what stands in the field that people do not see
    addresses: tuple[str, ...]  # keyed hashes of the sender's network
    fingerprint: str
    comment: UUID | None = None


@dataclass(frozen=True)
class Submission:
    """A comment as somebody sent it; the rules that read the text alone need nothing else."""

    text: str
    sent: Circumstances | None = None

    @cached_property
    def folded(self) -> Folded:
        """The text as words are looked for in it: without case, accents and look-alike letters."""
        return fold(self.text)


@dataclass(frozen=True)
class Hit:
    """A rule that matched: `text[start:end]` is what it matched, empty where the text is not the reason.

    `why` tells a moderator what was seen, in a few plain words. `likeness`, from 0 to 1, is how much the text is like
    what the rule looks for; 1 where that stands there as such.
    """

    rule: str
    lane: Lane
    points: int
    why: str
    start: int = 0
    end: int = 0
    likeness: float = 1


class Rule:
    """One reason to look at a comment before readers do. Subclasses say what they look for in `hits`."""

    #: Names the rule in the database and in the moderators' words; never changes.
    name: ClassVar[str]
    lane: ClassVar[Lane]
    #: What the author is told, in plain words: why a comment like theirs is read by a person first.
    told: ClassVar[str]
    #: Points of a hit; a comment with SPAM_AT points of selling and spam together is taken for spam.
    points: ClassVar[int]

    def hits(self, submission: Submission) -> Iterator[Hit]:
        raise NotImplementedError

    def hit(self, why: str, start: int = 0, end: int = 0, points: int | None = None, *, likeness: float = 1) -> Hit:
        return Hit(self.name, self.lane, self.points if points is None else points, why, start, end, likeness)
