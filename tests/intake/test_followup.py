"""How ways end, and how it goes with those who left."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import FollowUp, Participation
from intake.queries.followup import follow_up_token, to_call_after_leaving
from migwork.errors import NotNow
from tests import factories

ANSWERS = {"situation": "employed", "qualified": "yes", "better": "yes", "words": "Grazie a tutti"}


@pytest.fixture
def form(questionnaire):
    from django.core.management import call_command

    call_command("load_questionnaire", "intake/questionnaires/follow-up.toml", verbosity=0)


@pytest.fixture
def ended(received, operator, now, form):
    return actions.end_participation(participation=received, ending="found_alone", by=operator, now=now)


@pytest.fixture
def first(ended):
    return ended.follow_ups.get(moment="four_weeks")


def test_closing_needs_an_outcome_of_the_list(received, operator, now):
    plan = factories.PlanFactory(participation=received)
    with pytest.raises(NotNow):  # no plan was agreed: it can stop, not be closed
        actions.end_participation(participation=received, ending="work", by=operator, now=now)
    with pytest.raises(ValueError, match="whatever"):
        actions.end_participation(participation=received, ending="whatever", by=operator, now=now)
    Participation.objects.filter(pk=plan.participation_id).update(state="in_progress")
    closed = actions.end_participation(participation=received, ending="work", outcome="Da Aurora", by=operator, now=now)
    assert (closed.state, closed.ending, closed.outcome) == ("closed", "work", "Da Aurora")
    for state, ending in (("closed", "moved"), ("dropped", "work"), ("closed", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.filter(pk=closed.pk).update(state=state, ending=ending)


def test_who_left_is_asked_after_two_weeks_and_six_months_and_once_more(ended, now):
    person = ended.person
    told = OutgoingMessage.objects.filter(about=person.pk, key__startswith="follow-up:")
    days = [follow_up.due_on for follow_up in ended.follow_ups.all()]
    assert days[0] == now.date() + timedelta(days=14)
    assert 180 < (days[1] - now.date()).days < 186
    ten = timedelta(hours=12)
    assert actions.ask_due_follow_ups(now=now + timedelta(days=13) + ten) == 0
    assert actions.ask_due_follow_ups(now=now + timedelta(days=14) + ten) == 1
    assert actions.ask_due_follow_ups(now=now + timedelta(days=14) + ten) == 0
    assert actions.ask_due_follow_ups(now=now + timedelta(days=22) + ten) == 1
    assert actions.ask_due_follow_ups(now=now + timedelta(days=40) + ten) == 0
    assert told.count() == 2
    assert person.last_name not in told[0].text + told[0].subject


def test_who_comes_back_is_not_asked(ended, operator, now):
    actions.ask_due_follow_ups(now=now + timedelta(days=15))
    actions.reopen_participation(participation=ended, by=operator, now=now)
    assert not FollowUp.objects.exists()
    assert not OutgoingMessage.objects.filter(key__startswith="follow-up:", state="queued").exists()


def test_who_never_came_is_not_asked(participation, operator, now):
    actions.end_participation(participation=participation, ending="not_reached", by=operator, now=now)
    assert not FollowUp.objects.exists()


@pytest.fixture
def later(first, now):
    """The day after the first questions were due."""
    with time_machine.travel(now + timedelta(days=15), tick=False) as moment:
        yield moment


def test_by_link_without_signing_in(client, first, later):
    url = reverse("intake:follow-up", args=[follow_up_token(first)])
    page = client.get(url)
    text = page.content.decode()
    assert page.status_code == 200
    assert first.participation.person.last_name not in text
    assert "no-store" in page["Cache-Control"]
    first.refresh_from_db()
    assert first.answered_at is None
    empty = client.post(url, {"situation": "", "words": "Tutto bene", "version": 0})
    assert empty.status_code == 200
    assert "Tutto bene" in empty.content.decode()
    assert client.post(url, {**ANSWERS, "version": 0}).status_code == 302
    first.refresh_from_db()
    assert (first.situation, first.has_qualified, first.is_better, first.by) == ("employed", True, True, None)
    assert first.sheet.answers["now"]["words"] == "Grazie a tutti"
    client.post(url, {**ANSWERS, "situation": "other", "version": 0})
    first.refresh_from_db()
    assert first.situation == "employed"
    assert "Grazie!" in client.get(url).content.decode()


def test_a_link_that_was_changed_opens_nothing(client, first):
    token = follow_up_token(first)
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), token.split(".")[0], "x"):
        assert client.get(reverse("intake:follow-up", args=[wrong])).status_code == 404


def test_after_two_months_the_questions_are_closed(first, now):
    with pytest.raises(NotNow):
        actions.answer_follow_up(follow_up=first, answers=ANSWERS, now=now + timedelta(days=14 + 60))


def test_an_operator_writes_down_what_was_told_and_nobody_else(client, first, operator, partner_staff, later, now):
    with pytest.raises(PermissionDenied):
        actions.answer_follow_up(follow_up=first, answers=ANSWERS, by=partner_staff, now=now)
    client.force_login(operator)
    url = reverse("intake:follow-up-told", args=[first.participation_id, first.pk])
    file = reverse("intake:person-file", args=[first.participation_id])
    assert url in client.get(file).content.decode()
    assert client.post(url, {"situation": "studying", "version": 0}).status_code == 302
    first.refresh_from_db()
    assert (first.situation, first.by, first.has_qualified) == ("studying", operator, None)
    assert client.get(url).status_code == 404


def test_the_last_day_of_february_has_its_six_months(received, operator, form):
    ended = actions.end_participation(
        participation=received, ending="moved", by=operator, now=datetime(2026, 8, 31, 12, tzinfo=UTC)
    )
    assert str(ended.follow_ups.get(moment="six_months").due_on) == "2027-02-28"


@pytest.fixture
def calls(as_user):
    """calls(user, at): the list of calls as `user` reads it then."""

    def read(user, at, page="intake:call-list", mine=False):
        with time_machine.travel(at, tick=False):
            return as_user(user).get(reverse(page) + ("?mie=1" if mine else "")).text

    return read


def test_who_did_not_answer_by_link_is_on_the_list_of_calls(calls, first, operator, other_operator, now):
    """From the third day after the reminder, within the four weeks; off it with their answer."""
    person = first.participation.person
    person.phone = "+393331234567"
    person.save()
    asked = now + timedelta(days=14, hours=2)
    told = reverse("intake:follow-up-told", args=[first.participation_id, first.pk])
    actions.ask_due_follow_ups(now=asked)
    assert told not in calls(operator, asked + timedelta(days=9))
    then = asked + timedelta(days=10)
    assert then < now + timedelta(days=28)
    page = calls(operator, then)
    assert told in page
    assert "tel:+393331234567" in page
    reception = calls(operator, then, page="intake:reception-list")
    assert "1 persona che ha concluso non ha detto come va" in reception
    assert told in calls(operator, then, mine=True)
    assert told in calls(other_operator, then)
    assert told not in calls(other_operator, then, mine=True)
    actions.answer_follow_up(follow_up=first, answers=ANSWERS, by=operator, now=then)
    assert told not in calls(operator, then)


def test_who_was_called_in_vain_stays_at_the_end_of_the_list(first, operator, edition, now):
    asked = now + timedelta(days=14, hours=2)
    actions.ask_due_follow_ups(now=asked)
    other = factories.FollowUpFactory(due_on=first.due_on + timedelta(days=5), asked_at=asked)
    then = asked + timedelta(days=11)
    assert [row.pk for row in to_call_after_leaving(then)] == [first.pk, other.pk]
    actions.write_note(participation=first.participation, kind="call", text="Nessuno", by=operator, now=then)
    rows = to_call_after_leaving(then)
    assert [(row.pk, row.tried_at) for row in rows] == [(other.pk, None), (first.pk, then)]


def test_nobody_calls_whom_the_portal_may_not_ask(first, operator, now):
    """Back with us, restricted, erased, or asked so long ago that no answer is taken any more."""
    asked = now + timedelta(days=14, hours=2)
    actions.ask_due_follow_ups(now=asked)
    then = asked + timedelta(days=10)
    assert to_call_after_leaving(then)
    assert to_call_after_leaving(now + timedelta(days=14 + 59))
    assert to_call_after_leaving(now + timedelta(days=14 + 60)) == []
    person = first.participation.person
    for field in ("limited_at", "anonymised_at"):
        setattr(person, field, then)
        person.save()
        assert to_call_after_leaving(then) == [], field
        setattr(person, field, None)
        person.save()
    actions.reopen_participation(participation=first.participation, by=operator, now=then)
    assert to_call_after_leaving(then) == []
