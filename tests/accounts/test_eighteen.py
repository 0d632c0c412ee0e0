"""The eighteenth birthday: the representatives' part ends by itself, and the person confirms anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions, queries
from accounts.enums import ConsentState, EndOfRepresentation
from accounts.models import Consent, Representation
from accounts.tasks import hand_over_at_18
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.models import SigningLink
from foundation.documents.policies import Proof
from migwork.errors import NotNow
from tests import factories as f
from tests.accounts.signing import answer, checked

pytestmark = pytest.mark.usefixtures("quick_documents")

BIRTHDAY = datetime(2027, 8, 1, 0, 15, tzinfo=ZoneInfo("Europe/Rome"))


def test_the_representatives_part_ends_by_itself(minor, operator, purposes, now):
    """The task of the night: the evening before nothing, at a quarter past midnight all; a second time nothing more."""
    late = BIRTHDAY.replace(month=7, day=31, hour=23)
    checked(minor, operator, now)
    given = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=late)
    answer(given.request.signers.get(), late)
    asked = actions.ask_consent(person=minor, purpose=purposes["travel"], by=operator, now=late)
    signer, link = asked.request.signers.get(), SigningLink.objects.get(used_at=None, replaced_at=None)

    assert actions.hand_over_at_18(now=late) == 0
    with time_machine.travel(BIRTHDAY, tick=False):
        hand_over_at_18()
    representation = Representation.objects.get()
    assert (representation.ended_at, representation.ended_why) == (BIRTHDAY, EndOfRepresentation.EIGHTEEN)
    assert not SigningLink.objects.filter(used_at=None, replaced_at=None).exists()
    with pytest.raises(NotNow):
        documents.sign(signer=signer, link=link, proof=Proof(code_at=BIRTHDAY), now=BIRTHDAY)
    assert [c.state for c in Consent.objects.order_by("asked_at", "purpose__code")] == ["ended", "ended", "asked"]
    assert OutgoingMessage.objects.filter(key=f"eighteen:{minor.pk}").count() == 1
    assert actions.hand_over_at_18(now=BIRTHDAY.replace(hour=1)) == 0
    # Nobody else's: whoever is still a minor keeps their mother.
    other = f.RepresentationFactory()
    assert actions.hand_over_at_18(now=now) == 0
    other.refresh_from_db()
    assert other.ended_at is None


def test_born_on_the_29th_of_february(operator, purposes, edition):
    person = f.YoungPersonFactory(birth_date=date(2008, 2, 29))
    f.RepresentationFactory(person=person)
    rome = ZoneInfo("Europe/Rome")
    assert actions.hand_over_at_18(now=datetime(2026, 2, 28, 23, 59, tzinfo=rome)) == 0
    assert actions.hand_over_at_18(now=datetime(2026, 3, 1, 0, 15, tzinfo=rome)) == 1


def test_who_was_missed_is_taken_later(operator, purposes, edition):
    """The task did not run for months: it is the row that says what is to be done, not the day."""
    f.RepresentationFactory(person=f.YoungPersonFactory(birth_date=date(2008, 12, 31)))
    assert actions.hand_over_at_18(now=datetime(2027, 1, 15, tzinfo=ZoneInfo("Europe/Rome"))) == 1


def test_the_person_confirms_anew(minor, operator, purposes, now, as_user, other_young_person):
    checked(minor, operator, now)
    for code in ("image", "travel"):
        consent = actions.ask_consent(person=minor, purpose=purposes[code], by=operator, now=now)
        answer(consent.request.signers.get(), now)
    actions.hand_over_at_18(now=BIRTHDAY)
    image, travel = queries.to_confirm(minor)
    with time_machine.travel(BIRTHDAY.replace(hour=10), tick=False):
        with pytest.raises(PermissionDenied):
            actions.decide(consent=image, yes=True, by=other_young_person.user, now=BIRTHDAY)
        client, page = as_user(minor.user), reverse("accounts:my-representatives")
        assert "Foto e video" in client.get(page).content.decode()
        client.post(reverse("accounts:my-consent-confirm", args=[image.pk]), {"answer": "yes"})
        client.post(reverse("accounts:my-consent-confirm", args=[travel.pk]), {"answer": "no"})
        assert "Foto e video" not in client.get(page).content.decode()
    image.refresh_from_db()
    travel.refresh_from_db()
    assert (image.state, image.by_whom) == (ConsentState.GIVEN, "self")
    assert (travel.state, travel.by_whom) == (ConsentState.REFUSED, "self")
