"""Who may: each predicate against every role."""

import pytest

from pathways import permissions
from tests import factories

ROLES = [
    "young_person",
    "other_young_person",
    "operator",
    "partner_staff",
    "partner_admin",
    "other_partner_staff",
    "other_partner_admin",
    "coordinator",
    "evaluator",
    "administrator",
]
TABLE = {
    "can_edit_activity": {"partner_staff", "partner_admin", "coordinator", "administrator"},
    "can_publish_activity": {"partner_admin", "coordinator", "administrator"},
    "can_run": {"partner_staff", "partner_admin", "administrator"},
    "can_enrol": {"young_person", "operator", "administrator"},
    "can_withdraw": {"young_person", "operator", "partner_staff", "partner_admin", "administrator"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("predicate", TABLE)
def test_who_may(predicate, role, request, run, participation):
    user = request.getfixturevalue(role)
    user = getattr(user, "user", user)
    enrolment = factories.EnrolmentFactory(run=run, participation=participation)
    about = {"can_enrol": participation, "can_withdraw": enrolment}.get(predicate, run.opportunity)
    assert getattr(permissions, predicate)(user, about) is (role in TABLE[predicate])


@pytest.mark.parametrize(
    ("verb", "allowed"), [("submit", True), ("expire", True), ("publish", False), ("return", False)]
)
def test_what_partner_staff_may_do_with_the_state(verb, allowed, run, partner_staff, partner_admin, coordinator):
    assert permissions.can_change_state(partner_staff, run.opportunity, verb) is allowed
    assert permissions.can_change_state(partner_admin, run.opportunity, verb)
    assert permissions.can_change_state(coordinator, run.opportunity, verb)
