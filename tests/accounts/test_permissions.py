"""Who is who, as a table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions

PEOPLE = [
    "young_person",
    "operator",
    "partner_staff",
    "partner_admin",
    "coordinator",
    "evaluator",
    "privacy_officer",
    "administrator",
]
TRUE = {
    "is_operator": {"operator", "administrator"},
    "is_coordinator": {"coordinator", "administrator"},
    "is_evaluator": {"evaluator", "administrator"},
    "is_administrator": {"administrator"},
    "can_handle_requests": {"privacy_officer"},
    "is_staff_member": set(PEOPLE) - {"young_person"},
    "can_register_person": {"operator", "administrator"},
}
AT_PARTNER = {
    "is_partner_of": {"partner_staff", "partner_admin", "administrator"},
    "is_partner_admin_of": {"partner_admin", "administrator"},
}


@pytest.fixture
def people(request):
    found = {name: request.getfixturevalue(name) for name in PEOPLE}
    return {**found, "young_person": found["young_person"].user}


@pytest.mark.parametrize("predicate", TRUE)
def test_roles(people, predicate):
    yes = {name for name, user in people.items() if getattr(permissions, predicate)(user)}
    assert yes == TRUE[predicate]
    assert not getattr(permissions, predicate)(AnonymousUser())


@pytest.mark.parametrize("predicate", AT_PARTNER)
def test_roles_at_a_partner(people, partner, other_partner, predicate):
    is_there = getattr(permissions, predicate)
    assert {name for name, user in people.items() if is_there(user, partner.pk)} == AT_PARTNER[predicate]
    assert {name for name, user in people.items() if is_there(user, other_partner.pk)} == {"administrator"}
