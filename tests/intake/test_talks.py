"""Appointments and interviews."""

import threading
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from foundation.questionnaires.actions import Conflict
from intake import actions
from intake.actions.slots import one_at_a_time
from intake.models import Appointment, Interview
from migwork.errors import NotNow
from tests import factories


def book(participation, operator, now, at, minutes=30, **more):
    return actions.book_appointment(
        **{
            "participation": participation,
            "operator": operator,
            "kind": "interview",
            "mode": "place",
            "starts_at": at,
            "ends_at": at + timedelta(minutes=minutes),
            "by": operator,
            "now": now,
            **more,
        }
    )


def test_a_booked_appointment_is_told_to_the_young_person(appointment, operator, now):
    message = OutgoingMessage.objects.get(key=f"appointment:{appointment.pk}:booked")
    assert message.to == "amina@example.org"
    assert "Bianchi" not in message.subject
    assert "11:00" in message.text
    assert "via Dogana 2" in message.text
    appointment.participation.refresh_from_db()
    assert appointment.participation.operator == operator


def test_who_cannot_be_reached_gets_no_message_but_the_appointment(edition, operator, now):
    person = factories.YoungPersonFactory(user=None)
    participation = factories.ParticipationFactory(person=person, edition=edition)
    book(participation, operator, now, now + timedelta(days=1))
    assert not OutgoingMessage.objects.exists()


def test_an_operator_has_one_appointment_at_a_time(appointment, other_operator, operator, now):
    half_past = appointment.starts_at + timedelta(minutes=29)
    with pytest.raises(NotNow, match=r"another appointment|altro appuntamento"):
        book(appointment.participation, operator, now, half_past)
    book(appointment.participation, operator, now, appointment.ends_at)
    book(appointment.participation, other_operator, now, half_past)
    actions.record_outcome(appointment=appointment, verb="cancel", by=operator, now=now)
    book(appointment.participation, operator, now, appointment.starts_at)


@pytest.mark.parametrize("minutes", [0, -30, 241])
def test_an_appointment_has_a_sensible_length(participation, operator, now, minutes):
    with pytest.raises(NotNow):
        book(participation, operator, now, now + timedelta(days=1), minutes=minutes)


def test_nothing_is_booked_in_the_past_or_with_somebody_else(participation, operator, partner_staff, now):
    with pytest.raises(NotNow):
        book(participation, operator, now, now - timedelta(minutes=1))
    with pytest.raises(NotNow):
        book(participation, partner_staff, now, now + timedelta(days=1), by=operator)


@pytest.mark.parametrize(
    ("verb", "hours_later", "state"),
    [("see", 25, "seen"), ("excuse", 0, "excused"), ("cancel", 0, "cancelled"), ("miss", 26, "no_show")],
)
def test_outcomes(appointment, operator, now, verb, hours_later, state):
    then = now + timedelta(hours=hours_later)
    assert actions.record_outcome(appointment=appointment, verb=verb, by=operator, now=then).state == state
    with pytest.raises(NotNow):
        actions.record_outcome(appointment=appointment, verb="see", by=operator, now=then)


def invitations():
    return list(OutgoingMessage.objects.filter(key__endswith=":missed").order_by("created_at"))


def test_a_no_show_gets_one_kind_second_invitation(appointment, participation, operator, now):
    then = now + timedelta(hours=26)
    noted = actions.record_outcome(appointment=appointment, verb="miss", by=operator, now=then)
    assert noted.invited_again
    (message,) = invitations()
    assert "capita" in message.text
    assert f"/prenota/{appointment.kind}/" in message.text
    assert "Amina" not in message.subject
    again = factories.AppointmentFactory(
        participation=participation, operator=operator, starts_at=now + timedelta(days=3), kind="reception"
    )
    noted = actions.record_outcome(appointment=again, verb="miss", by=operator, now=now + timedelta(days=3, hours=1))
    assert not noted.invited_again  # somebody calls
    assert len(invitations()) == 1


def test_after_a_talk_that_took_place_a_no_show_is_invited_anew(appointment, participation, operator, now):
    then = now + timedelta(hours=26)
    actions.record_outcome(appointment=appointment, verb="miss", by=operator, now=then)
    for days, verb in ((3, "see"), (5, "miss")):
        talk = factories.AppointmentFactory(
            participation=participation, operator=operator, starts_at=now + timedelta(days=days)
        )
        actions.record_outcome(appointment=talk, verb=verb, by=operator, now=now + timedelta(days=days, hours=1))
    assert len(invitations()) == 2


def test_who_has_another_date_already_is_not_invited(appointment, participation, operator, now):
    factories.AppointmentFactory(participation=participation, operator=operator, starts_at=now + timedelta(days=9))
    actions.record_outcome(appointment=appointment, verb="miss", by=operator, now=now + timedelta(hours=26))
    assert invitations() == []


def test_an_invitation_that_still_waits_is_called_off_by_a_new_date(appointment, participation, operator, now):
    factories.PreferenceFactory(about=participation.person_id, quiet_from=time(12), quiet_to=time(14))
    then = now + timedelta(hours=26, minutes=30)
    actions.record_outcome(appointment=appointment, verb="miss", by=operator, now=then)
    assert [message.state for message in invitations()] == ["queued"]
    actions.book_appointment(
        participation=participation,
        operator=operator,
        kind="interview",
        mode="place",
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, minutes=30),
        by=operator,
        now=then,
    )
    assert [message.state for message in invitations()] == ["cancelled"]


