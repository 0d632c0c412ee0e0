"""Call me: asked once, seen by the desk with its age, done by a note."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from intake import actions
from intake.models import CallRequest, Note
from intake.queries.wishes import people_to_call
from migwork.errors import NotNow
from tests import factories


@pytest.fixture
def asked(participation, now):
    return actions.ask_for_call(
        participation=participation,
        phone="+393331234567",
        time="noon",
        kind="reception",
        by=participation.person.user,
        now=now,
    )


def test_call_me_is_never_a_dead_end(participation, as_user, operator, now):
    """No hour is free: from there to the desk's list in one form, and off it by a note."""
    young = as_user(participation.person.user)
    url = reverse("intake:call-me")
    empty = young.get(reverse("intake:booking-hours", args=["reception"])).content.decode()
    assert f"{url}?per=reception" in empty
    again = young.post(f"{url}?per=reception", {"phone": "333 12", "time": "noon"})
    assert "333 12" in again.content.decode()  # nothing typed is lost
    page = young.post(f"{url}?per=reception", {"phone": "333 123 4567", "time": "noon"}, follow=True)
    assert "Ti chiamiamo noi" in page.content.decode()
    request = CallRequest.objects.get()
    assert (request.phone, request.time, request.kind) == ("+393331234567", "noon", "reception")
    with time_machine.travel(now + timedelta(days=3), tick=False):
        desk = as_user(operator)
        listed = desk.get(reverse("intake:reception-list")).content.decode()
        assert "Chiesto 3 giorni fa" in listed
        assert "tel:+393331234567" in listed
        answer = reverse("intake:call-answer", args=[request.pk])
        assert answer in listed
        desk.post(answer, {"outcome": "reached", "text": "Viene giovedì"})
        assert answer not in desk.get(reverse("intake:reception-list")).content.decode()
    assert (Note.objects.get().kind, Note.objects.get().text) == ("call", "Viene giovedì")


def test_one_request_at_a_time(asked, participation, other_young_person, now):
    with pytest.raises(NotNow) as refusal:
        actions.ask_for_call(
            participation=participation, phone="+390212345678", time="any", by=participation.person.user, now=now
        )
    assert refusal.value.code == "twice"
    with pytest.raises(PermissionDenied):
        actions.withdraw_call(request=asked, by=other_young_person.user, now=now)
    actions.withdraw_call(request=asked, by=participation.person.user, now=now)
    assert people_to_call(now) == []


def test_who_does_not_answer_stays_on_the_list_and_was_not_talked_to(asked, participation, operator, now):
    later = now + timedelta(hours=3)
    actions.answer_call(request=asked, text="Squilla a vuoto", reached=False, by=operator, now=later)
    (row,) = people_to_call(later)
    assert (row.request.tries, row.request.tried_at) == (1, later)
    participation.refresh_from_db()
    assert participation.last_contact_at is None
    actions.answer_call(request=asked, text="Viene", reached=True, by=operator, now=later)
    participation.refresh_from_db()
    assert participation.last_contact_at == later
    with pytest.raises(NotNow):
        actions.answer_call(request=asked, text="Ancora", reached=True, by=operator, now=later)


@pytest.mark.parametrize("who", ["young", "desk"])
def test_an_hour_that_was_found_ends_the_request(asked, participation, operator, city, now, who):
    if who == "young":
        slot = factories.SlotFactory(availability__organisation=city, operator=operator)
        actions.book_slot(
            participation=participation, slot=slot, kind="interview", by=participation.person.user, now=now
        )
    else:
        actions.book_appointment(
            participation=participation,
            operator=operator,
            kind="interview",
            mode="place",
            starts_at=now + timedelta(hours=25),
            ends_at=now + timedelta(hours=26),
            by=operator,
            now=now,
        )
    assert people_to_call(now) == []


def test_only_the_case_team_notes_a_call(asked, coordinator, partner_staff, now):
    for user in (coordinator, partner_staff, asked.participation.person.user):
        with pytest.raises(PermissionDenied):
            actions.answer_call(request=asked, text="…", reached=True, by=user, now=now)


def test_the_desk_sees_who_did_not_come_until_they_are_heard_of(appointment, participation, operator, now):
    then = now + timedelta(days=2)
    actions.record_outcome(appointment=appointment, verb="miss", by=operator, now=then)
    (row,) = people_to_call(then)
    assert (row.participation, row.days) == (participation, 1)
    assert people_to_call(then + timedelta(days=40)) == []
    actions.write_note(participation=participation, kind="call", text="Viene lunedì", by=operator, now=then)
    assert people_to_call(then) == []


def test_the_list_costs_the_same_for_one_and_for_many(asked, edition, as_user, operator, django_assert_max_num_queries):
    for _ in range(5):
        factories.CallRequestFactory(participation__edition=edition)
    client = as_user(operator)
    client.get(reverse("intake:call-list"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("intake:call-list"))
    assert page.content.decode().count("tel:") == 6
