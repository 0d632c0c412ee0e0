"""An end before the last day: who, why, when; and a place that is free again."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from foundation.communications.models import OutgoingMessage
from intake.enums import ActionState
from internships import actions, queries
from internships.enums import TodoKind
from internships.models import Internship, OperatingUnit
from internships.queries.timetable import plan_of
from internships.rules import Level
from migwork.errors import NotNow
from tests import factories

FIRST = date(2026, 5, 5)
LATER = datetime(2026, 5, 15, 18, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture
def whom(partner_staff):
    return {"reason": "Ha trovato lavoro", "by": partner_staff, "now": LATER}


def end(internship, whom, **changes):
    said = {"ended_by": "intern", "ended_on": LATER.date(), **whom, **changes}
    return actions.end_early(internship=internship, **said)


def test_it_is_kept_who_ended_it_on_which_day_and_why(running, whom, plan_action):
    ended = end(running, whom, ended_on=date(2026, 5, 13))
    assert (ended.state, ended.ended_by, ended.ended_on) == ("ended_early", "intern", date(2026, 5, 13))
    assert (ended.reason, ended.last_on) == ("Ha trovato lavoro", date(2026, 5, 13))
    # The notice runs from the last day, not from when somebody wrote it down.
    assert ended.todos.get(kind=TodoKind.NOTICE_END).due_on == date(2026, 5, 18)
    assert plan_of(ended).on(date(2026, 5, 14)) == 0
    plan_action.refresh_from_db()
    assert plan_action.state == ActionState.TO_DO
    told = {m.to: m.text for m in OutgoingMessage.objects.filter(key__startswith="ended-early:")}
    assert set(told) == {running.participation.person.email, running.host_tutor.email, running.promoter_tutor.email}
    assert not any("lavoro" in text for text in told.values()), "the reason is read behind the sign-in"


@pytest.mark.parametrize("who", ["host", "promoter"])
@pytest.mark.parametrize(("ground", "goes"), [("", False), ("mood", False), ("breach", True), ("goals", True)])
def test_hosts_and_promoters_have_two_grounds(running, whom, who, ground, goes):
    if goes:
        assert end(running, whom, ended_by=who, ground=ground).end_ground == ground
        return
    with pytest.raises(ValidationError):
        end(running, whom, ended_by=who, ground=ground)
    assert Internship.objects.get().state == "running"


def test_an_intern_needs_no_ground_but_a_reason(running, whom):
    with pytest.raises(ValidationError):
        end(running, whom, reason=" ")
    assert end(running, whom, ground="breach").end_ground == ""


def test_its_day_is_one_of_the_internship_and_not_to_come(running, whom, partner_staff, operator, young_person):
    days = {date(2026, 5, 14): Decimal(6)}
    actions.record_days(internship=running, hours=days, by=partner_staff, now=LATER)
    for day in (FIRST - timedelta(days=1), LATER.date() + timedelta(days=1), date(2026, 5, 13)):
        with pytest.raises(ValidationError):
            end(running, whom, ended_on=day)
    with pytest.raises(ValidationError):
        end(running, whom, ended_by="somebody")
    for other in (operator, young_person.user):
        with pytest.raises(PermissionDenied):
            end(running, {**whom, "by": other})
    with pytest.raises(NotNow):
        actions.move(internship=running, verb="end_early", **whom)
    assert end(running, whom, ended_on=date(2026, 5, 14))


def test_absences_after_it_are_none(running, whom, young_person):
    for day in (13, 15):
        actions.say_day(
            internship=running, on=date(2026, 5, day), hours=None, absence="ill", by=young_person.user, now=LATER
        )
    ended = end(running, whom, ended_on=date(2026, 5, 13))
    assert [row.on.day for row in ended.days.all()] == [13]


def test_a_paused_one_can_end_and_an_idea_cannot(internship, step, whom, now):
    with pytest.raises(NotNow):
        end(internship, whom)
    running = step(internship, "agree", "sign", "start")
    span = {"starts_on": FIRST, "ends_on": FIRST + timedelta(days=20)}
    actions.suspend(internship=running, kind="closure", **span, **{**whom, "now": now})
    assert end(running, whom).state == "ended_early"


def test_the_database_keeps_day_and_author_together(running):
    for changes in ({"ended_on": FIRST}, {"ended_by": "host"}, {"end_ground": "breach"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Internship.objects.update(**changes)


def test_a_place_is_free_again(internship, proposal, step, unit, whom):
    """Called off or ended early: somebody else may come."""
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)  # one at once
    unit.refresh_from_db()
    other = factories.InternshipFactory.build(
        unit=unit,
        starts_on=FIRST,
        ends_on=date(2026, 8, 1),
        participation=factories.ParticipationFactory(),
        promoter=internship.promoter,
    )

    def places():
        return next(one for one in queries.findings_of(other) if one.code == "places").level

    assert places() == Level.ERROR
    step(internship, "cancel", reason="L’azienda ha cambiato idea")
    assert places() == Level.PASS
    second = step(actions.open_internship(**proposal), "agree", "sign", "start")
    assert places() == Level.ERROR
    end(second, whom)
    assert places() == Level.PASS


def test_what_is_called_off_is_told_to_who_had_heard_of_it(internship, proposal, step):
    told = OutgoingMessage.objects.filter(key__endswith=":cancelled")
    step(internship, "cancel", reason="L’azienda ha cambiato idea")
    assert not told.exists()
    step(actions.open_internship(**proposal), "agree", "cancel", reason="L’azienda chiude")
    assert told.count() == 1
