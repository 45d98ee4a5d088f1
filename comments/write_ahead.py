"""SQLite's write-ahead log, in which text that was overwritten in the database still stands for a while."""

import logging
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks import task

ATTEMPTS, PAUSE = 5, timedelta(minutes=1)  # to empty the log, while others read from it

logger = logging.getLogger(__name__)


@task()
def empty_log(attempt: int = 1) -> None:
    """Move all of SQLite's write-ahead log, where overwritten pages still stand, into the database, and empty it.

    Whoever reads just now is in the way of that; it is tried again later, so that no request waits for them.
    """
    if connection.vendor != "sqlite" or not _is_busy():
        return
    if attempt < ATTEMPTS:
        empty_log.using(run_after=timezone.now() + PAUSE).enqueue(attempt + 1)
    else:
        logger.warning("The write-ahead log could not be emptied: words that were taken out may stand in it.")


def _is_busy() -> bool:
    """Try to empty the log at once; whether somebody is in the way."""
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            is_busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return bool(is_busy)
