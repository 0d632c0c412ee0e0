"""What strangers try at each door: leading people away, forged headers, fields nobody asked for, names, used keys."""

import io
import re
import unicodedata
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pikepdf
import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts import actions
from accounts.enums import RepresentativeKind, Role
from accounts.models import LegalRepresentative, Membership, Purpose, User, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.documents import pdf
from foundation.documents.enums import SignerState
from foundation.documents.models import SigningLink
from foundation.documents.tokens import digest, new_token
from tests import factories
from tests.pdf import beyond_the_edge
from tests.strict import StrictClient

SIGN_UP, SIGN_UP_CODE = "/account/signup/", "/account/signup/code/"
LOGIN, LOGIN_CODE = "/account/login/", "/account/login/code/confirm/"
PASSWORD = "/account/login/password/"
CLAIM = "/account/riscatto/"
PERSON = {"first_name": "Amina", "last_name": "Bianchi", "birth_date": "2006-05-05", "tie": "lives"}
HOME = "http://testserver"


def last_code(to=None):
    messages = OutgoingMessage.objects.filter(to=to) if to else OutgoingMessage.objects.all()
    return re.search(r"\b\d{6}\b", messages.latest("created_at").text)[0]


# -- led away ---------------------------------------------------------------------------

AWAY = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/a",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://testserver@evil.example",
    "https://testserver:80@evil.example",
    "https://testserver.evil.example",
    "https://evil.example\\@testserver",
    "https://evil.example#@testserver/",
    "//evil.example/%2f..",
    "%2f%2fevil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
]


def leads_to(address, page=HOME + "/account/x/"):
    """Where a browser goes from `page`: it takes tabs and breaks out, reads \\ as / and many / as two."""
    plain = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    plain = re.sub(r"^(https?:)?/{2,}|^(https?:)/*", lambda found: f"{found[1] or found[2] or ''}//", plain)
    return urlsplit(urljoin(page, plain))


def stays(response):
    """Neither the answer nor anything to press on its page leads to another host."""
    found = [response["Location"]] if response.has_header("Location") else []
    if response.get("Content-Type", "").startswith("text/html"):
        found += re.findall(r'(?:href|action|formaction)="([^"]*evil[^"]*)"', response.content.decode())
        found += re.findall(r'(?:href|action|formaction)="((?:javascript|data):[^"]*)"', response.content.decode())
    for address in found:
        target = leads_to(address.replace("&amp;", "&"))
        assert (target.scheme, target.netloc) == ("http", "testserver"), address


def door_of_sign_up(client, user, away):
    stays(client.get(SIGN_UP, {"next": away}))
    stays(client.post(SIGN_UP, {**PERSON, "contact": "new@example.org", "next": away}))
    return client.post(SIGN_UP_CODE, {"code": last_code(), "next": away})


def door_of_sign_in(client, user, away):
    stays(client.get(LOGIN, {"next": away}))
    response = client.post(LOGIN, {"login": user.email, "next": away})
    stays(response)
    stays(client.get(LOGIN_CODE, {"next": away}))
    return client.post(LOGIN_CODE, {"code": last_code(), "next": away})


def door_of_password(client, user, away):
    stays(client.get(PASSWORD, {"next": away}))
    return client.post(PASSWORD, {"contact": user.email, "password": "quattro gatti blu", "next": away})


def door_of_passkey(client, user, away):
    return client.post("/account/2fa/webauthn/login/", {"credential": "{}", "next": away})


def door_of_the_offer(client, user, away):
    client.force_login(user, backend="accounts.backends.ByPassword")
    return client.post("/account/2fa/webauthn/later/", {"next": away})


def door_of_language(client, user, away):
    return client.post(reverse("set_language"), {"language": "en", "next": away})


def door_out(client, user, away):
    client.force_login(user, backend="accounts.backends.ByPassword")
    stays(client.get("/account/logout/", {"next": away}))
    return client.post("/account/logout/", {"next": away})


def door_of_who_is_in(client, user, away):
    """Pages for visitors send on whoever is signed in."""
    client.force_login(user, backend="accounts.backends.ByPassword")
    stays(client.get(LOGIN, {"next": away}))
    stays(client.get(PASSWORD, {"next": away}))
    return client.get(SIGN_UP, {"next": away})


