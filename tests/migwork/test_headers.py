"""What every answer carries, and which addresses are no addresses."""

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db.utils import IntegrityError

from migwork.middleware import TurnViolationsIntoSentences

SAFE = "private, no-store"


@pytest.fixture
def signed_in(as_user, young_person):
    return as_user(young_person.user)


@pytest.mark.parametrize("path", ["/", "/opportunita/", "/no-such-page/"])
def test_every_answer_says_that_only_our_own_scripts_may_run(client, edition, path):
    policy = client.get(path)["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)


@pytest.mark.parametrize("path", ["/", "/opportunita/", "/io/", "/progetto/", "/no-such-page/"])
def test_what_somebody_with_a_session_sees_stays_in_no_cache(signed_in, path):
    assert signed_in.get(path)["Cache-Control"] == SAFE


def test_signing_in_stays_in_no_cache(client, young_person):
    response = client.post("/demo/entra/", {"user": young_person.user.pk})
    assert (response.status_code, response["Cache-Control"]) == (302, SAFE)


def test_the_public_catalogue_may_be_cached(client, edition):
    assert "no-store" not in client.get("/opportunita/").get("Cache-Control", "")


def test_a_page_with_a_message_stays_in_no_cache(signed_in, edition):
    signed_in.post("/account/logout/")
    assert "sessionid" not in {name for name, cookie in signed_in.cookies.items() if cookie.value}
    response = signed_in.get("/opportunita/")
    assert 'class="messages"' in response.text
    assert response["Cache-Control"] == SAFE


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


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/progetto/?s=1", "http://testserver/progetto/?s=1"),
        ("http://evil.example/", "/posted/?a=1"),
        ("", "/posted/?a=1"),
    ],
)
def test_a_broken_rule_of_the_database_leads_back_to_the_form(rf, came_from, back):
    request = rf.post("/posted/?a=1", headers={"referer": came_from})
    SessionMiddleware(lambda request: None).process_request(request)
    MessageMiddleware(lambda request: None).process_request(request)
    response = TurnViolationsIntoSentences(None).process_exception(request, IntegrityError())
    assert response["Location"] == back
