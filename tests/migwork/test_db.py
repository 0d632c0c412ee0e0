"""What the rooms ask of the database beyond Django's ORM."""

import pytest
from django.db import connection

from migwork.db import analyse
from programme.models import Edition


@pytest.fixture
def vacuum_is_at_work(db):
    """A session that holds the lock of one table as autovacuum does while it counts it."""
    other = connection.copy()
    table = connection.ops.quote_name(Edition._meta.db_table)
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")
    yield
    other.close()


def test_counting_rows_waits_for_nobody(vacuum_is_at_work):
    """Who waited with an open transaction was once ended by PostgreSQL, for autovacuum waited for it in turn."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
    analyse()