def door_of_the_password_again(client, user, away):
    client.force_login(user, backend="accounts.backends.ByPassword")
    stays(client.get("/account/reauthenticate/", {"next": away}))
    return client.post("/account/reauthenticate/", {"password": "quattro gatti blu", "next": away})


def door_of_keys(client, user, away):
    client.force_login(user, backend="accounts.backends.ByPassword")
    return client.get("/account/2fa/", {"next": away})


def door_of_the_session_that_ended(client, user, away):
    """What was posted without a session leads back to its page, which the browser names."""
    return client.post("/io/", headers={"referer": away})


DOORS = [
    door_of_sign_up,
    door_of_sign_in,
    door_of_password,
    door_of_passkey,
    door_of_the_offer,
    door_of_language,
    door_out,
    door_of_who_is_in,
    door_of_the_password_again,
    door_of_keys,
    door_of_the_session_that_ended,
]


@pytest.mark.parametrize("door", DOORS)
def test_next_stays_here(door, edition, young_person):
    user = young_person.user
    user.set_password("quattro gatti blu")
    user.save()
    for away in AWAY:
        cache.clear()
        OutgoingMessage.objects.all().delete()
        stays(door(StrictClient(), user, away))


def test_the_judge_of_next_sees_what_leads_away():
    """Else the test above could not fail."""
    assert [away for away in AWAY if leads_to(away).netloc == "testserver"] == ["%2f%2fevil.example"]


# -- forged headers ---------------------------------------------------------------------

FORGED = {
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_SERVER": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PORT": "666",
    "HTTP_X_FORWARDED_FOR": "127.0.0.1",
    "HTTP_FORWARDED": "for=127.0.0.1;host=evil.example;proto=https",
    "HTTP_X_REAL_IP": "127.0.0.1",
    "HTTP_X_ORIGINAL_URL": "/admin/",
    "HTTP_X_REWRITE_URL": "/admin/",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
}


def test_forged_forwarding(edition, young_person, partner, partner_admin, settings, now):
    forger = StrictClient(**FORGED)
    pages = ["/", "/account/login/", "/account/signup/", "/privacy/", "/admin/", "/io/"]
    for page in pages:
        forged, plain = forger.get(page), StrictClient().get(page)
        assert (forged.status_code, forged.get("Location")) == (plain.status_code, plain.get("Location"))
        assert b"evil.example" not in forged.content
        assert b":666" not in forged.content
        assert forged.wsgi_request.get_host() == "testserver"
        # Here no proxy is trusted; production.py trusts the one in front, which writes the header itself.
        assert not forged.wsgi_request.is_secure()
    # What leaves by mail leads to the portal, whatever the header said.
    forger.post(LOGIN, {"login": "nobody@example.org"})
    forger.post(SIGN_UP, {**PERSON, "contact": "new@example.org"})
    staff = StrictClient(**FORGED)
    staff.force_login(partner_admin, backend="accounts.backends.ByPassword")
    page = reverse("accounts:invitation-create", args=[partner.pk])
    staff.post(page, {"email": "guest@example.org", "role": Role.PARTNER_STAFF})
    assert OutgoingMessage.objects.count() == 3
    for message in OutgoingMessage.objects.all():
        assert "evil" not in message.text
        links = re.findall(r"https?://[^/\s]+", message.text)
        assert set(links) <= {settings.SITE_URL}


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "testserver:x"])
def test_another_host_is_refused(edition, host):
    response = StrictClient(HTTP_HOST=host).get("/account/login/")
    assert response.status_code == 400
    assert b"evil" not in response.content


# -- fields that nobody asked for -------------------------------------------------------


def extra(other):
    """What an attacker adds to a form, in the hope that somebody copies all of it into a row."""
    return {
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user": str(other.user.pk),
        "user_id": str(other.user.pk),
        "pk": str(other.pk),
        "id": str(other.pk),
        "person": str(other.pk),
        "role": "coordinator",
        "roles": "coordinator",
        "memberships": "1",
        "organisation": "1",
        "verified": "on",
        "phone_verified": "on",
        "email": "evil@example.org",
        "password": "evil evil evil",
        "fiscal_code_verified_at": "2026-05-05T10:00",
        "fiscal_code_verified_by": "staff",
        "identity_checked": "on",
        "contact_from": "staff",
        "merged_into": str(other.pk),
        "limited_at": "2026-05-05T10:00",
        "safe_contact": "on",
        "safe_address": "evil@example.org",
        "date_joined": "2000-01-01",
        "created_at": "2000-01-01",
        "sort_key": "evil",
        "channel": "sms",
        "now": "2000-01-01",
        "by": str(other.user.pk),
        "claim": str(other.pk),
        "eid": "1",
        "edition": "1",
    }


