"""Long work in the background that only one process does at a time."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def holding(pk):
    """Whether this database session may do the job of the row `pk` (a UUID): no other one does.

    A session that dies lets go by itself.
    """
    key = pk.int >> 65
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
