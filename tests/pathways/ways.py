"""What the tests of this room start from."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests import factories

ROME = ZoneInfo("Europe/Rome")


def course(organisation, edition, **fields):
    """A published course of `organisation` in `edition`."""
    return factories.OpportunityFactory(organisation=organisation, edition=edition, **fields)


def taker(edition, **person):
    """Somebody with a participation in `edition`."""
    return factories.ParticipationFactory(person=factories.YoungPersonFactory(**person), edition=edition)


def step_of_plan(participation, **fields):
    """An agreed plan's action of kind activity, still to do."""
    from intake.models import Plan

    plan = Plan.objects.filter(participation=participation).first()
    plan = plan or factories.PlanFactory(participation=participation, state="agreed")
    participation.state = "plan_agreed"
    participation.save()
    return factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=plan), **fields)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ROME)


def started_run(opportunity, now, *, sessions=2, places=12, hours=4):
    """A run that began `sessions` days ago: every session is over, none recorded."""
    today = timezone.localdate(now)
    run = factories.RunFactory(
        opportunity=opportunity,
        starts_on=today - timedelta(days=sessions),
        ends_on=today,
        enrol_by=today,
        places=places,
    )
    for n in range(sessions, 0, -1):
        start = at(today - timedelta(days=n), 14)
        factories.SessionFactory(run=run, starts_at=start, ends_at=start + timedelta(hours=hours))
    return run
