"""Fixtures of every test. People stand in for their roles; strangers have the same role elsewhere.

All rows and pages see the same clock, `now`: Tuesday 5 May 2026, ten in the
morning. `young_person` is a YoungPerson (sign in with `.user`), staff are users.
"""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.template import engines
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as made_up

from accounts.enums import Role
from programme.models import Organisation
from tests import emptying, factories
from tests.strict import StrictClient, Undefined

# That the machine is busy is no fault of what is tested.
made_up.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
made_up.load_profile("calm")
TransactionTestCase._fixture_teardown = emptying.empty_what_is_full


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, of which nobody else keeps a session at the end.

    PostgreSQL refuses to drop a database in use: what a browser's last request or a killed worker
    left open would otherwise fail the last test of a run, which has nothing to do with it.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, backend_type, state, query, pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for session in cursor.fetchall():
            sys.stderr.write(f"a session was still open on the test database: {session}\n")


@pytest.hookimpl(trylast=True)  # after pytest-django has put what commits after what does not
def pytest_collection_modifyitems(items):
    """The longest test needs no database, and would come last: then one of two processes waits minutes for it."""
    items.sort(key=lambda item: item.path.name != "test_whole.py")


@pytest.fixture(autouse=True)
def _undefined_variables_are_errors():
    """For each test anew: a test that overrides DEBUG, say, leaves a fresh engine behind."""
    engines["django"].engine.string_if_invalid = Undefined()


@pytest.fixture(autouse=True)
def _forget_the_cache():
    """What one test counted or limited must not reach the next."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def now():
    """The moment at which the test stands."""
    moment = datetime(2026, 5, 5, 10, tzinfo=ZoneInfo("Europe/Rome"))
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.fixture
def client():
    """A visitor, whose every page is checked (tests/strict.py)."""
    return StrictClient()


@pytest.fixture
def as_user():
    """`as_user(operator).get(…)`: a strict client signed in; several can be used side by side."""

    def signed_in(user):
        client = StrictClient()
        client.force_login(user, backend="accounts.backends.ByPassword")
        return client

    return signed_in


@pytest.fixture
def edition(db, now):
    """A project that runs today, whole: partners, macro-actions, targets, budget."""
    return factories.project(code="mig-work", name="MiG-Work")


@pytest.fixture
def city(edition):
    return Organisation.objects.get(code="comune-di-milano")


@pytest.fixture
def partner(edition):
    return Organisation.objects.get(code="cesvip")


@pytest.fixture
def other_partner(edition):
    return Organisation.objects.get(code="formaper")


@pytest.fixture
def young_person(edition):
    return factories.YoungPersonFactory(last_name="Bianchi", user__email="amina@example.org")


@pytest.fixture
def participation(young_person, edition):
    """`young_person` in `edition`, just registered."""
    return factories.ParticipationFactory(person=young_person, edition=edition)


@pytest.fixture
def other_young_person(edition):
    return factories.YoungPersonFactory(first_name="Luca", last_name="Neri", user__email="luca@example.org")


@pytest.fixture
def operator(city):
    return factories.member(Role.OPERATOR, city, name="Sara Conti", email="sara@example.org")


@pytest.fixture
def other_operator(city):
    return factories.member(Role.OPERATOR, city, name="Piero Gatti", email="piero@example.org")


@pytest.fixture
def partner_staff(partner):
    return factories.member(Role.PARTNER_STAFF, partner, name="Marta Riva", email="marta@example.org")


@pytest.fixture
def partner_admin(partner):
    return factories.member(Role.PARTNER_ADMIN, partner, name="Ugo Sala", email="ugo@example.org")


@pytest.fixture
def other_partner_staff(other_partner):
    return factories.member(Role.PARTNER_STAFF, other_partner, name="Ivo Leoni", email="ivo@example.org")


@pytest.fixture
def other_partner_admin(other_partner):
    return factories.member(Role.PARTNER_ADMIN, other_partner, name="Ada Moro", email="ada@example.org")


@pytest.fixture
def coordinator(city):
    return factories.member(Role.COORDINATOR, city, name="Rita Costa", email="rita@example.org")


@pytest.fixture
def evaluator(edition):
    icei = Organisation.objects.get(code="icei")
    return factories.member(Role.EVALUATOR, icei, name="Eva Fonti", email="eva@example.org")


@pytest.fixture
def privacy_officer(city):
    return factories.member(Role.PRIVACY_OFFICER, city, name="Livia Serra", email="livia@example.org")


@pytest.fixture
def administrator(edition):
    return factories.UserFactory(name="Alba Neri", email="alba@example.org", is_staff=True, is_superuser=True)
