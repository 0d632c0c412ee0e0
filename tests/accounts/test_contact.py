"""Changing one's own e-mail or phone: proved again, proved by a code, the old address told."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions
from accounts.models import User
from foundation.communications.enums import Channel
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from tests import factories

PAGE, CODE = reverse("account_change_contact"), reverse("account_confirm_contact")


def code_to(address):
    return re.search(r"\b\d{6}\b", OutgoingMessage.objects.filter(to=address).latest("created_at").text)[0]


def change(client, address):
    """Both pages, with the right code. The last answer."""
    assert client.post(PAGE, {"contact": address})["Location"] == CODE
    return client.post(CODE, {"code": code_to(address)})


@pytest.mark.parametrize("who", ["young", "operator"])
def test_proves_the_new_address_and_tells_the_old(who, as_user, operator, young_person, now):
    user = operator if who == "operator" else young_person.user
    old, client = user.email, as_user(user)
    assert PAGE in client.get(reverse("accounts:profile")).content.decode()
    client.post(PAGE, {"contact": "New@Example.org"})
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    user.refresh_from_db()
    # A wrong code changes nothing and tells nobody.
    assert user.email == old
    assert not OutgoingMessage.objects.filter(to=old).exists()
    assert client.post(CODE, {"code": code_to("new@example.org")})["Location"] == reverse("accounts:profile")
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert list(user.emailaddress_set.values_list("email", "verified")) == [("new@example.org", True)]
    told = OutgoingMessage.objects.get(to=old)
    assert "e-mail" in told.text
    assert "new@example.org" not in told.subject + told.text
    event = Event.objects.get(verb="accounts.contact_changed")
    assert (event.by, event.about) == (user, young_person.pk if who == "young" else None)
    if who == "young":
        young_person.refresh_from_db()
        assert young_person.email == "new@example.org"
    # The code is used up; the session goes on.
    assert client.get(CODE)["Location"] == PAGE
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_other_sessions_end_and_this_one_goes_on(as_user, young_person, now):
    """Whoever came in by the old address is out; who changed it stays, no longer than they could have."""
    user = young_person.user
    mine, theirs = as_user(user), as_user(user)
    profile = reverse("accounts:profile")
    assert theirs.get(profile).status_code == 200
    change(mine, "new@example.org")
    assert mine.get(profile).status_code == 200
    assert theirs.get(profile)["Location"].startswith(reverse("account_login"))
    # What had been ended does not come back by another change, and what is ended for good spares nobody.
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        change(mine, "+393331234567")
        assert mine.get(profile).status_code == 200
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        actions.end_sessions(user=User.objects.get(pk=user.pk), by=user, now=now + timedelta(minutes=2))
        assert mine.get(profile)["Location"].startswith(reverse("account_login"))


def test_a_changed_address_makes_no_session_longer(as_user, young_person, now, settings):
    client, longest = as_user(young_person.user), settings.SESSION_LONGEST["young"]
    change(client, "new@example.org")
    settings.SESSION_IDLE = {"young": longest * 2, "staff": longest * 2}
    with time_machine.travel(now + timedelta(seconds=longest), tick=False):
        assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_number_beside_the_e_mail(as_user, young_person):
    user = young_person.user
    assert change(as_user(user), "+393331234567").status_code == 302
    user.refresh_from_db()
    young_person.refresh_from_db()
    assert (user.phone, user.phone_verified, young_person.phone) == ("+393331234567", True, "+393331234567")
    # There was no number before: who reads the e-mail is told.
    assert OutgoingMessage.objects.filter(to=user.email, key__startswith="accounts:contact_changed").exists()


@pytest.mark.parametrize("who", ["young", "operator"])
def test_asked_again_first(who, as_user, operator, young_person, now):
    user = operator if who == "operator" else young_person.user
    client = as_user(user)
    with time_machine.travel(now + timedelta(minutes=5, seconds=1), tick=False):
        assert "Accedi di nuovo" in client.get(PAGE).content.decode()
        client.post(PAGE, {"contact": "new@example.org"})
    assert not OutgoingMessage.objects.filter(to="new@example.org").exists()
    Authenticator.objects.create(user=user, type="totp", data={"secret": ""}, created_at=now)
    asked = as_user(user).post(PAGE, {"contact": "new@example.org"})
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not OutgoingMessage.objects.filter(to="new@example.org").exists()


def test_known_and_unknown_addresses_answer_alike(as_user, young_person, other_young_person):
    client, taken = as_user(young_person.user), other_young_person.user.email
    said = []
    for address in (taken, "unknown@example.org"):
        pages = [client.post(PAGE, {"contact": address}), client.get(CODE), client.post(CODE, {"code": "12345"})]
        texts = [re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', "", page.content.decode()) for page in pages]
        said.append([(page.status_code, text.replace(address, "…")) for page, text in zip(pages, texts, strict=True)])
    assert said[0] == said[1]
    # Whoever proves the taken one reads why not, and nothing has changed.
    answer = change(client, taken)
    assert answer["Location"] == PAGE
    assert "apre già un altro account" in client.get(PAGE).content.decode()
    assert User.objects.get(pk=young_person.user.pk).email != taken
    assert not Event.objects.filter(verb="accounts.contact_changed").exists()


def test_five_wrong_codes_or_fifteen_minutes_and_it_is_dead(as_user, young_person, now):
    client, old = as_user(young_person.user), young_person.user.email
    client.post(PAGE, {"contact": "new@example.org"})
    for _time in range(5):
        client.post(CODE, {"code": "000000"})
    assert client.post(CODE, {"code": code_to("new@example.org")}).status_code == 200
    client.post(PAGE, {"contact": "newer@example.org"})
    with time_machine.travel(now + timedelta(minutes=15, seconds=1), tick=False):
        assert client.post(CODE, {"code": code_to("newer@example.org")}).status_code == 200
    assert User.objects.get(pk=young_person.user.pk).email == old


def test_nothing_goes_home_that_may_not(as_user, edition):
    person = factories.YoungPersonFactory(safe_contact=True, safe_channel=Channel.SMS, safe_address="+393339999999")
    old = person.user.email
    change(as_user(person.user), "new@example.org")
    assert not OutgoingMessage.objects.filter(to=old).exists()
    assert OutgoingMessage.objects.filter(to="+393339999999", key__startswith="accounts:contact_changed").exists()


def test_nobody_changes_anothers(young_person, operator, now):
    with pytest.raises(PermissionDenied):
        actions.change_contact(
            user=young_person.user, channel=Channel.EMAIL, address="new@example.org", by=operator, now=now
        )


def test_strangers_sign_in_first(client, db):
    for page in (PAGE, CODE):
        assert client.get(page)["Location"].startswith(reverse("account_login"))
        assert client.post(page, {"contact": "new@example.org"})["Location"].startswith(reverse("account_login"))