def powers():
    """What nobody may give themselves, of every account and record."""
    users = User.objects.values_list("pk", "is_superuser", "is_staff", "email", "phone", "password")
    people = YoungPerson.objects.values_list(
        "pk", "user", "merged_into", "limited_at", "fiscal_code_verified_at", "safe_contact", "created_at", "email"
    )
    return {*users}, {*people}, {*Membership.objects.values_list("user", "role", "organisation")}


def test_extra_fields_change_nothing(edition, young_person, other_young_person, operator, partner, partner_admin, now):
    more = extra(other_young_person)
    before = powers()

    def gained():
        return [list(now_ - then) for now_, then in zip(powers(), before, strict=True)]

    # One's own data.
    client = StrictClient()
    client.force_login(young_person.user, backend="accounts.backends.ByPassword")
    page = client.get("/io/")
    shown = {name: page.context["form"].initial.get(name) or "" for name in page.context["form"].fields}
    assert client.post("/io/", {**more, **shown, "first_name": "Nuova"}).status_code == 302
    assert YoungPerson.objects.get(pk=young_person.pk).first_name == "Nuova"
    assert gained() == [[], [], []]

    # Signing in.
    visitor = StrictClient()
    visitor.post(LOGIN, {**more, "login": young_person.user.email})
    visitor.post(LOGIN_CODE, {**more, "code": last_code(young_person.user.email)})
    assert visitor.get("/io/").context["person"] == young_person
    assert gained() == [[], [], []]

    # Signing up makes a young person without any power, and nobody else's.
    visitor = StrictClient()
    visitor.post(SIGN_UP, {**more, **PERSON, "contact": "new@example.org"})
    visitor.post(SIGN_UP_CODE, {**more, "code": last_code("new@example.org")})
    [user], [person], memberships = gained()
    assert user[1:5] == (False, False, "new@example.org", None)
    assert user[5].startswith("!")
    assert person[2:] == (None, None, None, False, now, "new@example.org")
    assert memberships == []

    # Somebody invited as partner's staff becomes that.
    actions.invite(email="guest@example.org", organisation=partner, role=Role.PARTNER_STAFF, by=partner_admin, now=now)
    link = re.search(r"/account/invito/\S+", OutgoingMessage.objects.get(to="guest@example.org").text)[0]
    StrictClient().post(link, {**more, "name": "Nina Testi"})
    member = User.objects.get(email="guest@example.org")
    assert list(member.memberships.values_list("role", "organisation")) == [(Role.PARTNER_STAFF, partner.pk)]
    assert (member.is_superuser, member.is_staff) == (False, False)

    # An adult whom a minor names has been seen by nobody.
    young_person.birth_date = now.date().replace(year=2010)
    young_person.save()
    adult = {"kind": RepresentativeKind.PARENT, "first_name": "Fatima", "last_name": "Verdi", "phone": "333 123 4567"}
    client.post("/io/rappresentanti/", {**more, **adult})
    named = LegalRepresentative.objects.get()
    assert (named.identity_checked_at, named.contact_from) == (None, "minor")


# -- names ------------------------------------------------------------------------------

LONG = "A" * 10_000
NAMES = {
    "breaks": ("Ami\r\nBcc: evil@example.org\r\n\r\nna", "Ami Bcc: evil@example.org na"),
    "unicode breaks": ("Ami\u2028Bcc:\u2029x\x85na", "Ami Bcc: x na"),
    "turned": ("\u202eanimA\u202c", "animA"),
    "isolated": ("\u2067anim\u2069A", "animA"),
    "arabic": ("أمينة بنت علي", "أمينة بنت علي"),
    "emoji": ("Zoë \N{GRINNING FACE}\N{ZERO WIDTH JOINER}\N{ROCKET}", None),
    "markup": ("<script>Ami</script> & %(x)s %s", "<script>Ami</script> & %(x)s %s"),
    "marks": ("Z" + "\u0301" * 60, None),
}


