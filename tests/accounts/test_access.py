"""What stands before every view."""

import pytest
from django.urls import reverse

LOGIN = "/account/login/"


def test_a_visitor_comes_back_after_signing_in(client, db):
    assert client.get("/io/?a=1")["Location"] == f"{LOGIN}?next=/io/%3Fa%3D1"


def test_a_form_sent_too_late_leads_home_for_it_cannot_be_opened(client, db):
    assert client.post("/io/", {})["Location"] == f"{LOGIN}?next={reverse('portal:home')}"


def test_a_partial_page_sends_the_whole_page_to_sign_in(client, db):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/io/"}
    response = client.get("/io/", headers=asked)
    assert (response.status_code, response["HX-Redirect"]) == (200, f"{LOGIN}?next=/io/")


@pytest.mark.parametrize("name", ["account_signup", "account_login", "account_password_login"])
def test_who_is_in_goes_on(as_user, young_person, name):
    assert as_user(young_person.user).get(reverse(name))["Location"] == reverse("portal:home")


def test_too_many_requests_are_asked_to_wait(client, edition):
    for _request in range(61):
        response = client.post(reverse("account_signup"), {})
    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]
