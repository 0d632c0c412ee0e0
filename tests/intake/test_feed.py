"""An operator's agenda in another calendar: a private address, no names, closed at a word."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from intake import actions
from intake.models import OperatorCalendar
from tests import factories

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def token(operator, now):
    return actions.make_feed(by=operator, now=now)


def feed(client, token):
    return client.get(reverse("intake:calendar-feed", args=[token]))


def held(page):
    """The secret of the address that a page shows."""
    return re.search(r"/agenda/calendario/([\w-]+)\.ics", page)[1]


def events(answer):
    return Calendar.from_ical(answer.content).walk("vevent")


def test_a_private_address_that_can_be_revoked(operator, appointment, as_user, client, now):
    """Made on the page, shown once, read without signing in, gone when it is closed or made anew."""
    desk = as_user(operator)
    page = desk.post(reverse("intake:feed-make")).content.decode()
    token = held(page)
    assert len(events(feed(client, token))) == 1
    assert token not in desk.get(reverse("intake:my-calendar")).content.decode()
    assert not OperatorCalendar.objects.filter(feed_digest__contains=token).exists()
    other = desk.post(reverse("intake:feed-make")).content.decode()
    assert feed(client, token).status_code == 404
    token = held(other)
    assert feed(client, token).status_code == 200
    desk.post(reverse("intake:feed-revoke"))
    assert feed(client, token).status_code == 404


def test_it_says_initials_and_no_more(token, operator, participation, client, now):
    """Whoever runs the other calendar reads along: no names, no address of a file, no link into a video call."""
    person = participation.person
    factories.AppointmentFactory(
        participation=participation,
        operator=operator,
        kind="interview",
        mode="video",
        place="https://video.example.org/abc",
    )
    answer = feed(client, token)
    text = answer.content.decode().replace("\r\n ", "")
    for word in (person.first_name, person.last_name, person.phone, str(participation.pk), "video.example.org"):
        assert not word or word not in text
    (event,) = events(answer)
    assert event["summary"] == "Colloquio · A. B."
    assert event["class"] == "PRIVATE"


def test_it_follows_moves_and_cancellations_on_both_sides_of_a_change_of_the_clocks(
    token, operator, participation, client, now
):
    """Ten o'clock is eight in Greenwich on the Saturday and nine on the Monday after."""
    for day in (24, 26):
        factories.AppointmentFactory(
            participation=participation,
            operator=operator,
            starts_at=datetime(2026, 10, day, 10, tzinfo=ROME),
        )
    found = events(feed(client, token))
    assert [event["dtstart"].to_ical() for event in found] == [b"20261024T080000Z", b"20261026T090000Z"]
    operator.appointments.update(state="excused")
    assert events(feed(client, token)) == []


def test_another_operator_s_and_long_past_appointments_are_not_in_it(token, other_operator, operator, client, now):
    factories.AppointmentFactory(operator=other_operator)
    factories.AppointmentFactory(operator=operator, starts_at=now - timedelta(days=9))
    assert events(feed(client, token)) == []


def test_no_session_no_cookie_and_no_more_than_so_often(token, client, now):
    with CaptureQueriesContext(connection) as queries:
        answer = feed(client, token)
    assert not answer.cookies
    assert "django_session" not in "".join(query["sql"] for query in queries)
    assert "private" in answer["Cache-Control"]
    for _ in range(59):
        feed(client, token)
    assert feed(client, token).status_code == 429


def test_an_address_is_a_key_which_no_log_keeps():
    assert "/agenda/calendario/" in settings.KEYS_BELOW


def test_who_works_here_no_more_is_read_no_more(token, operator, other_operator, city, client, now):
    actions.pass_on_caseload(user=operator, organisation=city, to=other_operator, by=other_operator, now=now)
    assert feed(client, token).status_code == 404
    token = actions.make_feed(by=operator, now=now)
    operator.memberships.update(is_active=False)
    assert feed(client, token).status_code == 404


def test_only_an_operator_has_one(young_person, coordinator, now):
    for user in (young_person.user, coordinator):
        with pytest.raises(PermissionDenied):
            actions.make_feed(by=user, now=now)
