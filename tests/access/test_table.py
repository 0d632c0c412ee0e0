"""Walks the portal's addresses, and knocks at each as each person. How to add rows: tests/access/__init__.py."""

import importlib
import pkgutil
from collections import Counter
from contextlib import contextmanager
from copy import copy

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

import tests.access
from accounts.models import YoungPerson
from tests.access import PEOPLE, SIGN_IN, WITHOUT_ACCOUNT, Row, world
from tests.strict import StrictClient

# Libraries' own addresses, tested by prefix below.
BY_PREFIX = ("admin/", "account/")
# What a page may ask of the database.
MOST_QUERIES = 12
# Tests for which the table is dealt out.
PARTS = 8


def table() -> list[Row]:
    """The rows of every room's module."""
    rows = []
    for module in pkgutil.iter_modules(tests.access.__path__, "tests.access."):
        rows += getattr(importlib.import_module(module.name), "ROWS", [])
    return rows


def addresses(resolver=None, prefix="", namespaces=()):
    """Every (qualified name, route, view) of the portal itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(BY_PREFIX):
            continue
        if isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or ""]), route, entry.callback
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from addresses(entry, route, inner)


def test_every_address_has_its_row():
    rowed = {row.name for row in table()}
    missing = [f"{route} ({name or 'no name'})" for name, route, _view in addresses() if name not in rowed]
    assert missing == []


def test_every_row_has_its_address():
    names = {name for name, _route, _view in addresses()}
    assert [str(row) for row in table() if row.name not in names] == []


def test_no_two_rows_say_the_same():
    counted = Counter((row.name, method, row.query) for row in table() for method in row.methods)
    assert [key for key, count in counted.items() if count > 1] == []


def takes(view, method):
    return hasattr(view, method) and method in view.http_method_names


def test_what_takes_get_or_post_is_tried_with_it():
    tried = {(row.name, method) for row in table() for method in row.methods}
    missing = [
        f"{method.upper()} {name}"
        for name, _route, view in addresses()
        for method in ("get", "post")
        if takes(getattr(view, "view_class", None), method) and (name, method.upper()) not in tried
    ]
    assert missing == []


@pytest.fixture
def people(request, young_person, participation, partner_staff):
    """A signed-in client for each person of the table."""
    clients = {}
    for name in PEOPLE:
        clients[name] = StrictClient()
        if name not in WITHOUT_ACCOUNT:
            person = request.getfixturevalue(name)
            user = person.user if isinstance(person, YoungPerson) else person
            clients[name].force_login(user, backend="accounts.backends.ByPassword")
    return clients


@pytest.fixture
def here(edition, young_person, participation, operator, partner_staff):
    """One of everything. The table is tried in parts: a world for each page would take longer than asking."""
    return world.make(
        edition=edition,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_access(part, people, here):
    surprises = []
    for row in table()[part::PARTS]:
        with naming(row):
            surprises += surprises_of(row, people, here)
    assert surprises == []


def surprises_of(row, people, here):
    """What the row's address answers that the row does not say, for each method and person."""
    surprises = []
    forget(people)
    with undone():
        address = reverse(row.name, kwargs=row.kwargs(here)) + row.query
        for method in row.methods:
            for person, client in people.items():
                with undone(client):
                    response = ask(client, address, method)
                got, wanted = status(response), row.status(person)
                if got != wanted and not (isinstance(wanted, tuple) and got in wanted):
                    surprises.append(f"{method} {address} as {person}: {wanted} expected, got {got}")
                if method == "GET" and response.queries > MOST_QUERIES:
                    surprises.append(f"GET {address} as {person}: {response.queries} queries")
    return surprises


def forget(people):
    """Empty the cache, as between tests, so that each page asks for all that it needs; all stay signed in."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    for name in people.keys() - WITHOUT_ACCOUNT:
        people[name].session.keys()  # read from the database, as by the page before


@contextmanager
def undone(client=None):
    """Each finds the world as it was made, and is signed in."""
    cookies = client and copy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if client:
        client.cookies = cookies


@contextmanager
def naming(row):
    """Whatever breaks says at which row."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the row {row}")
        raise


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_as_many_queries_whatever_the_rows(part, people, here):
    rows = [row for row in table() if "GET" in row.methods][part::PARTS]
    addresses = [reverse(row.name, kwargs=row.kwargs(here)) + row.query for row in rows]
    askers = ["young_person", "operator", "partner_staff", "coordinator", "administrator"]

    def asked():
        return {(at, person): ask(people[person], at).queries for at in addresses for person in askers}

    world.crowd(here, 2)
    asked()
    few = asked()
    world.crowd(here, 5)
    assert asked() == few


def ask(client, address, method="GET"):
    """The answer; a file is read to its end, which closes it."""
    response = getattr(client, method.lower())(address)
    if response.streaming:
        response.getvalue()
    return response


def status(response: HttpResponse):
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


def test_the_administration_is_entered_by_the_portals_own_sign_in(people):
    response = people["anonymous"].get("/admin/login/?next=/admin/accounts/user/")
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('account_login')}?next=/admin/accounts/user/",
    )
    response = people["anonymous"].post("/admin/login/", {"username": "alba@example.org", "password": "guess"})
    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next=/admin/login/")
    assert people["operator"].get("/admin/login/").status_code == 403


def test_who_is_marked_as_staff_but_is_no_administrator_does_not_enter(as_user, coordinator):
    coordinator.is_staff = True
    coordinator.save()
    client = as_user(coordinator)
    assert client.get("/admin/", follow=True).status_code == 403
    assert b"/admin/" not in client.get("/").content


@pytest.mark.parametrize("person", [p for p in PEOPLE if p != "administrator"])
def test_only_the_administrator_enters_the_administration(people, person):
    response = people[person].get("/admin/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/")


def test_the_administrator_enters_the_administration(people):
    assert people["administrator"].get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_signing_in_and_up_is_for_visitors(people, name):
    assert people["anonymous"].get(reverse(name)).status_code == 200
    assert people["young_person"].get(reverse(name)).status_code == 302
