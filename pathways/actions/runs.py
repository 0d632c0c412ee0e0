"""The dates of an activity: planned, with more places or fewer, called off."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.calendar import check_year
from migwork.errors import NotNow
from pathways import notifications, permissions
from pathways.actions.catalogue import refresh_next_starts
from pathways.actions.places import fill, give_back, lock, reopen_plan_action, take
from pathways.actions.sessions import free, write
from pathways.enums import HOLDING_A_PLACE, OpportunityState
from pathways.models import Run
from pathways.workflow import ENROLMENT, RUN


@transaction.atomic
def plan_run(
    *, opportunity, starts_on, ends_on, enrol_by, hours, places, sessions=(), by_application=False, by, now
) -> Run:
    """Give an activity dates and places. By the partner's staff.

    `sessions`: a Meeting each, or (start, end, place). NotNow where a trainer or a room is taken then, naming which.
    `by_application`: nobody enrols, whoever offers it chooses among those who apply.
    """
    permissions.check_can_run(by, opportunity)
    if opportunity.state == OpportunityState.EXPIRED:
        raise NotNow(_("This activity is off the catalogue: publish it again first."), code="expired")
    if places < 1:
        raise ValidationError({"places": _("At least one place.")})
    for day in (starts_on, ends_on, enrol_by):
        check_year(day, timezone.localdate(now))
    if enrol_by > ends_on:
        raise ValidationError({"enrol_by": _("One enrols before the last day.")})
    for start, end, *_rest in sessions:
        if not starts_on <= timezone.localdate(start) <= timezone.localdate(end) <= ends_on:
            raise ValidationError(_("Every session lies between the first and the last day."))
    run = Run(
        opportunity=opportunity,
        starts_on=starts_on,
        ends_on=ends_on,
        enrol_by=enrol_by,
        hours=hours,
        places=places,
        planned_at=now,
        by_application=by_application,
    )
    run.full_clean(exclude=["opportunity"])
    run.save(force_insert=True)
    if sessions:
        write(run, sessions, now=now)
    refresh_next_starts(now=now, opportunity=opportunity)
    record(verb="pathways.run_planned", by=by, now=now, on=run)
    return run


@transaction.atomic
def copy_run(*, run, starts_on, ends_on, enrol_by, hours, places, sessions, by, now) -> Run:
    """The same again on other dates, with its own people. By the partner's staff.

    How long an offered place is kept stays as it was; all else is what plan_run is given.
    """
    permissions.check_can_run(by, run.opportunity)
    _check_by_enrolment(run)
    made = plan_run(
        opportunity=run.opportunity,
        starts_on=starts_on,
        ends_on=ends_on,
        enrol_by=enrol_by,
        hours=hours,
        places=places,
        sessions=sessions,
        by=by,
        now=now,
    )
    made.offer_hours = run.offer_hours
    made.save(update_fields=["offer_hours"])
    return made


@transaction.atomic
def set_places(*, run, places: int, by, now) -> Run:
    """Change how many places a run has; those who wait get the new ones in order. By the partner's staff."""
    run = lock(run)
    permissions.check_can_run(by, run.opportunity)
    _check_by_enrolment(run)
    if places < max(run.places_taken, 1):
        raise NotNow(_("%(n)s places are taken: there cannot be fewer.") % {"n": run.places_taken}, code="taken")
    run.places = places
    run.save(update_fields=["places"])
    record(verb="pathways.run_places", by=by, now=now, on=run, fields=["places"])
    fill(run, now=now)
    return run


@transaction.atomic
def cancel_run(*, run, by, now) -> Run:
    """Call a run off: who was enrolled or waiting is told and free again. By the partner's staff."""
    run = lock(run)
    permissions.check_can_run(by, run.opportunity)
    _check_by_enrolment(run)
    run.state = RUN.target(run.state, "cancel")
    people = (
        run.enrolments.active().select_for_update(of=("self",)).select_related("participation__person", "plan_action")
    )
    for enrolment in people.order_by("asked_at", "pk"):
        enrolment.run = run
        if enrolment.state in HOLDING_A_PLACE:
            run.places_taken -= 1
        enrolment.state = ENROLMENT.target(enrolment.state, "withdraw")
        enrolment.ended_at = now
        enrolment.save(update_fields=["state", "ended_at"])
        record(verb="pathways.withdrawn", by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
        reopen_plan_action(enrolment, by=by, now=now)
        notifications.run_cancelled(enrolment, now=now)
    run.save(update_fields=["state", "places_taken"])
    free(run)
    refresh_next_starts(now=now, opportunity=run.opportunity)
    record(verb="pathways.run_cancelled", by=by, now=now, on=run)
    return run


def _check_by_enrolment(run) -> None:
    if run.by_application:
        raise NotNow(_("People apply for this one: change it where the offer is written."), code="application")


@transaction.atomic
def replan_run(*, run, starts_on, ends_on, enrol_by, hours, places, by, now) -> Run:
    """Other dates, hours or places for what people apply for: nobody has planned their days by it yet.

    By the partner's staff.
    """
    run = lock(run)
    permissions.check_can_run(by, run.opportunity)
    if not run.by_application:
        raise NotNow(_("People are enrolled in these dates: they cannot be moved."), code="enrolled")
    for day in (starts_on, ends_on, enrol_by):
        check_year(day, timezone.localdate(now))
    if enrol_by > ends_on:
        raise ValidationError({"enrol_by": _("One enrols before the last day.")})
    if places < max(run.places_taken, 1):
        raise NotNow(_("%(n)s places are taken: there cannot be fewer.") % {"n": run.places_taken}, code="taken")
    new = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "enrol_by": enrol_by,
        "hours": hours,
        "places": places,
    }
    changed = [name for name, value in new.items() if getattr(run, name) != value]
    for name in changed:
        setattr(run, name, new[name])
    run.full_clean(exclude=["opportunity"])
    if changed:
        run.save(update_fields=changed)
        refresh_next_starts(now=now, opportunity=run.opportunity)
        record(verb="pathways.run_replanned", by=by, now=now, on=run, fields=changed)
    return run


@transaction.atomic
def pause_run(*, run, by, now) -> Run:
    """Take nobody for the time being: the catalogue shows no date of it. `by` None: the portal itself."""
    return _pause(run, now, "pathways.run_paused", by, now)


@transaction.atomic
def resume_run(*, run, by, now) -> Run:
    """Take people again."""
    return _pause(run, None, "pathways.run_resumed", by, now)


def _pause(run, paused_at, verb, by, now):
    run = lock(run)
    if by is not None:
        permissions.check_can_run(by, run.opportunity)
    if (run.paused_at is None) != (paused_at is None):
        run.paused_at = paused_at
        run.save(update_fields=["paused_at"])
        refresh_next_starts(now=now, opportunity=run.opportunity)
        record(verb=verb, by=by, now=now, on=run, fields=["paused_at"])
    return run


@transaction.atomic
def give_place(*, run) -> Run:
    """One place of what people apply for is given to somebody; NotNow when there is none left.

    The room that keeps the applications has asked for the right, and records who got it.
    """
    run = lock(run)
    if run.places_left < 1:
        raise NotNow(_("There is no free place left."), code="full")
    take(run)
    return run


@transaction.atomic
def free_place(*, run) -> Run:
    """The place of somebody who had been chosen is free again."""
    run = lock(run)
    give_back(run)
    return run
