"""Web and worker work in a role that can add events, and neither change nor remove them."""

import io
import logging

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from foundation.privacy import actions
from foundation.privacy.models import Access, Event, Seal, SealedEvent
from migwork import roles
from tests.factories import AccessFactory, EventFactory, YoungPersonFactory


@pytest.fixture
def application(db, settings):
    """The test's own connection in the application's role, until the end of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(sql):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return isinstance(caught.value.__cause__, InsufficientPrivilege)


def test_the_application_cannot_change_events(application):
    person = YoungPersonFactory()
    event = EventFactory(about=person.pk)
    actions.seal(now=timezone.now())
    assert (Event.objects.count(), SealedEvent.objects.count(), Seal.objects.count()) == (1, 1, 1)

    for table in ("privacy_event", "privacy_seal", "privacy_sealedevent"):
        column = "event_id" if table == "privacy_sealedevent" else "id"
        assert refused(f"UPDATE {table} SET {column} = {column}"), table
        assert refused(f"DELETE FROM {table}"), table
        assert refused(f"TRUNCATE {table} CASCADE"), table
    assert refused("ALTER TABLE privacy_event DISABLE TRIGGER event_is_never_changed")
    assert refused("DROP TABLE privacy_event CASCADE")
    assert list(Event.objects.values_list("pk", flat=True)) == [event.pk]


def test_openings_are_added_and_after_their_term_removed_but_never_changed(application):
    AccessFactory()
    assert refused("UPDATE privacy_access SET why = 'desk'")
    assert Access.objects.all().delete()[0] == 1


def test_all_other_work_goes_on(application):
    person = YoungPersonFactory()
    person.first_name = "Amina"
    person.save()
    assert person.delete()[0]


@pytest.fixture
def another_connection(db):
    other = connection.copy()
    yield other
    other.close()
    roles.act_as_owner()


def current_role(other):
    with other.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_a_process_takes_the_role_and_says_so_once(another_connection, settings, caplog):
    roles.act_as_application()
    with caplog.at_level(logging.INFO, logger="migwork.roles"):
        assert current_role(another_connection) == settings.DATABASE_ROLE
        another_connection.close()
        assert current_role(another_connection) == settings.DATABASE_ROLE
    (said,) = caplog.messages
    assert f"role {settings.DATABASE_ROLE}: events can be added, never changed" in said


@pytest.mark.parametrize(("role", "why"), [("migwork_nowhere", "privacy roles --sql"), ("none", "=none")])
def test_without_the_role_it_works_and_warns(another_connection, settings, caplog, role, why):
    settings.DATABASE_ROLE = role
    roles.act_as_application()
    owner = connection.settings_dict["USER"]
    assert current_role(another_connection) == owner
    (said,) = caplog.records
    assert said.levelno == logging.WARNING
    assert why in said.getMessage()


def test_the_processes_that_serve_people_take_the_role(monkeypatch):
    from migwork import celery, wsgi

    assert wsgi.act_as_application is roles.act_as_application
    took = []
    monkeypatch.setattr(celery, "act_as_application", lambda: took.append(True))
    for signal in (celery.worker_init, celery.worker_process_init, celery.beat_init):
        signal.send(sender=None)
    assert len(took) == 3
    roles.act_as_owner()


def test_what_a_superuser_has_to_run_can_be_printed(db):
    out = io.StringIO()
    call_command("privacy", "roles", sql=True, stdout=out)
    assert "CREATE ROLE" in out.getvalue()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(out.getvalue())
