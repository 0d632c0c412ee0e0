"""A member of staff who has not shown a second factor gets to no page of work, whatever the address."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import world
from tests.access.test_table import table

SETUP = "/account/2fa/"


def without_factor(user):
    """Signed in as somebody is whose code was right, and who has shown nothing else."""
    client = Client()
    client.force_login(user, backend="accounts.backends.ByPassword")
    return client


@pytest.mark.parametrize("who", ["operator", "partner_admin", "coordinator", "evaluator", "privacy_officer"])
def test_no_page_of_work_without_it(who, request, edition, young_person, participation, operator, partner_staff):
    here = world.make(
        edition=edition,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
    )
    client = without_factor(request.getfixturevalue(who))
    let_in = []
    for row in table():
        address = reverse(row.name, kwargs=row.kwargs(here)) + row.query
        for method in row.methods:
            # What machines ask is open to everybody.
            if address.startswith(("/health/", "/i18n/")):
                continue
            response = getattr(client, method.lower())(address)
            if response.status_code != 302 or not response["Location"].startswith(SETUP):
                let_in.append(f"{method} {address}: {response.status_code}")
    assert let_in == []


def test_nor_the_administration(administrator):
    for address in ("/admin/", "/admin/accounts/user/", "/admin/nowhere/"):
        assert without_factor(administrator).get(address)["Location"].startswith(SETUP)


def test_a_part_of_a_page_leads_there_too(operator):
    response = without_factor(operator).get(
        "/accoglienza/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/accoglienza/"}
    )
    assert response["HX-Redirect"] == f"{SETUP}?next=/accoglienza/"


def test_the_page_that_was_wanted_is_kept(operator):
    assert without_factor(operator).get("/accoglienza/?q=1")["Location"] == f"{SETUP}?next=/accoglienza/%3Fq%3D1"


def test_young_people_need_none(young_person):
    assert without_factor(young_person.user).get("/io/").status_code == 200


def test_setting_up_is_open(operator):
    client = without_factor(operator)
    assert client.get(SETUP).status_code == 200
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert client.get("/account/2fa/webauthn/add/").status_code == 200
