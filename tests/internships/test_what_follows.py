"""After each change of an internship: last day, hours, register, allowance, notices, reminders and papers follow."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from internships import actions
from internships.copy_sheet import regional_portal, unilav
from internships.enums import TodoKind
from internships.models import Allowance, AllowanceTerms, HostLink, Internship
from internships.queries.days import month_of
from internships.queries.host import internships_of_link
from internships.queries.life import life_of
from internships.queries.timetable import plan_of
from internships.rules import Slot
from migwork.errors import NotNow
from tests import factories

FIRST, LAST = date(2026, 5, 5), date(2026, 6, 1)
ROME = ZoneInfo("Europe/Rome")
SIX_HOURS = [Slot(weekday, time(9), time(15)) for weekday in range(5)]
FOUR_HOURS = [Slot(weekday, time(9), time(13)) for weekday in range(5)]


@pytest.fixture
def whom(partner_staff, now):
    return {"reason": "Così è stato deciso", "by": partner_staff, "now": now}


def again(internship):
    return Internship.objects.select_related("unit__host", "participation__person").get(pk=internship.pk)


def sheets(internship) -> str:
    """All lines of both forms that the promoter copies, as they read now."""
    internship, life = again(internship), life_of(internship)
    parts = [*unilav(internship), *regional_portal(internship, life)]
    return "\n".join(f"{line.label}: {line.value}" for part in parts for line in part.lines)


def open_todos(internship) -> dict:
    return dict(internship.todos.filter(done_at=None).values_list("kind", "due_on"))


def test_an_extension_is_in_the_register_the_sheet_the_notices_and_their_reminders(running, whom, now):
    assert plan_of(running).on(date(2026, 6, 3)) == 0
    actions.extend(internship=running, ends_on=date(2026, 6, 30), **whom)
    plan = plan_of(again(running))
    assert (plan.on(date(2026, 6, 3)), plan.on(date(2026, 7, 1))) == (6, 0)
    june = month_of(again(running), date(2026, 6, 1), date(2026, 6, 30))
    assert june.rows[-1].on == date(2026, 6, 30)
    assert "30/06/2026" in sheets(running)
    assert "01/06/2026" not in sheets(running)
    assert open_todos(running)[TodoKind.NOTICE_EXTENSION] == FIRST + timedelta(days=5)
    assert open_todos(running)[TodoKind.INSURANCE_EXTENSION] == LAST
    # The insurance ends with the first last day: its reminder comes before that, not before the new one.
    actions.remind_of_todos(now=datetime(2026, 5, 29, 8, tzinfo=ROME))
    insured = running.todos.get(kind=TodoKind.INSURANCE_EXTENSION)
    assert OutgoingMessage.objects.filter(key__startswith=f"todo:{insured.pk}:soon").exists()


def test_a_pause_is_free_of_hours_and_the_host_keeps_its_link_for_longer(running, whom, host_tutor, partner_staff, now):
    link = actions.send_host_link(tutor=host_tutor, by=partner_staff, now=now)
    span = {"starts_on": date(2026, 5, 11), "ends_on": date(2026, 5, 30)}
    change = actions.suspend(internship=running, kind="closure", **span, **whom)
    plan = plan_of(again(running))
    assert (plan.on(date(2026, 5, 8)), plan.on(date(2026, 5, 12)), plan.on(date(2026, 6, 18))) == (6, 0, 6)
    assert "21/06/2026" in sheets(running)
    assert open_todos(running)[TodoKind.INSURANCE_EXTENSION] == LAST
    after = LAST + timedelta(days=20)
    assert list(internships_of_link(link, after + timedelta(days=60))) == [running]
    assert not internships_of_link(link, after + timedelta(days=61))
    # Back earlier: the last day comes back, what was to be insured longer is to be insured to that day.
    actions.resume(internship=running, on=date(2026, 5, 28), **{**whom, "now": now + timedelta(minutes=1)})
    assert again(running).ends_on == date(2026, 6, 18)
    assert "18/06/2026" in sheets(running)
    assert running.todos.get(kind=TodoKind.INSURANCE_EXTENSION).amendment == change


def test_a_pause_that_reaches_back_mends_what_a_closed_month_owes(running, whom, partner_staff, now):
    """Ill from 12 May on, as the certificate of June says: May was closed with absences."""
    actions.extend(internship=running, ends_on=date(2026, 7, 31), **whom)
    june = datetime(2026, 6, 3, 10, tzinfo=ROME)
    terms = {"part_month": "share", "absent_month": "nothing"}
    actions.set_terms(internship=running, terms=terms, by=partner_staff, now=june)
    there = {date(2026, 5, day): Decimal(6) for day in (5, 6, 7, 8, 11)}
    actions.record_days(internship=running, hours=there, by=partner_staff, now=june)
    actions.close_month(internship=running, first=date(2026, 5, 1), by=partner_staff, now=june)
    before = Allowance.objects.get()
    span = {"starts_on": date(2026, 5, 12), "ends_on": date(2026, 6, 15)}
    actions.suspend(internship=running, kind="illness", **span, **{**whom, "now": june})
    after = Allowance.objects.get()
    # Five of five days attended instead of five of nineteen.
    assert [step["code"] for step in before.how["steps"]] == ["full", "part", "share"]
    assert [step["code"] for step in after.how["steps"]] == ["full", "part", "whole"]
    assert after.how["steps"][-1]["planned"] == "30.00"
    assert after.amount == before.amount, "as much as was attended, by either way"


def test_other_hours_come_with_the_timetable_that_holds_then(running, whom, partner_staff, now):
    actions.set_timetable(internship=running, slots=SIX_HOURS, by=partner_staff, now=now)
    fewer = {"internship": running, "weekly_hours": Decimal(20), "valid_from": date(2026, 5, 19), **whom}
    with pytest.raises(ValidationError, match="30"):
        actions.change_hours(**fewer)
    actions.change_hours(**fewer, slots=FOUR_HOURS)
    plan = plan_of(again(running))
    assert (plan.on(date(2026, 5, 18)), plan.on(date(2026, 5, 19))) == (6, 4)
    assert "Ore alla settimana: 20" in sheets(running)
    # Days before the change may still have as many hours as there were.
    actions.set_timetable(internship=running, slots=SIX_HOURS, by=partner_staff, now=now)
    with pytest.raises(ValidationError):
        actions.set_timetable(
            internship=running, slots=SIX_HOURS, valid_from=date(2026, 5, 20), by=partner_staff, now=now
        )


def test_without_a_timetable_the_hours_of_each_day_are_those_of_its_time(running, whom):
    actions.change_hours(internship=running, weekly_hours=Decimal(20), valid_from=date(2026, 5, 19), **whom)
    plan = plan_of(again(running))
    assert (plan.on(date(2026, 5, 18)), plan.on(date(2026, 5, 19))) == (6, 4)


def test_other_hours_leave_closed_months_alone(running, whom, partner_staff):
    actions.extend(internship=running, ends_on=date(2026, 7, 31), **whom)
    june = {"by": partner_staff, "now": datetime(2026, 6, 3, 10, tzinfo=ROME)}
    actions.close_month(internship=running, first=date(2026, 5, 1), **june)
    fewer = {"internship": running, "weekly_hours": Decimal(20), "reason": "Scuola serale", **june}
    with pytest.raises(NotNow, match="maggio"):
        actions.change_hours(**fewer, valid_from=date(2026, 5, 19))
    assert actions.change_hours(**fewer, valid_from=date(2026, 6, 1))


def test_whoever_confirms_from_now_on_gets_the_link(running, whom, host_tutor, partner_staff, now):
    new = factories.HostTutorFactory(host=running.unit.host, name="Piero Neri", email="piero@example.org")
    actions.send_host_link(tutor=host_tutor, by=partner_staff, now=now)
    actions.change_host_tutor(internship=running, host_tutor=new, **whom)
    link = HostLink.objects.get(tutor=new)
    assert OutgoingMessage.objects.get(key__startswith=f"host-link:{link.pk}").to == "piero@example.org"
    assert "Piero Neri" in sheets(running)


def test_nobody_gets_a_link_where_none_was_in_use(running, whom):
    new = factories.HostTutorFactory(host=running.unit.host, name="Piero Neri", email="piero@example.org")
    actions.change_host_tutor(internship=running, host_tutor=new, **whom)
    assert not HostLink.objects.exists()


def test_another_tutor_of_the_promoter_is_the_one_who_is_reminded(running, whom, partner):
    colleague = factories.member(Role.PARTNER_STAFF, partner, email="colleague@example.org")
    actions.change_promoter_tutor(internship=running, promoter_tutor=colleague, **whom)
    actions.remind_of_todos(now=datetime(2026, 5, 5, 20, tzinfo=ROME))
    assert set(OutgoingMessage.objects.filter(key__startswith="todo:").values_list("to", flat=True)) == {
        "colleague@example.org"
    }
    assert colleague.name in sheets(running)


def test_another_workplace_has_its_notice_and_its_line(running, whom, partner_staff, now):
    unit = factories.OperatingUnitFactory(host=running.unit.host, address="Via Nuova 9", municipality="Monza")
    actions.record_assessment(unit=unit, on=FIRST, reference="DVR", by=partner_staff, now=now)
    actions.change_site(internship=running, unit=unit, **whom)
    assert open_todos(running)[TodoKind.NOTICE_SITE] == FIRST + timedelta(days=5)
    assert "Via Nuova 9" in sheets(running)
    assert running.unit.address not in sheets(running)


# --- what the training project promises -------------------------------------------------


@pytest.mark.parametrize("decided", [False, True])
def test_what_was_signed_holds_for_the_allowance(running, partner_staff, now, decided):
    if decided:
        terms = {"agreed": Decimal(700), "has_meals": False}
        actions.set_terms(internship=running, terms=terms, by=partner_staff, now=now)
    project = running.project
    project.allowance, project.meals, project.promoter_signer = Decimal(600), "canteen", partner_staff
    actions.allowance.promise_allowance(project, now=now)
    terms = AllowanceTerms.objects.get()
    assert (terms.agreed, terms.has_meals) == ((700, False) if decided else (600, True))


def test_the_host_promises_no_less_than_the_rules_ask_for(internship, step, partner_staff, now):
    step(internship, "agree")
    mine = {"objectives": "x", "competences": "x", "insurance_accident": "x", "insurance_liability": "x"}
    actions.write_promoter(internship=internship, **mine, by=partner_staff, now=now)
    project = actions.ask_host(internship=internship, by=partner_staff, now=now)
    part = {"activities": "Caffè", "timetable": "9–15", "safety": "Quattro ore", "meals": "none"}
    signer = {"name": "Luigi Basso", "position": "titolare", "email": "luigi@example.org", "phone": ""}
    told = {"project": project, **part, "new_signer": signer, "now": now}
    with pytest.raises(ValidationError, match="almeno 500") as refused:
        actions.write_host(**told, allowance=Decimal(499), is_done=True)
    assert set(refused.value.error_dict) == {"allowance"}
    actions.write_host(**told, allowance=Decimal(499), is_done=False)
    project.refresh_from_db()
    assert actions.write_host(**{**told, "meals": "canteen"}, allowance=Decimal(400), is_done=True)
