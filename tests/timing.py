"""What the benchmarks measure: the queries of a request, and how long it takes in one process."""

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection


class Timing(NamedTuple):
    queries: int  # of the first request
    milliseconds: list[float]  # of each later one
    size: int  # bytes of the last answer


def timed(request: Callable[[], Any], *, times: int) -> Timing:
    """Make the request once to count its queries, and so many times more to time it; each has to succeed."""
    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        request()
    milliseconds = []
    for _ in range(times):
        started = time.perf_counter()
        response = request()
        milliseconds.append((time.perf_counter() - started) * 1000)
        assert response.status_code in {200, 302}, response.status_code
    return Timing(len(queries), milliseconds, len(response.content))


def spread(milliseconds: list[float]) -> str:
    """How the times of many requests spread, in words."""
    cuts = statistics.quantiles(milliseconds, n=100)
    return f"median {cuts[49]:6.1f} ms   p95 {cuts[94]:6.1f} ms   p99 {cuts[98]:6.1f} ms"
