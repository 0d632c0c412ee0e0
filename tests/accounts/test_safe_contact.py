"""Where home is dangerous, nothing goes there: no invitation, no reminder, no letter, no message to the person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions, queries
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.models import SigningLink
from migwork.errors import NotNow
from tests.accounts.signing import checked

pytestmark = pytest.mark.usefixtures("quick_documents")


def mark(person, operator, now, **changes):
    values = {"safe": True, "channel": "sms", "address": "+393335550000", "note": "Il padre legge il telefono"}
    return actions.set_safe_contact(person=person, **{**values, **changes}, by=operator, now=now)


def test_nothing_goes_to_a_dangerous_home(minor, operator, purposes, now):
    checked(minor, operator, now)
    before = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=now)
    signer = before.request.signers.get()
    invitation = OutgoingMessage.objects.get()
    assert invitation.state == "queued"

    minor = mark(minor, operator, now)
    # What had not left yet is kept back, and its link would lead nowhere.
    invitation.refresh_from_db()
    assert invitation.state == "cancelled"
    assert not SigningLink.objects.filter(replaced_at=None).exists()
    sent = OutgoingMessage.objects.count()
    # Nothing new starts: not by hand, not by letter, not by the reminder's task, not by another request.
    for act in (actions.send_again, actions.make_letter):
        with pytest.raises(NotNow):
            act(signer=signer, by=operator, now=now)
    documents.remind(now=now + timedelta(days=8))
    actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=operator, now=now)
    assert OutgoingMessage.objects.count() == sent
    # The person is written to at the safe address alone, or not at all.
    assert queries.reach(minor) == ("sms", "+393335550000")
    minor = mark(minor, operator, now, channel="", address="")
    assert queries.reach(minor) is None
    # And when the danger is over, home again.
    minor = mark(minor, operator, now, safe=False)
    assert queries.reach(minor) == ("email", minor.email)
    assert minor.safe_contact_note == ""


def test_operators_alone_mark_it(minor, operator, partner_staff, now, as_user):
    with pytest.raises(PermissionDenied):
        mark(minor, partner_staff, now)
    with pytest.raises(PermissionDenied):
        mark(minor, minor.user, now)
    page = reverse("accounts:safe-contact", args=[minor.pk])
    client = as_user(operator)
    wrong = client.post(page, {"safe": "on", "where": "sms", "address": "amina@example.org"})
    assert (wrong.status_code, b"error-summary" in wrong.content) == (200, True)
    assert client.post(page, {"safe": "on", "where": "sms", "address": "333 555 0000"}).status_code == 302
    minor.refresh_from_db()
    assert (minor.safe_contact, minor.safe_address) == (True, "+393335550000")
