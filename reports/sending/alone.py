"""One sender at a time, by a lock that goes with its holder: a killed sender holds nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks
from django.db import connection

_KEY = 0x50524142524556  # any number that nobody else locks in this database


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else sends for this database; as long as the block goes on, nobody else may.

    PostgreSQL holds the lock for as long as the connection lives (so not behind a pool that shares connections between
    transactions); beside an SQLite database lies a file that the system unlocks when its holder dies.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
            free = bool(cursor.fetchone()[0])
            try:
                yield free
            finally:
                if free:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
        return
    with Path(f"{connection.settings_dict['NAME']}-sending").open("ab") as held:
        yield locks.lock(held, locks.LOCK_EX | locks.LOCK_NB)
