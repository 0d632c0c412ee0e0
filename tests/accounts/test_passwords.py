"""Passwords: common and breached ones are refused, long ones and pasted ones are not, a silent service stops nobody."""

import time
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.urls import reverse

from accounts.passwords import is_breached

GOOD = "quattro gatti blu"
SIGN_IN = "/account/login/password/"


def digest(password):
    return sha1(password.encode()).hexdigest().upper()


@contextmanager
def range_service(settings, answer):
    """A range service on this machine; `answer(handler)` writes. Gives what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers), self.rfile))
            answer(self)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.PASSWORD_RANGE_URL = f"http://127.0.0.1:{server.server_port}/range/"
    try:
        yield asked
    finally:
        server.shutdown()
        # Not waiting for the threads of those that hang on purpose.
        server.block_on_close = False
        server.server_close()


def lines(*rows, status=200):
    def answer(handler):
        handler.send_response(status)
        handler.end_headers()
        handler.wfile.write("\r\n".join(rows).encode())

    return answer


@pytest.fixture
def choose(as_user, young_person):
    """`choose(password)`: the errors on choosing it, [] when it was taken."""
    young_person.user.set_unusable_password()
    young_person.user.save(update_fields=["password"])

    def errors(password, again=None):
        page = as_user(young_person.user)
        form = {"password1": password, "password2": password if again is None else again}
        response = page.post(reverse("account_set_password"), form)
        return [] if response.status_code == 302 else [e for es in response.context["form"].errors.values() for e in es]

    return errors


@pytest.mark.parametrize("password", ["password1", "qwertyuiop", "juventus1", "Iloveyou1", "12345678", "amina@example"])
def test_common_ones_are_refused(choose, young_person, password):
    assert choose(password)
    young_person.user.refresh_from_db()
    assert not young_person.user.has_usable_password()


def test_breached_ones_are_refused_and_only_five_letters_leave(settings, choose):
    beginning, ending = digest(GOOD)[:5], digest(GOOD)[5:]
    with range_service(settings, lines("0" * 35 + ":4", f"{ending}:17")) as asked:
        assert "stolen" in choose(GOOD)[0] or "rubata" in choose(GOOD)[0]
    path, headers, _body = asked[0]
    assert path == f"/range/{beginning}"
    sent = f"{path} {headers}".upper()
    assert ending[:6] not in sent
    assert "GATTI" not in sent
    assert "AMINA" not in sent


def test_padding_is_no_breach(settings, choose):
    with range_service(settings, lines(f"{digest(GOOD)[5:]}:0")):
        assert choose(GOOD) == []


def test_others_breaches_are_not_mine(settings, choose):
    with range_service(settings, lines("0" * 35 + ":4")) as asked:
        assert choose(GOOD) == []
    assert asked


def silent(handler):
    time.sleep(3)


def dripping(handler):
    handler.send_response(200)
    handler.end_headers()
    for _second in range(30):
        handler.wfile.write(b"0")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("answer", [silent, dripping], ids=["silent", "dripping"])
def test_a_silent_service_lets_through_after_a_second(settings, answer, caplog):
    with range_service(settings, answer):
        begun = time.perf_counter()
        assert not is_breached(GOOD)
        assert 0.9 < time.perf_counter() - begun < 1.8
    assert GOOD not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        lines(f"{digest(GOOD)[5:]}:17", status=500),
        lines(f"{digest(GOOD)[5:]}:17", status=302),
        lines("\xff\xfe no answer"),
        lambda handler: handler.connection.close(),
    ],
    ids=["error", "elsewhere", "nonsense", "hung up"],
)
def test_a_broken_service_lets_through(settings, choose, answer):
    with range_service(settings, answer):
        assert choose(GOOD) == []


def test_a_service_that_is_not_there_lets_through(settings, choose):
    with range_service(settings, lines()):
        pass
    assert choose(GOOD) == []


SIXTY_FOUR = "  Perché no? \N{GRINNING FACE} " + "x" * 46 + " è "


@pytest.mark.parametrize("channel", ["email", "phone"])
def test_sixty_four_pasted_characters(client, choose, young_person, channel):
    assert len(SIXTY_FOUR) == 64
    assert choose(SIXTY_FOUR) == []
    user = young_person.user
    user.phone, user.phone_verified = "+393331234567", True
    user.save(update_fields=["phone", "phone_verified"])
    contact = user.email if channel == "email" else "333 123 4567"
    # Blanks at the ends belong to it.
    assert client.post(SIGN_IN, {"contact": contact, "password": SIXTY_FOUR.strip()}).status_code == 200
    assert client.post(SIGN_IN, {"contact": contact, "password": SIXTY_FOUR})["Location"] == reverse("portal:home")


def test_the_page_hinders_neither_pasting_nor_managers(as_user, choose, young_person):
    page = as_user(young_person.user).get(reverse("account_set_password")).content.decode()
    assert page.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page
    assert 'maxlength="6' not in page


def test_no_password_is_so_long_that_hashing_it_is_an_attack(client, choose, young_person):
    assert choose("lungo " * 2000)
    long = client.post(SIGN_IN, {"contact": young_person.user.email, "password": "x" * 12000})
    assert list(long.context["form"].errors) == ["password"]
