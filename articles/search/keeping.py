"""What is learned from all entries, kept in memory until one of them changes."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet, Subquery

from articles.models import SearchState

T = TypeVar("T")


def version() -> Subquery:
    """The version of the entries, for another query to bring along; None where nothing was ever indexed."""
    return Subquery(_versions()[:1])


def _versions() -> "QuerySet[SearchState, UUID]":
    return SearchState.objects.values_list("version", flat=True)


class Kept(Generic[T]):
    """What `read()` makes of all entries."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[UUID | None, T] | None = None
        self._lock = Lock()

    def now(self) -> T:
        """Of the entries as they are: one query, and what `read` needs where one changed since the last call."""
        return self.at(_versions().first())

    def at(self, version: UUID | None) -> T:
        """Of the entries at their present `version`, for those who know it."""
        kept = self._kept
        if kept is None or kept[0] != version:
            with self._lock:  # one thread reads, and those that wait for it find it done
                kept = self._kept
                if kept is None or kept[0] != version:
                    self._kept = kept = version, self._read()
        return kept[1]
