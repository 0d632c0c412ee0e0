"""Every door slows down who tries it again and again, by the address they come from and by what they try.

Each door tells how often it lets one try, and what a try too many looks like: the page that says
to wait (429), or the form with nothing sent.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from accounts import actions
from accounts.codes import digest
from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from foundation.documents.models import SigningLink
from intake.queries.feedback import token_of as token_of_talk
from intake.queries.followup import follow_up_token
from intake.queries.outside import token_of as token_of_outside
from tests import factories
from tests.access import people
from tests.strict import StrictClient

PERSON = {"first_name": "Amina", "last_name": "Bianchi", "birth_date": "2006-05-05", "tie": "lives"}
numbers = count(1)
WAIT = 429


@dataclass
class Door:
    """`knock()` tries once and gives what came of it; after `most` times it is not `open` any more."""

    knock: object
    most: int
    shut: object = WAIT


def from_elsewhere():
    """A visitor from an address of their own: limits by address do not count others."""
    return StrictClient(REMOTE_ADDR=f"198.51.100.{next(numbers) % 250}")


def status_of(client, url, data):
    return lambda: client.post(url, data() if callable(data) else data).status_code


def messages_after(url, data):
    """How many messages one more try wrote, each from another address."""

    def knock():
        before = OutgoingMessage.objects.count()
        from_elsewhere().post(url, data)
        return OutgoingMessage.objects.count() - before

    return knock


def sign_up_page(request):
    return Door(status_of(from_elsewhere(), "/account/signup/", {}), 60)


def sign_up_codes(request):
    """By address, whoever asks; two within a moment are one message, hence the later times."""
    knock = messages_after("/account/signup/", {**PERSON, "contact": "a@example.org"})

    def later():
        # The same code is given twice within a moment: here the moment is over each time.
        cache.delete(f"sign-up-code:{digest('a@example.org')}:0")
        return knock()

    return Door(later, 3, 0)


def sign_in_page(request):
    return Door(status_of(from_elsewhere(), "/account/login/", {}), 60)


def sign_in_codes(request):
    return Door(messages_after("/account/login/", {"login": "amina@example.org"}), 3, 0)


def sign_in_guesses(request):
    """All at once: each reads the session as it was before the others."""
    client = from_elsewhere()
    client.post("/account/login/", {"login": "amina@example.org"})
    session = client.session
    before = dict(session.items())

    def knock():
        session.update(before)
        session.save()
        return client.post("/account/login/code/confirm/", {"code": "000000"}).status_code

    return Door(knock, 10)


def password(request):
    """By account: five wrong ones, from wherever they come; then the right one does not help either."""
    user = request.getfixturevalue("young_person").user
    user.set_password("quattro gatti blu")
    user.save()
    tries = count(1)

    def knock():
        right = next(tries) > 5
        secret = "quattro gatti blu" if right else "wrong"
        response = from_elsewhere().post("/account/login/password/", {"contact": user.email, "password": secret})
        return "in" if response.status_code == 302 else ("shut" if right else "wrong")

    return Door(knock, 5, "shut")


def password_page(request):
    return Door(status_of(from_elsewhere(), "/account/login/password/", {}), 60)


def passkey(request):
    return Door(status_of(from_elsewhere(), "/account/2fa/webauthn/login/", {"credential": "{}"}), 60)


def app_code(request):
    """By account: the second factor of a member of staff whose mail somebody reads."""
    user = request.getfixturevalue("operator")
    TOTP.activate(user, "A" * 32)
    client = from_elsewhere()
    user.set_password("quattro gatti blu")
    user.save()
    client.post("/account/login/password/", {"contact": user.email, "password": "quattro gatti blu"})

    def knock():
        errors = client.post("/account/2fa/authenticate/", {"code": "000000"}).context["form"].errors["code"]
        return errors.as_data()[0].code or str(errors)

    first = knock()
    return Door(lambda: "wrong" if knock() == first else "shut", 4, "shut")


def password_again(request):
    user = request.getfixturevalue("young_person").user
    user.set_password("quattro gatti blu")
    user.save()
    client = request.getfixturevalue("as_user")(user)
    return Door(status_of(client, "/account/reauthenticate/", {"password": "wrong"}), 10, (WAIT, "rate"))


def new_password(request):
    user = request.getfixturevalue("young_person").user
    user.set_password("quattro gatti blu")
    user.save()
    client = request.getfixturevalue("as_user")(user)
    wrong = {"oldpassword": "wrong", "password1": "x", "password2": "y"}
    return Door(status_of(client, "/account/password/change/", wrong), 5)


def invitation(request):
    partner = request.getfixturevalue("partner")
    actions.invite(
        email="new@example.org",
        organisation=partner,
        role=Role.PARTNER_STAFF,
        by=request.getfixturevalue("partner_admin"),
        now=request.getfixturevalue("now"),
    )
    link = OutgoingMessage.objects.get(to="new@example.org").text.partition("/account/invito/")[2].split()[0]
    return Door(status_of(from_elsewhere(), f"/account/invito/{link}", {}), 30)


def signing_link(request):
    token = people.signing(request.getfixturevalue("young_person"))["signing_token"]
    url = reverse("documents:sign", args=[token])
    return Door(lambda: from_elsewhere().post(url, {}).status_code, 30)


def signing_code(request):
    made = people.signing(request.getfixturevalue("young_person"))
    url = reverse("documents:sign-code", args=[made["signing_token"]])
    assert SigningLink.objects.filter(signer=made["signer"]).exists()
    return Door(lambda: from_elsewhere().post(url, {"action": "send"}).status_code, 5)


def claim_by_address(request):
    """Guessing codes: another one each time."""
    client = from_elsewhere()

    def guess():
        return {"code": f"AAAA-BBBB-{next(numbers):04d}", "birth_date": "2006-05-05", "contact": "a@example.org"}

    return Door(status_of(client, "/account/riscatto/", guess), 10)


def claim_by_code(request):
    """Guessing the birth date of one code, from many addresses."""
    data = {"code": "AAAA-BBBB-CCCC", "birth_date": "2006-05-05", "contact": "a@example.org"}
    return Door(lambda: from_elsewhere().post("/account/riscatto/", data).status_code, 5)


def new_contact(request):
    """By account: codes to ever other addresses."""
    client = request.getfixturevalue("as_user")(request.getfixturevalue("young_person").user)
    return Door(status_of(client, "/account/contatto/", lambda: {"contact": f"a{next(numbers)}@example.org"}), 5)


def answer_of_a_service(request):
    """By the link, whoever holds it."""
    referral = factories.OutsideReferralFactory()
    url = reverse("intake:outside-link", args=[token_of_outside(referral)])
    return Door(lambda: from_elsewhere().post(url, {"decline": "1", "answer": ""}).status_code, 30)


def how_was_it(request):
    talk = factories.AppointmentFactory(state="seen")
    url = reverse("intake:feedback-link", args=[token_of_talk(talk)])
    return Door(lambda: from_elsewhere().post(url, {}).status_code, 30)


def how_it_goes(request):
    """Who left and is asked weeks later."""
    call_command("load_questionnaire", "intake/questionnaires/follow-up.toml", verbosity=0)
    url = reverse("intake:follow-up", args=[follow_up_token(factories.FollowUpFactory())])
    return Door(lambda: from_elsewhere().post(url, {}).status_code, 30)


def list_of_a_class(request):
    """By the code on the wall: who enters made-up names."""
    url = reverse("intake:group-join", args=[factories.GroupFactory().code])
    return Door(status_of(from_elsewhere(), url, {}), 60)


DOORS = [
    list_of_a_class,
    answer_of_a_service,
    how_was_it,
    how_it_goes,
    sign_up_page,
    sign_up_codes,
    sign_in_page,
    sign_in_codes,
    sign_in_guesses,
    password,
    password_page,
    passkey,
    app_code,
    password_again,
    new_password,
    invitation,
    signing_link,
    signing_code,
    claim_by_address,
    claim_by_code,
    new_contact,
]


@pytest.mark.parametrize("door", DOORS)
def test_each_door_is_limited(door, request, edition, young_person, now):
    made = door(request)
    shut = made.shut if isinstance(made.shut, tuple) else (made.shut,)
    for time in range(made.most):
        assert made.knock() not in shut, f"shut already at {time + 1} of {made.most}"
    assert made.knock() in shut


@pytest.fixture
def five_a_minute(settings):
    """Fewer than in truth: what counts here is who is counted."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "5/m/ip"}


