"""In by SPID and CIE, against a gateway that says what the test wants. In a browser: tests/journeys/test_eid.py."""

import json
import re
import time
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import time_machine
from django.urls import reverse
from requests import ConnectionError as NoConnection

from accounts import actions
from accounts.enums import VerifiedBy
from accounts.models import Consent, EIdentity, User, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.documents.enums import Assurance
from foundation.documents.models import Signer
from foundation.privacy.models import Event
from intake.models import Participation
from tests import factories
from tests.accounts.signing import named
from tests.strict import StrictClient

GATEWAY = "https://gateway.example"
L1, L2, L3 = (f"https://www.spid.gov.it/SpidL{level}" for level in (1, 2, 3))
AMINA = "HSSMNA03E43Z336X"
INFO = {
    "given_name": "Amina",
    "family_name": "Hassan",
    "birthdate": "2003-05-03",
    "email": "Amina@Example.org",
    "https://attributes.eid.gov.it/fiscal_number": f"TINIT-{AMINA}",
}
ENTERS = "/account/eid/spid/"


class Gateway:
    """Stands in for `requests`: what it answers is in `info` and `token`, to be changed by a test."""

    def __init__(self):
        self.info, self.token, self.down = dict(INFO), {}, False
        self.provider, self.subject, self.asked = "spid", "subject-1", []

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def post(self, url, **kwargs):
        return self.request("POST", url, **kwargs)

    def request(self, method, url, **kwargs):
        if self.down:
            raise NoConnection
        path = urlsplit(url).path
        self.asked.append((path, kwargs))
        return getattr(self, "answer_" + re.sub(r"\W", "_", path.strip("/")))()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def answer__well_known_openid_configuration(self):
        return said(
            issuer=GATEWAY,
            authorization_endpoint=f"{GATEWAY}/authorize",
            token_endpoint=f"{GATEWAY}/token",
            userinfo_endpoint=f"{GATEWAY}/userinfo",
            jwks_uri=f"{GATEWAY}/keys",
        )

    answer_well_known_openid_configuration = answer__well_known_openid_configuration

    def answer_token(self):
        now = int(time.time())
        token = {"iss": GATEWAY, "aud": f"portal-{self.provider}", "sub": self.subject, "exp": now + 60, "acr": L2}
        token = {name: value for name, value in {**token, **self.token}.items() if value is not None}
        return said(access_token="a", token_type="Bearer", id_token=jwt.encode(token, "k" * 32, algorithm="HS256"))

    def answer_userinfo(self):
        return said(**{"sub": self.subject, **self.info})


def said(**data):
    return SimpleNamespace(
        status_code=200, headers={"content-type": "application/json"}, text=json.dumps(data), json=lambda: data,
        raise_for_status=lambda: None,
    )  # fmt: skip


@pytest.fixture
def gateway(settings, monkeypatch):
    def app(name):
        return {
            "provider_id": name,
            "name": name.upper(),
            "client_id": f"portal-{name}",
            "secret": "s",
            "settings": {"server_url": GATEWAY, "fetch_userinfo": True, "token_auth_method": "client_secret_basic",
                         "auth_params": {"acr_values": L2}},
        }  # fmt: skip

    settings.EID = {n: {"url": GATEWAY, "client": f"portal-{n}", "secret": "s", "acr": L2} for n in ("spid", "cie")}
    apps = [app("spid"), app("cie")]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
    fake = Gateway()
    monkeypatch.setattr("accounts.adapter.EidAdapter.get_requests_session", lambda self: fake)
    return fake


def come_in(client, gateway, provider="spid", process="login", **changes):
    """Out to the gateway and back, as a browser would."""
    gateway.provider = provider
    out = client.post(f"/account/eid/{provider}/", {"process": process, "next": changes.pop("next", "")})
    assert out["Location"].startswith(f"{GATEWAY}/authorize?")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(out["Location"]).query).items()}
    assert asked["acr_values"] == L2
    assert asked["code_challenge_method"] == "S256"
    back = {"code": "c", "state": asked["state"], **changes}
    return client.get(f"/account/eid/{provider}/callback/", back)


def last_code():
    return re.search(r"\b\d{6}\b", OutgoingMessage.objects.latest("created_at").text)[0]


