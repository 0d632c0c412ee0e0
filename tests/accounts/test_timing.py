"""Who has an account is told neither by words nor by the time that an answer takes."""

import re
from itertools import count
from statistics import median
from time import perf_counter

import pytest
from django.core.cache import cache
from django.test import Client

from foundation.communications.models import OutgoingMessage
from tests import factories

SAMPLES = 200
# The first answers load templates and prepare statements.
WARM_UP = 20
PERSON = {"first_name": "Amina", "last_name": "Bianchi", "birth_date": "2006-05-05", "tie": "lives"}
# Each door: its address, what is posted for an address, and the page of the code.
DOORS = {
    "sign-up": ("/account/signup/", lambda address: {**PERSON, "contact": address}, "/account/signup/code/"),
    "sign-in": ("/account/login/", lambda address: {"login": address}, "/account/login/code/confirm/"),
}
door = pytest.mark.parametrize("door", DOORS)
kind = pytest.mark.parametrize("kind", ["email", "phone"])
numbers = count(1_000_000)


def addresses(kind):
    """(known, unknown): addresses of the same length."""
    number = next(numbers)
    if kind == "email":
        known, unknown = f"k{number}@example.org", f"u{number}@example.org"
        user = factories.UserFactory(email=known)
        user.emailaddress_set.create(email=known, verified=True, primary=True)
    else:
        known, unknown = f"+39333{number}", f"+39334{number}"
        factories.UserFactory(email=None, phone=known, phone_verified=True)
    return known, unknown


@door
@kind
def test_the_same_text_and_status(client, edition, door, kind):
    url, data, code = DOORS[door]

    def answers(address):
        """Status, address and page of asking, of the code's page, of a wrong code, and of asking for another."""
        client.cookies.clear()
        cache.clear()
        pages = [
            client.post(url, data(address)),
            client.get(code),
            client.post(code, {"code": "12345"}),
            client.post(code, {"action": "resend"}),
            client.get(code),
        ]
        said = [(page.status_code, page.get("Location"), page.content.decode()) for page in pages]
        shown = re.escape(address) if kind == "email" else r"33[34] \d{3} \d{4}"
        tokens = r'(name="csrfmiddlewaretoken" value=)"\w+"'
        return [(s, to, re.sub(shown, "…", re.sub(tokens, r"\1", html))) for s, to, html in said]

    known, unknown = addresses(kind)
    assert answers(known) == answers(unknown)
    assert OutgoingMessage.objects.filter(to=known).exists()
    assert OutgoingMessage.objects.filter(to=unknown).exists()


@door
@kind
def test_the_same_work(edition, door, kind):
    """200 known and 200 unknown addresses, in turn: the medians are within a tenth of each other.

    Django's own client, after whose answers nothing is sent: that is a worker's part.
    """
    found = []
    # A leak shows every time; what a busy machine does to one series it does not do to three.
    while not found or (abs(found[-1][0] - found[-1][1]) > 0.1 * max(found[-1]) and len(found) < 3):
        found.append(medians(door, kind))
    known, unknown = found[-1]
    assert abs(known - unknown) <= 0.1 * max(known, unknown), f"known and unknown, in seconds: {found}"


def medians(door, kind) -> tuple[float, float]:
    """Seconds that a known and an unknown address take."""
    url, data, _code = DOORS[door]
    times = ([], [])
    for sample in range(WARM_UP + SAMPLES):
        pair = list(zip(times, addresses(kind), strict=True))
        # Whoever comes first pays for what the clock or the database do now and then.
        for taken, address in pair if sample % 2 else reversed(pair):
            # The limits count as ever, but each visitor is the first.
            cache.clear()
            visitor = Client()
            begun = perf_counter()
            response = visitor.post(url, data(address))
            taken.append(perf_counter() - begun)
            assert response.status_code == 302
    known, unknown = (median(taken[WARM_UP:]) for taken in times)
    return known, unknown
