"""What a partner decides of an application: shortlist, interview, taken, not this time."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.privacy.actions import record
from intake import actions as intake
from intake.enums import ReferralPurpose
from internships import notifications
from internships.actions.locks import locked_participation
from internships.actions.response_clock import open_again
from internships.enums import ApplicationState as S
from internships.enums import TurnedDown
from internships.models import Application
from internships.permissions import check_can_choose
from internships.queries.applications import served
from internships.workflow import APPLICATION
from migwork.calendar import check_year
from migwork.errors import NotNow
from pathways import actions as pathways
from pathways.actions import places
from pathways.enums import OpportunityState

# These are answers that somebody hears.
ANSWERS = ("shortlist", "invite", "take", "turn_down")
EVENTS = {
    "shortlist": "application_shortlisted",
    "invite": "application_invited",
    "take": "application_taken",
    "turn_down": "application_turned_down",
    "reconsider": "application_reconsidered",
    "withdraw": "application_withdrawn",
    "close": "application_closed",
}


def locked_application(application) -> Application:
    """The person's way, the offer's places, then the application: nobody else decides about it meanwhile."""
    locked_participation(application.participation_id)
    run = places.lock(application.offer.run)
    application = Application.objects.select_for_update(of=("self",)).whole().get(pk=application.pk)
    application.offer.run = run
    return application


def change(application, verb: str, *, by, now: datetime, **values) -> Application:
    """One step of a locked application; whoever calls has asked for the right, and tells of it."""
    application.state = APPLICATION.target(application.state, verb)
    application.state_since = now
    if verb in ANSWERS and application.answered_at is None:
        application.answered_at = now
    for name, value in values.items():
        setattr(application, name, value)
    fields = ["state", *values]
    application.save(update_fields=[*fields, "state_since", "answered_at"])
    record(verb=f"internships.{EVENTS[verb]}", by=by, now=now, on=application, about=application.person, fields=fields)
    return application


def _chosen(application, by) -> Application:
    application = locked_application(application)
    check_can_choose(by, application)
    check_not_limited(application.person)
    return application


@transaction.atomic
def shortlist(*, application, by, now: datetime) -> Application:
    """Say that somebody is among those to be looked at closer; they hear of it. By the partner's staff."""
    application = _chosen(application, by)
    if application.state == S.SHORTLISTED:
        return application
    verb = "reconsider" if application.state == S.TURNED_DOWN else "shortlist"
    if verb == "reconsider" and application.offer.opportunity.state != OpportunityState.PUBLISHED:
        raise NotNow(_("This offer is closed."), code="closed")
    change(application, verb, by=by, now=now, **({"reason": ""} if verb == "reconsider" else {}))
    notifications.application_answered(application, now=now)
    open_again(application.offer, now=now)
    return application


@transaction.atomic
def invite(*, application, at: datetime, place: str, by, now: datetime) -> Application:
    """Invite to an interview, or to another day: they hear when and where. By the partner's staff."""
    application = _chosen(application, by)
    if not place.strip():
        raise ValidationError({"place": _("Say where, or by which telephone number.")})
    check_year(timezone.localdate(at), timezone.localdate(now))
    if at <= now:
        raise ValidationError({"day": _("This moment is over: choose another one.")})
    if (application.state, application.interview_at, application.interview_place) == (S.INVITED, at, place.strip()):
        return application
    change(application, "invite", by=by, now=now, interview_at=at, interview_place=place.strip())
    notifications.application_answered(application, now=now)
    open_again(application.offer, now=now)
    return application


@transaction.atomic
def take(*, application, by, now: datetime) -> Application:
    """Give somebody a place of the offer, and have them entrusted to the partner. By the partner's staff.

    From `application.referral` the internship is proposed. NotNow when the places are all taken.
    """
    application = _chosen(application, by)
    if application.state == S.TAKEN:
        return application
    APPLICATION.target(application.state, "take")
    pathways.give_place(run=application.offer.run)
    organisation = application.offer.opportunity.organisation
    referral = intake.entrust_applicant(
        participation=application.participation,
        organisation=organisation,
        purpose=ReferralPurpose.INTERNSHIP,
        besides=served(application.participation, organisation),
        by=by,
        now=now,
    )
    change(application, "take", by=by, now=now, referral=referral)
    notifications.application_answered(application, now=now)
    open_again(application.offer, now=now)
    return application


@transaction.atomic
def turn_down(*, applications, reason: str, by, now: datetime) -> int:
    """Say no, with one of the reasons, to one or several; how many had not heard it yet. By the partner's staff."""
    done = 0
    for application in sorted(applications, key=lambda row: str(row.participation_id)):
        application = _chosen(application, by)
        if application.state == S.TURNED_DOWN:
            continue
        refuse(application, TurnedDown(reason), by=by, now=now)
        done += 1
    return done


def refuse(application, reason: str, *, by, now: datetime, **values) -> None:
    """No to a locked application; `by` None: the host, by its link."""
    change(application, "turn_down", by=by, now=now, reason=reason, **values)
    notifications.application_answered(application, now=now)
    open_again(application.offer, now=now)


@transaction.atomic
def shortlist_all(*, applications, by, now: datetime) -> int:
    """Several at once; how many were not on the list yet."""
    done = 0
    for application in sorted(applications, key=lambda row: str(row.participation_id)):
        if application.state == S.SENT:
            shortlist(application=application, by=by, now=now)
            done += 1
    return done


def close_applications(*, opportunity, by, now: datetime) -> None:
    """The offer left the catalogue: whoever still waits hears of it (pathways.hooks.taken_off)."""
    waiting = Application.objects.filter(offer__opportunity=opportunity).waiting().select_related("offer__run")
    for application in waiting.order_by("participation_id"):
        application = locked_application(application)
        if application.is_waiting:
            change(application, "close", by=by, now=now)
            notifications.application_answered(application, now=now)