def signed_in_as(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def person_with(code, verified_by="", **fields):
    person = factories.YoungPersonFactory(
        first_name="Amina", last_name="Hassan", birth_date="2003-05-03", fiscal_code=code, **fields
    )
    if verified_by:
        person.fiscal_code_verified_at, person.fiscal_code_verified_by = person.created_at, verified_by
        person.save()
    person.refresh_from_db()
    return person


def test_no_gateway_no_door(client, edition, db):
    for page in ("/account/login/", "/account/signup/"):
        assert b"Entra con SPID" not in client.get(page).content
    assert client.post(ENTERS).status_code == 404
    assert client.get("/account/eid/spid/callback/").status_code == 404


def test_the_doors_stand_beside_the_others_and_want_a_button(client, edition, gateway):
    for page in ("/account/login/", "/account/signup/"):
        html = client.get(page).content.decode()
        assert "Entra con SPID" in html
        assert "Entra con CIE" in html
        assert 'autocomplete="email"' in html or 'autocomplete="username"' in html
    assert client.get(ENTERS).status_code == 405
    assert client.post("/account/eid/other/").status_code == 404


def test_the_first_time_is_prefilled_and_asks_what_is_missing(client, edition, gateway, now):
    assert come_in(client, gateway)["Location"] == "/account/eid/iscrizione/"
    page = client.get("/account/eid/iscrizione/")
    assert list(page.context["form"].fields) == ["contact", "tie"]
    assert page.context["form"]["contact"].value() == "amina@example.org"
    assert AMINA in page.content.decode()
    assert not User.objects.exists()
    posted = {"contact": "amina@example.org", "tie": "lives", "first_name": "Eve", "fiscal_code": "RSSMRA85T10A562S"}
    assert client.post("/account/eid/iscrizione/", posted)["Location"] == "/account/signup/code/"
    assert not YoungPerson.objects.exists()
    client.post("/account/signup/code/", {"code": last_code()})
    person = YoungPerson.objects.get()
    assert (person.full_name, person.fiscal_code, person.fiscal_code_verified_by) == ("Amina Hassan", AMINA, "eid")
    assert (person.gender, person.birth_place) == ("f", "Egitto")
    assert signed_in_as(client) == person.user
    assert person.user.eidentities.get().provider == "spid"
    assert Participation.objects.filter(person=person).count() == 1
    assert "accounts_eid" not in client.session
    assert Event.objects.filter(verb="accounts.eid_linked", about=person.pk).count() == 1


def test_who_may_not_take_part_leaves_nothing(client, edition, gateway, now):
    come_in(client, gateway)
    page = client.post("/account/eid/iscrizione/", {"contact": "t@example.org", "tie": "none"})
    assert page.context["reasons"]
    assert not User.objects.exists()
    assert not OutgoingMessage.objects.exists()
    assert "accounts_eid" not in client.session


def test_whose_age_says_no_is_asked_nothing_first(client, edition, gateway, now):
    """SPID has told the age: a mother who came here to sign hears at once that she need not sign up."""
    gateway.info |= {"birthdate": "1961-02-08", "https://attributes.eid.gov.it/fiscal_number": "TINIT-BRMTRS61B48F205M"}
    come_in(client, gateway)
    page = client.get("/account/eid/iscrizione/")
    assert [reason.code for reason in page.context["reasons"]] == ["too_old"]
    html = page.content.decode()
    assert 'name="contact"' not in html
    assert "Ci siamo quasi" not in html
    assert "Devi solo firmare per una ragazza o un ragazzo?" in html
    assert "accounts_eid" not in client.session


def test_spid_and_cie_open_the_same_account(client, edition, gateway, now):
    person = person_with(AMINA, VerifiedBy.STAFF)
    assert come_in(client, gateway)["Location"] == reverse("portal:home")
    assert signed_in_as(client) == person.user
    client.logout()
    gateway.subject = "another-subject"
    come_in(client, gateway, "cie")
    assert signed_in_as(client) == person.user
    assert {identity.provider for identity in EIdentity.objects.all()} == {"spid", "cie"}
    client.logout()
    come_in(client, gateway, "cie")
    assert EIdentity.objects.count() == 2


def test_an_omocode_opens_nobody_elses_account(client, edition, gateway, now):
    person_with(AMINA, VerifiedBy.STAFF)
    gateway.info["https://attributes.eid.gov.it/fiscal_number"] = "TINIT-HSSMNA03E43Z33SU"
    assert come_in(client, gateway)["Location"] == "/account/eid/iscrizione/"
    assert signed_in_as(client) is None


def test_a_code_on_another_account_is_proved_or_goes_to_the_desk(client, edition, gateway, now):
    person = person_with(AMINA)
    assert come_in(client, gateway)["Location"] == "/account/eid/conflitto/"
    assert signed_in_as(client) is None
    page = client.get("/account/eid/conflitto/").content.decode()
    assert person.user.email not in page
    assert "Informagiovani" in page
    # Going round it leads back to it.
    assert client.get("/account/eid/iscrizione/")["Location"] == "/account/eid/conflitto/"
    client.post("/account/eid/conflitto/")
    message = OutgoingMessage.objects.latest("created_at")
    assert message.to == person.user.email
    assert person.user.email not in client.get("/account/signup/code/").content.decode()
    client.post("/account/signup/code/", {"code": "000000"})
    assert not EIdentity.objects.exists()
    client.post("/account/signup/code/", {"code": last_code()})
    person.refresh_from_db()
    assert signed_in_as(client) == person.user
    assert (person.fiscal_code_verified_by, EIdentity.objects.get().user) == ("eid", person.user)


def test_the_desks_record_is_taken_over(client, edition, gateway, operator, now):
    person = actions.register_person(
        first_name="Amina", last_name="Hassan", birth_date=date(2003, 5, 3),
        tie="lives", fiscal_code=AMINA, by=operator, now=now,
    )  # fmt: skip
    actions.set_fiscal_code(person=person, code=AMINA, verified_by=VerifiedBy.STAFF, by=operator, now=now)
    come_in(client, gateway)
    client.post("/account/eid/iscrizione/", {"contact": "333 123 4567", "tie": "studies"})
    client.post("/account/signup/code/", {"code": last_code()})
    person.refresh_from_db()
    assert YoungPerson.objects.get() == person
    assert (person.user, person.phone) == (signed_in_as(client), "+393331234567")
    assert Event.objects.filter(verb="accounts.person_claimed", about=person.pk).exists()


@pytest.mark.parametrize(
    ("token", "info"),
    [
        ({"acr": L1}, {}),
        ({"acr": None}, {}),
        ({"acr": "https://www.spid.gov.it/SpidL9"}, {}),
        ({"aud": "somebody-else"}, {}),
        ({"iss": "https://other.example"}, {}),
        ({"exp": 1}, {}),
        ({"exp": None}, {}),
        ({"sub": "somebody-else"}, {}),
        ({}, {"https://attributes.eid.gov.it/fiscal_number": None}),
        ({}, {"https://attributes.eid.gov.it/fiscal_number": "TINIT-HSSMNA03E43Z336A"}),
        ({}, {"birthdate": "3 May"}),
        ({}, {"given_name": ""}),
        ({}, {"family_name": "x" * 10_000}),
    ],
)
def test_what_the_gateway_must_not_get_through(client, edition, gateway, now, token, info):
    person_with(AMINA, VerifiedBy.STAFF)
    gateway.token, gateway.info = token, {**gateway.info, **info}
    response = come_in(client, gateway)
    assert response.status_code == 403
    assert signed_in_as(client) is None
    assert not EIdentity.objects.exists()
    assert "accounts_eid" not in client.session


@pytest.mark.parametrize("level", [L2, L3, "http://eidas.europa.eu/LoA/high"])
def test_as_high_as_asked_is_enough(client, edition, gateway, now, level):
    person = person_with(AMINA, VerifiedBy.STAFF)
    gateway.token = {"acr": level}
    come_in(client, gateway)
    assert signed_in_as(client) == person.user


def test_a_wrong_state_or_none_opens_nothing(client, edition, gateway, now):
    person_with(AMINA, VerifiedBy.STAFF)
    for state in ("wrong", ""):
        assert come_in(client, gateway, state=state).status_code == 403
    assert client.get("/account/eid/spid/callback/", {"code": "c"}).status_code == 403
    assert signed_in_as(client) is None


def test_a_gateway_that_is_down_says_so(client, edition, gateway, now):
    gateway.down = True
    response = client.post(ENTERS, {"process": "login"})
    assert response.status_code == 403
    assert "/account/login/" in response.content.decode()


def test_who_stops_half_way_comes_back_to_the_sign_in(client, edition, gateway, now):
    out = client.post(ENTERS, {"process": "login"})
    state = parse_qs(urlsplit(out["Location"]).query)["state"][0]
    back = client.get("/account/eid/spid/callback/", {"error": "access_denied", "state": state})
    assert back["Location"] == "/account/login/"


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_next_stays_here(client, edition, gateway, now, address):
    person_with(AMINA, VerifiedBy.STAFF)
    assert come_in(client, gateway, next=address)["Location"] == reverse("portal:home")


def test_links_to_ones_own_account_and_takes_off(as_user, edition, gateway, now):
    person = person_with("")
    me, ways = as_user(person.user), reverse("accounts:sign-in-ways")
    assert come_in(me, gateway, process="connect")["Location"] == ways
    person.refresh_from_db()
    assert (person.fiscal_code, person.fiscal_code_verified_by) == (AMINA, "eid")
    page = me.get(ways)
    assert page.context["missing"] == ["cie"]
    identity = person.user.eidentities.get()
    stranger = as_user(factories.YoungPersonFactory().user)
    assert stranger.post(reverse("accounts:unlink-eid", args=[identity.pk])).status_code == 404
    me.post(reverse("accounts:unlink-eid", args=[identity.pk]))
    assert not EIdentity.objects.exists()
    # It opens the account no more: the account's own code has to be shown first, as by anybody else.
    back = StrictClient()
    assert come_in(back, gateway)["Location"] == "/account/eid/conflitto/"
    assert signed_in_as(back) is None


@pytest.mark.parametrize("with_password", [False, True])
def test_linking_takes_a_fresh_proof_of_who_one_is(as_user, edition, gateway, now, with_password):
    """Whoever finds a device open must not leave with a SPID of their own linked to the account."""
    person, asked = person_with(""), "/account/reauthenticate/"
    if with_password:
        person.user.set_password("quattro gatti blu")
        person.user.save()
    me = as_user(person.user)
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        for address, data in ((ENTERS, {"process": "connect"}), (f"{ENTERS}?process=connect", {})):
            answer = me.post(address, data)
            if with_password:
                assert answer["Location"].startswith(asked)
            else:
                assert answer.status_code == 200
                assert f"next={reverse('accounts:sign-in-ways')}" in answer.content.decode()
        if with_password:
            # The form that was sent goes on from there.
            me.post(ENTERS, {"process": "connect"})
            out = me.post(f"{asked}?next={ENTERS}", {"password": "quattro gatti blu"})
            assert out["Location"].startswith(f"{GATEWAY}/authorize?")


def test_somebody_elses_spid_is_not_linked(as_user, edition, gateway, now):
    other = person_with(AMINA, VerifiedBy.STAFF)
    # Of another day of birth, and of another codice fiscale that was verified.
    for person in (
        factories.YoungPersonFactory(birth_date="2004-01-01"),
        person_with("CLMGLI04C61F205N", VerifiedBy.STAFF),
        person_with(""),
    ):
        assert come_in(as_user(person.user), gateway, process="connect").status_code == 403
        assert not EIdentity.objects.exists()
    assert other.user.eidentities.count() == 0


def test_one_subject_does_not_change_hands(client, as_user, edition, gateway, now):
    person = person_with(AMINA, VerifiedBy.STAFF)
    come_in(client, gateway)
    client.logout()
    gateway.info["https://attributes.eid.gov.it/fiscal_number"] = "TINIT-CLMGLI04C61F205N"
    assert come_in(client, gateway).status_code == 403
    assert signed_in_as(client) is None
    assert person.user.eidentities.get().fiscal_code == AMINA


def told(user):
    """What was written of SPID and CIE to where somebody signs in."""
    return list(OutgoingMessage.objects.filter(to=user.email, key__startswith="accounts:eid_changed").order_by("key"))


def test_the_owner_is_told_when_it_is_linked_or_taken_off(client, as_user, edition, gateway, now):
    """It may not have been them. To use it again tells nothing new; CIE beside SPID does."""
    person = person_with(AMINA, VerifiedBy.STAFF)
    come_in(client, gateway)
    (message,) = told(person.user)
    assert "SPID" in message.text
    for word in ("SPID", AMINA, "Amina", "Hassan"):
        assert word not in message.subject
    assert AMINA not in message.text
    client.logout()
    come_in(client, gateway)
    assert len(told(person.user)) == 1
    gateway.subject = "another-subject"
    come_in(client, gateway, "cie")
    assert len(told(person.user)) == 2
    identity = person.user.eidentities.get(provider="cie")
    as_user(person.user).post(reverse("accounts:unlink-eid", args=[identity.pk]))
    assert len(told(person.user)) == 3
    assert OutgoingMessage.objects.filter(text__contains="CIE non apre più").count() == 1


def test_who_signs_up_by_spid_is_not_told_what_they_just_did(client, edition, gateway, now):
    come_in(client, gateway)
    client.post("/account/eid/iscrizione/", {"contact": "amina@example.org", "tie": "lives"})
    client.post("/account/signup/code/", {"code": last_code()})
    assert EIdentity.objects.count() == 1
    assert told(User.objects.get()) == []


def test_of_spid_nothing_is_told_at_a_dangerous_home(client, edition, gateway, now):
    person = person_with(AMINA, VerifiedBy.STAFF, safe_contact=True, safe_channel="sms", safe_address="+393339999999")
    come_in(client, gateway)
    assert told(person.user) == []
    assert "SPID" in OutgoingMessage.objects.get(to="+393339999999").text


def test_a_closed_account_stays_closed(client, edition, gateway, now):
    person = person_with(AMINA, VerifiedBy.STAFF)
    User.objects.filter(pk=person.user_id).update(is_active=False)
    come_in(client, gateway)
    assert signed_in_as(client) is None


def test_nothing_of_what_was_said_is_kept_by_the_library(client, edition, gateway, now):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    person_with(AMINA, VerifiedBy.STAFF)
    come_in(client, gateway)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


def test_what_spid_said_is_forgotten_after_an_hour(client, edition, gateway, now):
    import time_machine

    come_in(client, gateway)
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        assert client.get("/account/eid/iscrizione/").status_code == 302


FATIMA = "BRMTRS61B48F205M"
FISCAL_NUMBER = "https://attributes.eid.gov.it/fiscal_number"


def asked_to_sign(minor, purposes, now, *, by, code=FATIMA):
    """The addresses of what Amina's mother, whom nobody has seen yet, is asked to sign: the page and its SPID."""
    named(minor, by, now, fiscal_code=code)
    actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=by, now=now)
    page = re.search(r"/firma/[^/\s]+/", OutgoingMessage.objects.latest("created_at").text)[0]
    return page, f"{page}eid/"


