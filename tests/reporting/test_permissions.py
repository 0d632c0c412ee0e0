"""Who may what, as a table."""

import pytest

from reporting import permissions

PEOPLE = [
    "operator",
    "partner_staff",
    "partner_admin",
    "other_partner_staff",
    "other_partner_admin",
    "coordinator",
    "evaluator",
    "administrator",
]
CITY = {"coordinator", "administrator"}
READERS = CITY | {"evaluator"}
OWN = {"partner_staff", "partner_admin"}
OTHERS = {"other_partner_staff", "other_partner_admin"}
TABLE = {
    permissions.can_read_figures: READERS,
    permissions.can_see_names: CITY,
    permissions.can_refresh_figures: CITY,
    permissions.can_ask_report: CITY,
    permissions.can_read_money: READERS | OWN | OTHERS,
    permissions.may_enter_expenses: CITY | OWN | OTHERS,
}


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
def test_rules(rule, request):
    assert {name for name in PEOPLE if rule(request.getfixturevalue(name))} == TABLE[rule]


def test_expenses_of_a_partner(request, partner):
    may = {name for name in PEOPLE if permissions.can_write_expense(request.getfixturevalue(name), partner.pk)}
    assert may == CITY | OWN


def test_whose_money_one_reads(request, partner, other_partner):
    read = {name: permissions.organisations_of(request.getfixturevalue(name)) for name in PEOPLE}
    assert {name for name, whose in read.items() if whose is None} == READERS
    assert {name for name, whose in read.items() if whose == [partner.pk]} == OWN
    assert {name for name, whose in read.items() if whose == [other_partner.pk]} == OTHERS
    assert read["operator"] == []