@pytest.mark.parametrize("proxies", [0, 1])
def test_another_forged_address_each_time_does_not_help(settings, edition, five_a_minute, proxies):
    """Behind our proxy the last address of the header is the visitor's; what they wrote before it does not count."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    def knock(number):
        chain = f"203.0.113.{number}, 198.51.100.7" if proxies else f"203.0.113.{number}"
        client = StrictClient(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=chain)
        return client.post("/account/login/", {}).status_code

    assert [knock(number) for number in range(6)] == [200] * 5 + [WAIT]
    # The next visitor behind the same proxy is somebody else.
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    neighbour = StrictClient(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.8")
    assert neighbour.post("/account/login/", {}).status_code == 200


def test_waiting_is_enough(edition, now, five_a_minute):
    client = from_elsewhere()
    for _time in range(6):
        last = client.post("/account/login/", {})
    assert last.status_code == WAIT
    assert "minut" in last.content.decode()
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert client.post("/account/login/", {}).status_code == 200


def test_a_class_behind_one_address_gets_in(edition):
    """Thirty people of a school sign up in the same minute."""
    for number in range(30):
        visitor = StrictClient(REMOTE_ADDR="192.0.2.1")
        answers = {**PERSON, "first_name": f"Amina {number}", "contact": f"p{number}@example.org"}
        assert visitor.post("/account/signup/", answers).status_code == 302
    assert OutgoingMessage.objects.count() == 30
    assert factories.User.objects.count() == 0