def named_by_spid(gateway, code):
    gateway.info |= {"given_name": "Fatima", "birthdate": "1961-02-08", FISCAL_NUMBER: code and f"TINIT-{code}"}


def signs_nothing(client, page):
    """Neither is the button to consent there, nor does it do anything when it is pressed all the same."""
    assert 'name="read"' not in client.get(page).content.decode()
    client.post(page, {"read": "on"})
    signer = Signer.objects.get()
    return (signer.state, Consent.objects.get().state) == ("waiting", "asked")


@pytest.mark.parametrize("provider", ["spid", "cie"])
def test_a_representative_confirms_with_spid(
    provider, client, gateway, minor, operator, purposes, quick_documents, settings, now
):
    """From her link out to the gateway and back, compared with the code that staff wrote down; then the button."""
    page, eid = asked_to_sign(minor, purposes, now, by=operator)
    before = User.objects.count()
    html = client.get(page).content.decode()
    assert html.count(f'name="next" value="{eid}"') == 2
    hint, button = html.index("con SPID o CIE"), html.index("Entra con SPID")
    # What she reads of SPID stands right beside its button.
    assert 0 < button - hint < 700
    assert signs_nothing(client, page)

    # Another person's code; none; a level too low; turned back; the gateway away: each leads back to her link.
    for wrong, says in (
        (lambda: named_by_spid(gateway, AMINA), "persona diversa"),
        (lambda: named_by_spid(gateway, None), "Da SPID o CIE non abbiamo saputo chi firma"),
        (lambda: named_by_spid(gateway, FATIMA) or gateway.token.update(acr=L1), "troppo basso"),
    ):
        wrong()
        answer = come_in(client, gateway, provider, process="redirect", next=eid)
        html = client.get(answer["Location"], follow=True).content.decode()
        assert says in html
        assert "documents_eid" not in client.session
        assert signs_nothing(client, page)
        gateway.token.clear()
    out = client.post(f"/account/eid/{provider}/", {"process": "redirect", "next": eid})
    state = parse_qs(urlsplit(out["Location"]).query)["state"][0]
    back = client.get(f"/account/eid/{provider}/callback/", {"error": "access_denied", "state": state})
    assert back["Location"] == page
    assert "Non è stato firmato nulla" in client.get(page).content.decode()
    gateway.down = True
    assert client.post(f"/account/eid/{provider}/", {"process": "redirect", "next": eid})["Location"] == page
    gateway.down = False
    assert signs_nothing(client, page)

    # The very person: she reads, ticks, consents. Nobody is signed in, no account and no identity is kept.
    named_by_spid(gateway, FATIMA)
    assert come_in(client, gateway, provider, process="redirect", next=eid)["Location"] == eid
    assert client.get(eid)["Location"] == page
    assert "documents_eid" not in client.session
    client.post(page, {"read": "on"})
    signer = Signer.objects.get()
    assert (signer.state, signer.assurance, signer.evidence["provider"]) == ("signed", Assurance.EID, provider)
    assert FATIMA not in str(signer.evidence)
    assert Consent.objects.get().state == "given"
    assert signed_in_as(client) is None
    assert (User.objects.count(), EIdentity.objects.count()) == (before, 0)


