"""What every answer carries, and which addresses are no addresses."""

import pytest

SAFE = "private, no-store"


@pytest.fixture
def signed_in(as_user, young_person):
    return as_user(young_person.user)


@pytest.mark.parametrize("path", ["/", "/opportunita/", "/io/", "/progetto/", "/no-such-page/"])
def test_what_somebody_with_a_session_sees_stays_in_no_cache(signed_in, path):
    assert signed_in.get(path)["Cache-Control"] == SAFE


def test_signing_in_stays_in_no_cache(client, young_person):
    response = client.post("/demo/entra/", {"user": young_person.user.pk})
    assert (response.status_code, response["Cache-Control"]) == (302, SAFE)


def test_the_public_catalogue_may_be_cached(client, edition):
    assert "no-store" not in client.get("/opportunita/").get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/opportunita/", {}, 200),
        ("/no-such-page/", {}, 404),
        ("/opportunita/?q=%00", {}, 400),
        ("/opportunita/", {"host": "evil.example"}, 400),
        ("/admin", {}, 301),
    ],
)
def test_every_answer_carries_the_headers(client, edition, path, headers, status):
    response = client.get(path, headers=headers)
    assert response.status_code == status
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/accoglienza/?q=a%00b", "/opportunita/a%00b/", "/tirocini/?nome=%00"])
def test_a_nul_in_the_address_is_refused(as_user, operator, path):
    assert as_user(operator).get(path).status_code in (400, 404)
