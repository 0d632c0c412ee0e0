"""Every factory makes a row that the database accepts, and each role of the fixtures stands where it should."""

import pytest
from django.db.models import Sum

from tests import factories

FACTORIES = [
    f
    for f in vars(factories).values()
    if isinstance(f, type) and issubclass(f, factories.Factory) and f is not factories.Factory
]


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda f: f.__name__)
def test_factory(db, factory):
    assert factory()._meta.model.objects.exists()


def test_the_project_adds_up(edition):
    assert edition.budget_lines.aggregate(all=Sum("amount"))["all"] == 356_545
    assert edition.partnerships.get(is_lead=True).organisation.code == "comune-di-milano"
    assert edition.targets.get(code="in-training").macro_actions.get().number == 4


def test_roles(operator, partner_staff, other_partner_staff, coordinator, evaluator, privacy_officer):
    assert operator.roles == {"operator"}
    assert partner_staff.active_memberships[0].organisation != other_partner_staff.active_memberships[0].organisation
    assert coordinator.roles == {"coordinator"}
    assert evaluator.roles == {"evaluator"}
    assert privacy_officer.roles == {"privacy_officer"}
