"""Two who do something at once: PostgreSQL alone lets them."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def meanwhile(first, second, last=lambda: None):
    """Do `first`, and when `second`, in another connection, waits for it, `last`; then commit what they did."""

    def elsewhere():
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            first()
            done = pool.submit(elsewhere)
            while not done.done() and cursor.execute(WAITING).fetchone() == (0,):
                pass
            assert not done.done()
            last()
        done.result()
