"""What became of a message: said by the provider, shown to who works with the person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from foundation.communications import queries
from foundation.communications.enums import MessageState
from tests.factories import OutgoingMessageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/consegne/"
SECRET = "a long secret of this installation"


@pytest.fixture
def sent(now):
    return OutgoingMessageFactory(state=MessageState.SENT, sent_at=now, provider_reference="gw-77")


@pytest.fixture
def report(settings):
    settings.DELIVERY_TOKEN = SECRET

    def post(body, secret=SECRET):
        headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}
        return Client(enforce_csrf_checks=True).post(ADDRESS, body, content_type="application/json", headers=headers)

    return post


def test_a_provider_reports_what_arrived_and_what_came_back(report, sent, now):
    assert report({"reference": "gw-77", "delivered": True}).status_code == 204
    sent.refresh_from_db()
    assert (sent.state, sent.delivered_at) == (MessageState.SENT, now)
    assert report({"reference": "gw-77", "delivered": False}).status_code == 204
    sent.refresh_from_db()
    assert (sent.state, sent.delivered_at, bool(sent.error)) == (MessageState.BOUNCED, None, True)
    # A late "it arrived" does not undo it.
    report({"reference": "gw-77", "delivered": True})
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED


def test_nobody_else_reports(report, sent, settings):
    for secret in (None, "", "guessed", SECRET[:-1], SECRET + "x"):
        assert report({"reference": "gw-77", "delivered": False}, secret).status_code == 403
    settings.DELIVERY_TOKEN = ""
    assert report({"reference": "gw-77", "delivered": False}, "").status_code == 404
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


@pytest.mark.parametrize(
    "body", ["", "no json", [], {}, {"reference": "gw-77"}, {"reference": 7, "delivered": True}, "null"]
)
def test_nonsense_changes_nothing(report, sent, body):
    assert report(body).status_code == 400
    sent.refresh_from_db()
    assert sent.delivered_at is None


def test_a_reference_that_is_not_known_is_answered_alike(report, sent):
    assert report({"reference": "gw-78", "delivered": False}).status_code == 204
    assert report({"reference": "", "delivered": False}).status_code == 204
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_failure_counts_until_a_later_message_left_for_the_same_address(now):
    lost = OutgoingMessageFactory(about=uuid4(), state=MessageState.FAILED, created_at=now, to="wrong@example.org")
    assert list(queries.failures_about([lost.about])) == [lost]
    OutgoingMessageFactory(
        about=lost.about, to="other@example.org", state=MessageState.SENT, sent_at=now + timedelta(hours=1)
    )
    assert list(queries.recent_failures(now - timedelta(days=1))) == [lost]
    OutgoingMessageFactory(about=lost.about, to=lost.to, state=MessageState.SENT, sent_at=now + timedelta(hours=1))
    assert not queries.failures_about([lost.about])


def test_delivery_is_shown(as_user, operator, partner_staff, young_person, other_young_person, now):
    about = {"about": young_person.pk, "created_at": now}
    OutgoingMessageFactory(**about, subject="Arrivato qui", state="sent", sent_at=now, delivered_at=now)
    OutgoingMessageFactory(**about, subject="In attesa qui", not_before=now + timedelta(days=1))
    OutgoingMessageFactory(about=other_young_person.pk, subject="Di un altro", created_at=now)
    page = f"/anagrafe/{young_person.pk}/messaggi/"
    text = as_user(operator).get(page).content.decode()
    for words in ("Arrivato qui", "Arrivato</span>", "In attesa qui", "amina@example.org"):
        assert words in text
    assert "Di un altro" not in text
    assert "I messaggi non arrivano" not in text
    for user in (partner_staff, young_person.user):
        assert as_user(user).get(page).status_code == 403


def test_a_permanent_failure_shows(as_user, operator, young_person, participation, now):
    desk = as_user(operator)
    pages = [f"/persone/{participation.pk}/", f"/anagrafe/{young_person.pk}/messaggi/"]
    said = "I messaggi non arrivano"
    assert all(said not in desk.get(page).content.decode() for page in pages)
    OutgoingMessageFactory(about=young_person.pk, state="failed", error="Codice 550.", created_at=now)
    assert all(said in desk.get(page).content.decode() for page in pages)
    assert "Codice 550." in desk.get(pages[1]).content.decode()
    # In the list of the desk too, by name, until a later message left for the same address.
    assert "Messaggi non arrivati" in desk.get("/accoglienza/").content.decode()
    assert pages[1] in desk.get("/accoglienza/").content.decode()
    later = now + timedelta(minutes=1)
    OutgoingMessageFactory(about=young_person.pk, state="sent", sent_at=later, created_at=later)
    assert "Messaggi non arrivati" not in desk.get("/accoglienza/").content.decode()
