"""From the first hello to the end of a way."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import register_person
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from intake import actions
from intake.models import Participation
from migwork.errors import NotNow
from tests import factories


def registered(edition, **fields):
    return register_person(
        **{"first_name": "Lea", "last_name": "Riva", "birth_date": date(2006, 2, 1), "tie": "lives", **fields}
    )


def test_who_registers_has_a_way_open_in_the_running_edition(edition, operator, now):
    person = registered(edition, channel="walk_in", by=operator, now=now)
    participation = Participation.objects.get(person=person)
    assert (participation.edition, participation.state, participation.channel) == (edition, "registered", "walk_in")
    assert Event.objects.filter(verb="intake.participation_opened", about=person.pk, by=operator).exists()


@pytest.mark.parametrize(
    ("birth_date", "allowed"),
    [
        (date(2010, 5, 5), True),  # sixteen today
        (date(2010, 5, 6), False),  # sixteen tomorrow
        (date(1991, 5, 6), True),  # thirty-five tomorrow
        (date(1991, 5, 5), False),  # thirty-five today
    ],
)
def test_the_age_counts_on_the_day_the_way_opens(edition, operator, now, birth_date, allowed):
    person = factories.YoungPersonFactory(birth_date=birth_date)
    open_it = lambda: actions.open_participation(  # noqa: E731
        person=person, edition=edition, channel="web", by=operator, now=now
    )
    if allowed:
        assert open_it().state == "registered"
    else:
        with pytest.raises(NotNow):
            open_it()


def test_born_on_29_february_is_a_year_older_on_1_march():
    person = factories.YoungPersonFactory.build(user=None, birth_date=date(2008, 2, 29), created_at=None)
    assert [person.age_on(date(2026, 2, 28)), person.age_on(date(2026, 3, 1))] == [17, 18]
    assert [person.age_on(date(2028, 2, 28)), person.age_on(date(2028, 2, 29))] == [19, 20]


def test_nobody_has_two_ways_in_one_edition(participation, edition, operator, now):
    with pytest.raises(NotNow, match=r"already takes part|partecipa già"):
        actions.open_participation(person=participation.person, edition=edition, channel="web", by=operator, now=now)


def test_receiving_takes_the_person_on_and_keeps_the_words_encrypted(received, operator, now):
    from django.db import connection

    assert (received.state, received.operator, received.last_contact_at) == ("received", operator, now)
    assert received.reception.need == "Un corso"
    with connection.cursor() as cursor:
        cursor.execute("SELECT need FROM intake_reception")
        assert "corso" not in cursor.fetchone()[0]


def test_nobody_is_received_twice(received, operator, now):
    with pytest.raises(NotNow):
        actions.receive(participation=received, channel="web", need="x", next_step="y", by=operator, now=now)


@pytest.mark.parametrize("role", ["young_person", "partner_staff", "coordinator", "evaluator"])
def test_only_operators_receive(participation, now, request, role):
    who = request.getfixturevalue(role)
    with pytest.raises(PermissionDenied):
        actions.receive(
            participation=participation, channel="web", need="x", next_step="y", by=getattr(who, "user", who), now=now
        )


def test_stopping_calls_off_what_was_booked_and_coming_back_starts_anew(appointment, operator, now):
    participation = appointment.participation
    actions.end_participation(participation=participation, ending="moved", outcome="A Torino", by=operator, now=now)
    appointment.refresh_from_db()
    assert appointment.state == "cancelled"
    with pytest.raises(NotNow):
        actions.start_plan(participation=participation, by=operator, now=now)
    again = actions.reopen_participation(participation=participation, by=operator, now=now)
    assert (again.state, again.ending, again.outcome, again.closed_at) == ("received", "", "", None)


def test_what_waits_to_be_sent_about_a_cancelled_appointment_stays_here(appointment, operator, now):
    OutgoingMessage.objects.update(state="queued", sent_at=None)
    actions.record_outcome(appointment=appointment, verb="cancel", by=operator, now=now)
    states = dict(OutgoingMessage.objects.values_list("key", "state"))
    assert states[f"appointment:{appointment.pk}:booked"] == "cancelled"
    assert states[f"appointment:{appointment.pk}:cancelled"] == "queued"