def test_who_has_no_code_here_cannot_confirm_by_spid(client, gateway, minor, purposes, quick_documents, now):
    """A mother whom the minor named, with a code that the minor made up: there is nothing to compare with."""
    page, eid = asked_to_sign(minor, purposes, now, by=minor.user)
    html = client.get(page).content.decode()
    assert "Entra con" not in html
    assert "SPID" not in html
    named_by_spid(gateway, FATIMA)
    assert come_in(client, gateway, process="redirect", next=eid)["Location"] == eid
    assert "persona diversa" in client.get(eid, follow=True).content.decode()
    assert signs_nothing(client, page)


def test_spid_without_the_link_signs_nothing(client, edition, gateway, minor, operator, purposes, quick_documents, now):
    """Signed in by SPID, or come back from it for something else, or for another link: no proof for this one."""
    page, eid = asked_to_sign(minor, purposes, now, by=operator)
    named_by_spid(gateway, FATIMA)
    come_in(client, gateway)
    client.get(eid)
    assert signs_nothing(client, page)
    for elsewhere, goes_to in (
        ("/privacy/", "/privacy/"),
        ("", "/"),
        ("https://elsewhere.example" + eid, "/"),
        ("//elsewhere.example" + eid, "/"),
    ):
        assert come_in(client, gateway, process="redirect", next=elsewhere)["Location"] == goes_to
        assert "documents_eid" not in client.session
        client.get(eid)
        assert signs_nothing(client, page)
    come_in(client, gateway, process="redirect", next="/firma/another-token/eid/")
    client.get(eid)
    assert signs_nothing(client, page)


def test_what_spid_proved_is_over_after_half_an_hour(client, gateway, minor, operator, purposes, quick_documents, now):
    import time_machine

    page, eid = asked_to_sign(minor, purposes, now, by=operator)
    named_by_spid(gateway, FATIMA)
    come_in(client, gateway, process="redirect", next=eid)
    client.get(eid)
    assert 'name="read"' in client.get(page).content.decode()
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert signs_nothing(client, page)


def test_a_signature_signs_nobody_in_who_could_be(
    client, edition, gateway, minor, operator, purposes, quick_documents, now
):
    """Also somebody whose account SPID opens is not signed in by signing, nor linked."""
    person_with(AMINA, VerifiedBy.STAFF)
    _page, eid = asked_to_sign(minor, purposes, now, by=operator, code=AMINA)
    assert come_in(client, gateway, process="redirect", next=eid)["Location"] == eid
    assert signed_in_as(client) is None
    assert not EIdentity.objects.exists()
