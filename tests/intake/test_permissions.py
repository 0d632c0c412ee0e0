"""Who may do what, as truth tables."""

import pytest

from intake import permissions
from tests import factories

ROLES = ["young_person", "operator", "partner_staff", "partner_admin", "coordinator", "evaluator", "administrator"]


def who(request, role):
    found = request.getfixturevalue(role)
    return getattr(found, "user", found)


@pytest.mark.parametrize("role", ROLES)
def test_at_the_desk(request, participation, role):
    user = who(request, role)
    assert permissions.can_receive(user) == (role in {"operator", "administrator"})
    assert permissions.can_work_on(user, participation) == (role in {"operator", "administrator"})
    assert permissions.can_read_talks(user) == (role == "operator")
    assert permissions.can_read_file(user) == (role in {"operator", "coordinator", "administrator"})
    assert permissions.can_open_participation(user, participation.person) == (
        role in {"young_person", "operator", "administrator"}
    )


@pytest.mark.parametrize("role", [*ROLES, "other_young_person"])
def test_on_the_plan(request, proposed, action, role):
    user = who(request, role)
    assert permissions.can_agree_plan(user, proposed) == (role == "young_person")
    assert permissions.can_tick(user, action) == (role in {"young_person", "operator", "administrator"})


@pytest.mark.parametrize("role", [*ROLES, "other_partner_staff", "other_partner_admin"])
def test_on_a_referral(request, referral, role):
    assert permissions.can_answer_referral(who(request, role), referral) == (
        role in {"partner_staff", "partner_admin", "administrator"}
    )


@pytest.mark.parametrize("role", [*ROLES, "other_young_person", "other_operator"])
def test_on_hours_and_bookings(request, participation, city, partner, operator, role):
    user = who(request, role)
    assert permissions.can_book(user, participation) == (role == "young_person")
    assert permissions.can_publish(user, city, operator) == (role == "operator")
    assert permissions.can_publish(user, city, None) == (role in {"operator", "other_operator"})
    assert not permissions.can_publish(user, partner, None)
    hours = factories.AvailabilityFactory(organisation=city, operator=operator)
    assert permissions.can_change_hours(user, hours) == (role in {"operator", "administrator"})
    assert hours in type(hours).objects.visible_to(operator)
    assert (hours in type(hours).objects.visible_to(user)) == (role in {"operator", "other_operator", "administrator"})
