"""What is read from a file of content/, kept in memory until that changes: texts are edited while the server runs."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def kept_until_changed(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """`read`, which reads one file once, and again when that was changed."""

    @lru_cache(maxsize=1)
    def kept(path: Path, changed_at: int) -> T:
        return read(path)

    return lambda path: kept(path, path.stat().st_mtime_ns)