def test_the_desk_is_told_whether_somebody_must_call(appointment, operator, as_user, now):
    with time_machine.travel(now + timedelta(hours=26), tick=False):
        url = reverse("intake:appointment-outcome", args=[appointment.pk])
        page = as_user(operator).post(url, {"verb": "miss"}, follow=True)
    assert "Abbiamo scritto con gentilezza" in page.content.decode()


@pytest.mark.parametrize("verb", ["see", "miss"])
def test_what_has_not_happened_is_not_recorded_as_happened(appointment, operator, now, verb):
    with pytest.raises(NotNow):
        actions.record_outcome(appointment=appointment, verb=verb, by=operator, now=now)


@pytest.mark.django_db(transaction=True)
def test_of_eight_bookings_at_once_seven_are_refused_with_the_sentence(now, edition, operator):
    people = [factories.ParticipationFactory(edition=edition) for _ in range(8)]
    answers, ready = [], threading.Barrier(8)

    def race(participation):
        ready.wait()
        try:
            answers.append(book(participation, operator, now, now + timedelta(days=1)).state)
        except NotNow as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=(p,)) for p in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["booked", *["taken"] * 7]
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_books_waits_for_who_is_writing_into_the_same_agenda(now, edition, operator):
    """Without it two inserts that exclude each other may wait in a ring until PostgreSQL breaks one off."""
    participation = factories.ParticipationFactory(edition=edition)
    answers = []

    def second():
        try:
            with connection.cursor() as cursor:
                cursor.execute("set lock_timeout = '200ms'")
            book(participation, operator, now, now + timedelta(days=1))
        except OperationalError:
            answers.append("waits")
        finally:
            connection.close()

    with transaction.atomic():
        one_at_a_time(operator)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert answers == ["waits"]
    assert book(participation, operator, now, now + timedelta(days=1)).state == "booked"


# --- interviews --------------------------------------------------------------------


@pytest.fixture
def interview(received, questionnaire, operator, now):
    return actions.start_interview(participation=received, by=operator, now=now)


def save(interview, operator, now, version=0, **answers):
    return actions.save_interview_section(
        interview=interview, section="wishes", answers=answers, version=version, by=operator, now=now
    )


def test_an_interview_is_saved_closed_and_moves_the_person_on(interview, operator, now):
    save(interview, operator, now, wish="Fare la barista")
    actions.complete_interview(interview=interview, by=operator, now=now)
    interview.refresh_from_db()
    assert interview.completed_at == now
    assert interview.sheet.locked_at == now
    assert interview.participation.state == "interviewed"
    with pytest.raises(NotNow):
        actions.complete_interview(interview=interview, by=operator, now=now)


def test_an_interview_with_an_empty_section_stays_open(interview, operator, now):
    with pytest.raises(NotNow, match=r"Desideri"):
        actions.complete_interview(interview=interview, by=operator, now=now)


def test_a_second_open_interview_is_refused(interview, other_operator, now):
    with pytest.raises(NotNow):
        actions.start_interview(participation=interview.participation, by=other_operator, now=now)
    assert Interview.objects.count() == 1


def test_two_writers_are_told_and_nothing_is_overwritten(interview, operator, other_operator, now):
    save(interview, operator, now, wish="Fare la barista")
    with pytest.raises(Conflict):
        save(interview, other_operator, now, wish="Fare la cuoca")
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers["wishes"]["wish"] == "Fare la barista"


def test_saving_as_one_types_leaves_one_event_an_hour(interview, operator, now):
    version = 0
    for minutes in (0, 1, 2, 61):
        version = save(interview, operator, now + timedelta(minutes=minutes), version=version, wish=f"parola {minutes}")
    assert Event.objects.filter(verb="intake.interview_saved").count() == 2


def test_a_later_interview_does_not_move_anybody_back(agreed, questionnaire, operator, now):
    interview = actions.start_interview(participation=agreed.participation, by=operator, now=now)
    save(interview, operator, now, wish="Cambiare")
    actions.complete_interview(interview=interview, by=operator, now=now)
    agreed.participation.refresh_from_db()
    assert agreed.participation.state == "plan_agreed"


@pytest.mark.parametrize("role", ["young_person", "partner_staff", "coordinator", "evaluator", "administrator"])
def test_talks_stay_with_the_case_team(received, questionnaire, now, request, role):
    who = request.getfixturevalue(role)
    with pytest.raises(PermissionDenied):
        actions.start_interview(participation=received, by=getattr(who, "user", who), now=now)


def test_the_clock_change_moves_no_appointment(participation, operator, now):
    """On 25 October 2026 the clock goes back at three: four hours later by the clock are five."""
    from zoneinfo import ZoneInfo

    rome = ZoneInfo("Europe/Rome")
    with pytest.raises(NotNow):
        actions.book_appointment(
            participation=participation,
            operator=operator,
            kind="interview",
            mode="place",
            starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=rome).astimezone(ZoneInfo("UTC")),
            ends_at=datetime(2026, 10, 25, 4, 30, tzinfo=rome).astimezone(ZoneInfo("UTC")),
            by=operator,
            now=now,
        )


@pytest.mark.parametrize(("hour", "minutes"), [(3, 30), (6, 90), (20, 90), (21, 15), (22, 180)])
def test_no_appointment_in_the_night(participation, operator, now, hour, minutes):
    at = (now + timedelta(days=1)).replace(hour=hour, minute=0)
    with pytest.raises(NotNow) as refusal:
        book(participation, operator, now, at, minutes)
    assert refusal.value.code == "hours"
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(("hour", "minutes"), [(7, 30), (20, 60)])
def test_an_appointment_from_seven_to_nine_in_the_evening(participation, operator, now, hour, minutes):
    at = (now + timedelta(days=1)).replace(hour=hour, minute=0)
    assert book(participation, operator, now, at, minutes).pk
