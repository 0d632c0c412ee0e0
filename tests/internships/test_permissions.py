"""Who may do what: the truth table."""

import pytest

from internships import permissions

PEOPLE = [
    "operator",
    "partner_staff",
    "partner_admin",
    "other_partner_staff",
    "coordinator",
    "evaluator",
    "administrator",
    "intern",
]
PROMOTER = {"partner_staff", "partner_admin", "administrator"}
TABLE = {
    "can_see_board": PROMOTER | {"other_partner_staff", "operator", "coordinator"},
    "can_open": PROMOTER,
    "can_work_on": PROMOTER,
    "can_keep_hosts": PROMOTER | {"other_partner_staff"},
}


@pytest.fixture
def intern(young_person):
    return young_person.user


@pytest.mark.parametrize("name", TABLE)
def test_who_may(name, request, internship, referral):
    about = {"can_open": [referral], "can_work_on": [internship]}.get(name, [])
    may = {p for p in PEOPLE if getattr(permissions, name)(request.getfixturevalue(p), *about)}
    assert may == TABLE[name]