def at_sign_up(client, name, world):
    answers = {"first_name": name, "preferred_name": name, "contact": "new@example.org"}
    response = client.post(SIGN_UP, {**PERSON, **answers})
    if response.status_code != 302:
        return response, None
    client.post(SIGN_UP_CODE, {"code": last_code("new@example.org")})
    client.get("/")
    client.get("/io/")
    return response, YoungPerson.objects.get(email="new@example.org").first_name


def at_ones_data(client, name, world):
    person = world["young_person"]
    client.force_login(person.user, backend="accounts.backends.ByPassword")
    form = client.get("/io/").context["form"]
    shown = {field: form.initial.get(field) or "" for field in form.fields}
    response = client.post("/io/", {**shown, "first_name": name, "preferred_name": name})
    client.get("/")
    return response, YoungPerson.objects.get(pk=person.pk).first_name if response.status_code == 302 else None


def at_the_desk(client, name, world):
    client.force_login(world["operator"], backend="accounts.backends.ByPassword")
    page = reverse("intake:person-create")
    form = client.get(page).context["form"]
    answers = {**PERSON, "first_name": name, "phone": "333 123 4567", "need": "Lavoro", "next_step": "Lavoro"}
    chosen = {field: f.choices[-1][0] for field, f in form.fields.items() if f.required and getattr(f, "choices", None)}
    response = client.post(page, {**chosen, **answers})
    made = YoungPerson.objects.filter(last_name=PERSON["last_name"], user=None).first()
    return response, made and made.first_name


def of_an_adult_who_signs(client, name, world):
    client.force_login(world["operator"], backend="accounts.backends.ByPassword")
    page = reverse("accounts:representatives", args=[world["minor"].pk])
    adult = {"kind": RepresentativeKind.PARENT, "first_name": name, "last_name": "Verdi", "phone": "333 123 4567"}
    response = client.post(page, adult)
    made = LegalRepresentative.objects.first()
    client.get(page)
    return response, made and made.first_name


def of_somebody_invited(client, name, world):
    mail = {"email": "guest@example.org", "organisation": world["partner"], "role": Role.PARTNER_STAFF}
    actions.invite(**mail, by=world["partner_admin"], now=world["now"])
    link = re.search(r"/account/invito/\S+", OutgoingMessage.objects.get(to="guest@example.org").text)[0]
    response = client.post(link, {"name": name})
    made = User.objects.filter(email="guest@example.org").first()
    return response, made and made.name


PLACES = [at_sign_up, at_ones_data, at_the_desk, of_an_adult_who_signs, of_somebody_invited]


@pytest.fixture
def people(edition, young_person, participation, operator, partner, partner_admin, now):
    minor = factories.YoungPersonFactory(birth_date=now.date().replace(year=2010), user=None, last_name="Minori")
    return {
        "young_person": young_person,
        "minor": minor,
        "operator": operator,
        "partner": partner,
        "partner_admin": partner_admin,
        "now": now,
    }


