"""Emptying the database after a test that commits, quicker than Django does.

Django truncates all of our two hundred tables after each such test, which makes as many files anew, thrice: a second
of a machine's time, after a test that filled twenty. Here the full ones are looked for and emptied.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction
from django.test import TransactionTestCase

# Made with the tables, the same for each test.
KEPT = {ContentType._meta.db_table, Permission._meta.db_table}
# More rows than these are truncated sooner than deleted.
MANY = 2_000
djangos_way = TransactionTestCase._fixture_teardown


def empty_what_is_full(test) -> None:
    """In the place of TransactionTestCase._fixture_teardown, and with the same end."""
    full = _full_tables()
    if any(count > MANY for count in full.values()):
        return djangos_way(test)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Neither foreign keys nor triggers look: all of it goes. For this PostgreSQL wants a superuser.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in full:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    except ProgrammingError:
        djangos_way(test)


def _full_tables() -> dict[str, int]:
    """How many rows each table that has any has, counted to a little over MANY."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT)
    counts = [
        f"SELECT '{table}', count(*) FROM (SELECT FROM {connection.ops.quote_name(table)} LIMIT {MANY + 1}) AS few"
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({' UNION ALL '.join(counts)}) AS counted(name, rows) WHERE rows > 0")
        return dict(cursor.fetchall())
