"""How people want to be written to, and what wins over it."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts.queries import reach
from foundation.communications.actions import close_channels, queue, save_preferences, sweep
from foundation.communications.enums import Channel, MessageState
from foundation.communications.models import OutgoingMessage, Preference
from foundation.communications.quiet import next_allowed
from foundation.privacy.models import Event
from tests.factories import YoungPersonFactory
from tests.foundation.communications.ways import write

ROME = ZoneInfo("Europe/Rome")


def rome(*parts, fold=0):
    return datetime(*parts, tzinfo=ROME, fold=fold)


@pytest.mark.django_db
def test_channel(now):
    person = YoungPersonFactory(email="amina@example.org", phone="+393331234567")
    assert reach(person) == ("email", "amina@example.org")
    save_preferences(about=person, channel=Channel.SMS, by=person.user, now=now)
    assert reach(person) == ("sms", "+393331234567")
    assert Event.objects.get(verb="communications.preferences_saved").fields == ["channel"]
    # Who wants SMS and has no number is still reached.
    person.phone = ""
    assert reach(person) == ("email", "amina@example.org")


@pytest.mark.django_db
def test_what_is_dangerous_wins_over_every_wish(words, now):
    person = YoungPersonFactory(email="home@example.org", phone="+393331234567")
    waiting = write(now, person, to="home@example.org", not_before=now + timedelta(hours=2))
    save_preferences(about=person, channel=Channel.EMAIL, by=person.user, now=now)
    close_channels(about=person, closed=[Channel.EMAIL], only_to="+393339876543", by=None, now=now)

    assert reach(person) == ("sms", "+393339876543")
    waiting.refresh_from_db()
    assert waiting.state == MessageState.CANCELLED
    assert write(now, person, number=2, to="home@example.org", urgent=True) is None
    assert write(now, person, number=3, channel=Channel.SMS, to="+393331234567") is None
    assert write(now, person, number=4, channel=Channel.SMS, to="+393339876543")
    close_channels(about=person, closed=[Channel.EMAIL, Channel.SMS], by=None, now=now)
    assert reach(person) is None


@pytest.mark.parametrize(
    ("hours", "at", "allowed"),
    [
        # In the day, in the night, past midnight, at the very ends.
        ((13, 15), rome(2026, 5, 5, 12, 59), None),
        ((13, 15), rome(2026, 5, 5, 13), rome(2026, 5, 5, 15)),
        ((13, 15), rome(2026, 5, 5, 15), None),
        ((22, 7), rome(2026, 5, 5, 23, 30), rome(2026, 5, 6, 7)),
        ((22, 7), rome(2026, 5, 6, 2), rome(2026, 5, 6, 7)),
        ((22, 7), rome(2026, 5, 6, 7), None),
        ((22, 7), rome(2026, 12, 31, 23), rome(2027, 1, 1, 7)),
        # The night in which an hour is left out, and the one in which it comes twice.
        ((22, 7), rome(2026, 3, 28, 23), datetime(2026, 3, 29, 5, tzinfo=UTC)),
        ((22, 7), rome(2026, 10, 24, 23), datetime(2026, 10, 25, 6, tzinfo=UTC)),
        ((22, 7), rome(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_quiet_hours(hours, at, allowed):
    preference = Preference(quiet_from=time(hours[0]), quiet_to=time(hours[1]))
    # As the database gives moments back.
    found = next_allowed(preference, at.astimezone(UTC))
    assert found == (at if allowed is None else allowed).astimezone(UTC)


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_or_never():
    preference = Preference(quiet_from=time(22), quiet_to=time(2, 30))
    # The first half past two has gone by: the second one counts.
    again = rome(2026, 10, 25, 2, 10, fold=1)
    assert next_allowed(preference, again.astimezone(UTC)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    never = next_allowed(preference, rome(2026, 3, 29, 1).astimezone(UTC)).astimezone(ROME)
    assert (never.hour, never.minute) == (3, 30)


@pytest.mark.django_db
def test_in_quiet_hours_a_message_waits_for_their_end_but_codes_come_through(words, now):
    person = uuid4()
    save_preferences(about=person, quiet_from=time(9), quiet_to=time(12), by=None, now=now)
    assert write(now, person).not_before == now + timedelta(hours=2)
    assert write(now, person, number=2, urgent=True).not_before == now
    # A reminder that would come too late comes now.
    assert write(now, person, number=3, before=now + timedelta(hours=1)).not_before == now
    assert sweep(now=now) == 2
    assert sweep(now=now + timedelta(hours=2)) == 1


@pytest.mark.django_db
def test_quiet_hours_have_two_ends(now):
    with pytest.raises(ValidationError, match="silenzio"):
        save_preferences(about=uuid4(), quiet_from=time(22), quiet_to=None, by=None, now=now)
    with pytest.raises(ValidationError, match="silenzio"):
        save_preferences(about=uuid4(), quiet_from=time(22), quiet_to=time(22), by=None, now=now)


@pytest.mark.django_db
def test_topics(words, now):
    person = uuid4()
    save_preferences(about=person, off=["plan", "news"], by=None, now=now)
    assert write(now, person, topic="plan") is None
    assert write(now, person, number=2, topic="appointments")
    assert write(now, person, number=3)
    for required in ("appointments", "documents", "codes", "never-heard-of"):
        with pytest.raises(ValidationError, match="spegnere"):
            save_preferences(about=person, off=[required], by=None, now=now)
    assert Preference.objects.get(about=person).off == ["plan", "news"]


@pytest.mark.django_db
def test_callers_that_know_no_preferences_work_as_before(words, now):
    assert queue(
        key="a", channel="email", to="a@example.org", language="it", template="tests/messages/hello",
        context={"name": "A"}, now=now,
    )  # fmt: skip
    assert OutgoingMessage.objects.get().topic == ""
