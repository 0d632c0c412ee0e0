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


@pytest.fixture
def kept(db):
    """A connection that was kept from the request before."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


def test_a_kept_connection_is_found_alive_without_a_question(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT 'the last question'")
    assert kept.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [kept.connection.info.backend_pid])
        assert cursor.fetchall() == [("SELECT 'the last question'",)]


def test_a_connection_that_the_server_ended_is_found_dead(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
    assert not kept.is_usable()


def test_a_closed_connection_is_no_longer_usable(kept):
    kept.connection.close()
    assert not kept.is_usable()


def test_a_request_after_a_restart_of_the_server_is_answered(kept):
    """As between two requests of one process: the dead connection is put away, a new one is opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
    kept.health_check_enabled, kept.health_check_done = True, False
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