def clean(text):
    """One line, with nothing in it that turns the direction of what follows."""
    turning = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    return len(text.splitlines()) <= 1 and not any(
        unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in turning for sign in text
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", NAMES)
def test_names(place, kind, people):
    typed, wanted = NAMES[kind]
    response, kept = place(StrictClient(), typed, people)
    assert response.status_code == 302, response.context["form"].errors
    assert clean(kept)
    assert kept == (typed if wanted is None else wanted)
    for message in OutgoingMessage.objects.all():
        assert clean(message.subject)
        assert clean(message.to)
        assert not message.subject or kept not in message.subject
        assert "\nBcc:" not in message.text


@pytest.mark.parametrize("place", PLACES)
def test_a_name_of_ten_thousand_signs_is_refused_at_its_field(place, people):
    response, kept = place(StrictClient(), LONG, people)
    assert not kept or kept == people["young_person"].first_name
    assert response.status_code == 200
    wrong = [name for name, errors in response.context["form"].errors.items() if errors]
    assert set(wrong) <= {"first_name", "preferred_name", "name"}
    assert wrong


ON_PAPER = {
    "long": "W" * 200,
    "long words": "Maria Incoronata " * 11,
    "markup": NAMES["markup"][0],
    "arabic and emoji": "أمينة \N{GRINNING FACE} Zoë",
    "breaks and turned": "Ami\r\n\u202ena",
}


@pytest.mark.parametrize("kind", ON_PAPER)
def test_names_in_mail_pdf_and_letter(kind, people, monkeypatch, now):
    """A minor and her mother with that name: the consent, the mail and SMS that ask for it, and the letter."""
    name, pages, real = ON_PAPER[kind], [], pdf.render

    def render(html, **kwargs):
        pages.append((html, real(html, **kwargs)))
        return pages[-1][1]

    monkeypatch.setattr(pdf, "render", render)
    call_command("load_purposes", verbosity=0)
    operator, client = people["operator"], StrictClient()
    client.force_login(operator, backend="accounts.backends.ByPassword")
    minor = factories.YoungPersonFactory(birth_date=now.date().replace(year=2010), last_name="Minori")
    own = StrictClient()
    own.force_login(minor.user, backend="accounts.backends.ByPassword")
    form = own.get("/io/").context["form"]
    shown = {field: form.initial.get(field) or "" for field in form.fields}
    own.post("/io/", {**shown, "first_name": name})
    minor.refresh_from_db()
    page = reverse("accounts:representatives", args=[minor.pk])
    adult = {"kind": RepresentativeKind.PARENT, "first_name": name, "last_name": "Verdi", "email": "m@example.org"}
    assert client.post(page, adult).status_code == 302
    # The minor's own address too: what the portal writes to her about it is looked at below.
    purpose = Purpose.objects.get(code="enrolment")
    consent = actions.ask_consent(person=minor, purpose=purpose, by=operator, now=now)
    signer = consent.request.signers.get()
    letter = client.post(reverse("accounts:signing-letter", args=[signer.pk]))
    assert letter["Content-Type"] == "application/pdf"
    assert "\n" not in letter["Content-Disposition"]
    assert len(pages) == 2
    for html, content in pages:
        assert "<script>" not in html
        assert not any(sign in html for sign in "\u202e\u202d\u2067\u2066")
        with pikepdf.open(io.BytesIO(content)) as made:
            assert len(made.pages) <= 3
            assert len(str(made.docinfo.get("/Title", "")).splitlines()) <= 1
        assert not beyond_the_edge(content)
    sent = OutgoingMessage.objects.filter(to="m@example.org").latest("created_at")
    assert clean(sent.subject)
    assert minor.first_name not in sent.subject
    # In a text nothing is HTML: names stand there as they are written.
    assert "&lt;" not in sent.text
    assert minor.short_name in sent.text
    assert not any(sign in sent.text for sign in "\u202e\u202d\u2067\u2066\r")


# -- keys -------------------------------------------------------------------------------


def everything():
    """Every row of every table, but for sessions and who looked at what: to see that nothing was done."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"django_session", "privacy_access"}
        rows = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT md5(t::text) FROM "{table}" t ORDER BY 1')
            rows[table] = cursor.fetchall()
    return rows


class SigningKey:
    """The link of an adult who signs for a minor."""

    def __init__(self, world):
        self.token = new_token()
        request = factories.SignatureRequestFactory(about=world["young_person"].pk)
        signer = factories.SignerFactory(request=request, name="Fatima Verdi", identity_checked=True)
        self.link = factories.SigningLinkFactory(signer=signer, token_digest=digest("link", self.token))
        self.world = world

    def tries(self, client):
        for name in ("sign", "sign-copy"):
            yield client.get(reverse(f"documents:{name}", args=[self.token]))
        yield client.post(reverse("documents:sign", args=[self.token]), {"read": "on", "agree": "on"})
        yield client.post(reverse("documents:sign-refuse", args=[self.token]), {"reason": "Sono un altro"})
        yield client.post(reverse("documents:sign-withdraw", args=[self.token]))

    def use(self):
        self.link.signer.request.refresh_from_db()
        SigningLink.objects.filter(pk=self.link.pk).update(used_at=self.world["now"])
        signer = self.link.signer
        signer.state, signer.acted_at, signer.assurance = SignerState.SIGNED, self.world["now"], 20
        signer.wording_sha256 = "d" * 64
        signer.save()

    late = timedelta(days=400)


class InvitationKey:
    """The link of an invitation."""

    def __init__(self, world):
        mail = {"email": "guest@example.org", "organisation": world["partner"], "role": Role.PARTNER_STAFF}
        actions.invite(**mail, by=world["partner_admin"], now=world["now"])
        self.link = re.search(r"/account/invito/\S+", OutgoingMessage.objects.get(to="guest@example.org").text)[0]

    def tries(self, client):
        yield client.get(self.link)
        yield client.post(self.link, {"name": "Ladro"})

    def use(self):
        StrictClient().post(self.link, {"name": "Nina Testi"})

    late = timedelta(days=7, minutes=1)


class ClaimKey:
    """The code on paper with which one takes over one's record."""

    def __init__(self, world):
        self.person = factories.YoungPersonFactory(user=None, email="", phone="")
        factories.ParticipationFactory(person=self.person, edition=world["edition"])
        self.code = actions.make_claim_code(person=self.person, by=world["operator"], now=world["now"])

    def answers(self, contact):
        return {"code": self.code, "birth_date": self.person.birth_date.isoformat(), "contact": contact}

    def tries(self, client):
        yield client.get(CLAIM)
        yield client.post(CLAIM, self.answers("ladro@example.org"))

    def use(self):
        client = StrictClient()
        client.post(CLAIM, self.answers("mine@example.org"))
        client.post(SIGN_UP_CODE, {"code": last_code("mine@example.org")})
        assert YoungPerson.objects.get(pk=self.person.pk).user

    late = timedelta(days=31)


class SignUpKey:
    """The six digits of a sign-up."""

    def __init__(self, world):
        self.client = StrictClient()
        self.client.post(SIGN_UP, {**PERSON, "contact": "new@example.org"})
        self.code = last_code("new@example.org")

    def tries(self, client):
        # Whoever tries has what the browser had that asked for it.
        if "sessionid" in self.client.cookies:
            client.cookies["sessionid"] = self.client.cookies["sessionid"].value
        yield client.post(SIGN_UP_CODE, {"code": self.code})

    def use(self):
        kept = self.client.cookies["sessionid"].value
        self.client.post(SIGN_UP_CODE, {"code": self.code})
        # The session of before the sign-in, as somebody may have noted it.
        self.client.cookies["sessionid"] = kept

    late = timedelta(minutes=16)


KEYS = [SigningKey, InvitationKey, ClaimKey, SignUpKey]


@pytest.fixture
def world(people, edition):
    return {**people, "edition": edition}


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("when", ["twice", "late"])
def test_tokens(kind, when, world, now):
    """A page that says what to do, and nothing done."""
    key = kind(world)
    if when == "twice":
        key.use()
    with time_machine.travel(now + (key.late if when == "late" else timedelta(0)), tick=False):
        before = everything()
        thief = StrictClient()
        for answer in key.tries(thief):
            assert answer.status_code in (200, 302), answer
        assert {table: rows for table, rows in everything().items() if rows != before[table]} == {}
        assert "_auth_user_id" not in thief.session


def test_a_key_that_is_good_does_open(world, now):
    """Else the test above could not fail."""
    for kind in (InvitationKey, ClaimKey, SignUpKey):
        key = kind(world)
        before = everything()
        for _answer in key.tries(StrictClient()):
            pass
        assert everything() != before, kind


@pytest.mark.parametrize("signed_in", [True, False])
def test_somebody_elses_key(world, other_young_person, signed_in):
    """The digits of another browser, and another's invitation while one is signed in as oneself."""
    sign_up, invited = SignUpKey(world), InvitationKey(world)
    before = everything()
    thief = StrictClient()
    if signed_in:
        thief.force_login(other_young_person.user, backend="accounts.backends.ByPassword")
        before = everything()
        thief.post(invited.link, {"name": "Ladro"})
    thief.post(SIGN_UP_CODE, {"code": sign_up.code})
    thief.post(LOGIN_CODE, {"code": sign_up.code})
    assert everything() == before
    # A link that nobody was given.
    for made_up in (new_token(), "x" * 43, "..%2f..", "' OR 1=1 --", "\N{GRINNING FACE}"):
        for name in ("documents:sign", "account_invitation"):
            assert thief.get(reverse(name, args=[made_up])).status_code == 404
    assert everything() == before


def test_another_signers_proof_opens_no_second_link(world, now):
    """The code that one adult wrote counts for their link alone."""
    mine, theirs = SigningKey(world), SigningKey(world)
    client = StrictClient()
    session = client.session
    session["documents_proofs"] = {str(mine.link.pk): {"at": now.isoformat()}}
    session.save()
    assert client.get(reverse("documents:sign", args=[mine.token])).context["proved"]
    assert not client.get(reverse("documents:sign", args=[theirs.token])).context["proved"]
