"""To other dates of the same activity, without losing the turn."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import eligibility, notifications, permissions
from pathways.actions import places
from pathways.enums import EnrolmentState
from pathways.models import Enrolment, Run
from pathways.workflow import ENROLMENT


@transaction.atomic
def move_enrolment(*, enrolment, run, by, now) -> Enrolment:
    """From one run of an activity to another: a place for a place, a turn for a turn. The enrolment there.

    By the young person, an operator, or the partner. Who has a place moves only where one is free and nobody waits
    for it; who waits keeps the moment at which they asked. What was attended stays with the first dates.
    NotNow with the reason when the person cannot take part in the other run (see eligibility.py).
    """
    permissions.check_can_withdraw(by, enrolment)
    # Both runs in one order, as everywhere: two who change places with each other do not wait for each other.
    runs = {
        row.pk: row for row in Run.objects.select_for_update().filter(pk__in=[enrolment.run_id, run.pk]).order_by("pk")
    }
    old, new = places.lock(runs[enrolment.run_id]), places.lock(runs[run.pk])
    rows = old.enrolments.select_for_update(of=("self",)).select_related("participation__person", "plan_action")
    enrolment = rows.get(pk=enrolment.pk)
    participation = enrolment.participation
    check_not_limited(participation.person)
    _check(enrolment, old, new, on=timezone.localdate(now))
    had_place = enrolment.state == EnrolmentState.ENROLLED
    has_place = new.places_left > 0 and not places.in_line(new).exists()
    if had_place and not has_place:
        raise NotNow(_("No place is free on those dates. The place on the first dates stays."), code="full")
    enrolment.state = ENROLMENT.target(enrolment.state, "withdraw")
    enrolment.ended_at = now
    enrolment.save(update_fields=["state", "ended_at"])
    moved = Enrolment.objects.create(
        run=new,
        participation=participation,
        plan_action=enrolment.plan_action,
        state=EnrolmentState.ENROLLED if has_place else EnrolmentState.WAITING,
        asked_at=enrolment.asked_at,
        asked_by=enrolment.asked_by,
    )
    record(verb="pathways.moved", by=by, now=now, on=moved, about=participation.person_id)
    if has_place:
        places.take(new)
        places.start_plan_action(moved, by=by, now=now)
    notifications.moved(moved, now=now)
    if had_place:
        places.give_back(old)
        places.fill(old, now=now)
    return moved


def _check(enrolment, old, new, *, on) -> None:
    if new.pk == old.pk or new.opportunity_id != old.opportunity_id:
        raise NotNow(_("Choose other dates of the same activity."), code="run")
    if enrolment.state not in (EnrolmentState.ENROLLED, EnrolmentState.WAITING):
        raise NotNow(_("This enrolment cannot be moved any more."), code="workflow")
    there = new.enrolments.filter(participation=enrolment.participation).exclude(state=EnrolmentState.WITHDRAWN)
    eligibility.check(eligibility.points(new, enrolment.participation, on=on, enrolment=there.first()))
