"""Activities and their dates."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.calendar import check_year
from migwork.errors import NotNow
from pathways import notifications, permissions, search
from pathways.actions.places import fill, lock, reopen_plan_action
from pathways.actions.words import learn_words, renew_words
from pathways.enums import HOLDING_A_PLACE, OpportunityState
from pathways.models import Opportunity, Run, Session
from pathways.workflow import ENROLMENT, OPPORTUNITY, RUN

# What a partner writes about an activity.
FIELDS = (
    "edition",
    "organisation",
    "macro_action",
    "family",
    "title",
    "summary",
    "description",
    "for_whom",
    "what_you_get",
    "what_you_need",
    "place",
    "municipio",
    "contact",
    "min_age",
    "max_age",
    "language",
    "employment_in",
    "min_education",
    "italian_level",
    "wants_plan",
)
# Words that the addresses of the partner's pages use.
_RESERVED = {"nuova", "edizioni", "importa", "incontri", "iscrizioni", "sinonimi"}


@transaction.atomic
def save_opportunity(*, opportunity=None, by, now, **fields) -> Opportunity:
    """Write a new activity (a draft), or change one. By the partner's staff or a coordinator.

    `fields` are any of FIELDS. A change of a published activity shows at once:
    see docs/adr on publishing. Its address never changes.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    is_new = opportunity is None
    if is_new:
        opportunity = Opportunity(created_at=now)
    else:
        opportunity = (
            Opportunity.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=opportunity.pk)
        )
        permissions.check_can_edit_activity(by, opportunity)
    changed = [name for name, value in fields.items() if is_new or getattr(opportunity, name) != value]
    for name in changed:
        setattr(opportunity, name, fields[name])
    permissions.check_can_edit_activity(by, opportunity)
    _check_macro_action(opportunity)
    opportunity.checked_on, opportunity.asked_check_on = timezone.localdate(now), None
    if is_new:
        opportunity.slug = _free_slug(opportunity.title)
    opportunity.save()
    Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity))
    if opportunity.state == OpportunityState.PUBLISHED:
        learn_words(search.words_of_activity(opportunity))
    verb = "pathways.opportunity_created" if is_new else "pathways.opportunity_changed"
    record(verb=verb, by=by, now=now, on=opportunity, fields=changed)
    return opportunity


def _check_macro_action(opportunity) -> None:
    macro_action = opportunity.macro_action
    if macro_action is not None and macro_action.edition_id != opportunity.edition_id:
        raise ValidationError({"macro_action": _("This macro-action belongs to another edition.")})


def _free_slug(title: str) -> str:
    base = slugify(title)[:100].strip("-") or "attivita"
    taken = set(Opportunity.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | _RESERVED
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def change_state(*, opportunity, verb, by, now, why="") -> Opportunity:
    """Take an activity one step on: submit, publish, return, expire (see workflow.OPPORTUNITY).

    Submit and expire: the partner's staff or a coordinator. Publish and return: the
    partner's administrator or a coordinator; who returns says `why`, and the partner's staff are told.
    """
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    permissions.check_can_change_state(by, opportunity, verb)
    opportunity.state = OPPORTUNITY.target(opportunity.state, verb)
    if verb == "return":
        if not why.strip():
            raise ValidationError({"why": _("Say in a sentence what to change.")})
        opportunity.returned_why = why.strip()
    if verb == "publish":
        opportunity.checked_on = timezone.localdate(now)
        opportunity.asked_check_on, opportunity.returned_why = None, ""
        learn_words(search.words_of_activity(opportunity))
    opportunity.save(update_fields=["state", "checked_on", "asked_check_on", "returned_why"])
    record(verb=f"pathways.opportunity_{verb}", by=by, now=now, on=opportunity, fields=["state"])
    if verb == "return":
        notifications.activity_returned(opportunity, now=now)
    return opportunity


@transaction.atomic
def plan_run(*, opportunity, starts_on, ends_on, enrol_by, hours, places, sessions=(), by, now) -> Run:
    """Give an activity dates and places. By the partner's staff. `sessions`: (start, end, place) each, aware."""
    permissions.check_can_run(by, opportunity)
    if opportunity.state == OpportunityState.EXPIRED:
        raise NotNow(_("This activity is off the catalogue: publish it again first."), code="expired")
    if places < 1:
        raise ValidationError({"places": _("At least one place.")})
    for day in (starts_on, ends_on, enrol_by):
        check_year(day, timezone.localdate(now))
    if enrol_by > ends_on:
        raise ValidationError({"enrol_by": _("One enrols before the last day.")})
    for start, end, _place in sessions:
        if not starts_on <= timezone.localdate(start) <= timezone.localdate(end) <= ends_on:
            raise ValidationError(_("Every session lies between the first and the last day."))
    run = Run(
        opportunity=opportunity, starts_on=starts_on, ends_on=ends_on, enrol_by=enrol_by, hours=hours, places=places
    )
    run.full_clean(exclude=["opportunity"])
    run.save(force_insert=True)
    Session.objects.bulk_create(
        [Session(run=run, starts_at=start, ends_at=end, place=place) for start, end, place in sessions]
    )
    refresh_next_starts(now=now, opportunity=opportunity)
    record(verb="pathways.run_planned", by=by, now=now, on=run)
    return run


@transaction.atomic
def set_places(*, run, places: int, by, now) -> Run:
    """Change how many places a run has; those who wait get the new ones in order. By the partner's staff."""
    run = lock(run)
    permissions.check_can_run(by, run.opportunity)
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
    refresh_next_starts(now=now, opportunity=run.opportunity)
    record(verb="pathways.run_cancelled", by=by, now=now, on=run)
    return run


@transaction.atomic
def remove_session(*, session, by, now) -> Run:
    """Take out a session that will not be held; the run's hours shrink. By the partner's staff."""
    run = lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = run.sessions.select_for_update().filter(pk=session.pk).first()
    if session is None or session.recorded_at is not None:
        raise NotNow(_("Attendance is recorded for this session: it stays."), code="recorded")
    run.hours = max(run.hours - session.hours, Decimal(0))
    run.save(update_fields=["hours"])
    session.delete()
    record(verb="pathways.session_removed", by=by, now=now, on=run, fields=["sessions", "hours"])
    return run


def refresh_next_starts(*, now, opportunity=None) -> int:
    """Bring the dates by which the catalogue is ordered up to date, of one activity or of all; how many changed.

    Called by whatever changes a run, and once a day when runs stop taking enrolments.
    """
    today: date = timezone.localdate(now)
    coming = Run.objects.open_on(today).filter(opportunity=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1]
    stale = Opportunity.objects.annotate(coming=Subquery(coming)).filter(
        ~Q(next_start_on=F("coming"))
        | Q(next_start_on__isnull=True, coming__isnull=False)
        | Q(next_start_on__isnull=False, coming__isnull=True)
    )
    if opportunity is not None:
        stale = stale.filter(pk=opportunity.pk)
    return Opportunity.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).update(
        next_start_on=Subquery(coming)
    )


@transaction.atomic
def renew_search() -> int:
    """Write what every activity is found by again, and the words that are known: after a bulk load, or when the
    weights change. How many activities.
    """
    count = 0
    for opportunity in Opportunity.objects.select_related("organisation").order_by("pk").iterator(chunk_size=1000):
        count += Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity))
    renew_words()
    return count
