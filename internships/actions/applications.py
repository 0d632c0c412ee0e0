"""Applying for an internship: written, sent, withdrawn by the young person."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.files.actions import forget, store, store_made
from foundation.privacy.actions import record
from intake.actions import check_not_merged, release_applicant
from intake.queries import cv_pdf
from internships import notifications
from internships.actions.choosing import change, locked_application
from internships.actions.host_answers import send_to_host
from internships.actions.locks import locked_participation
from internships.actions.response_clock import open_again
from internships.enums import ApplicationState as S
from internships.models import Application, Offer
from internships.permissions import check_can_apply
from internships.queries.applications import internship_of
from internships.queries.offers import points_for
from internships.workflow import APPLICATION
from migwork.errors import NotNow
from pathways import actions as pathways
from pathways import eligibility

KIND = "application-cv"


@transaction.atomic
def write_application(
    *, offer, participation, text: str, upload=None, from_portal=False, language="it", by, now: datetime
) -> Application:
    """Keep what somebody writes to apply: nobody else reads it before it is sent. By the young person.

    The CV is what they `upload`, or, `from_portal`, that which they keep here as it is now; without either the one
    given before stays. NotNow, code "again", where they have applied already.
    """
    participation = locked_participation(participation.pk)
    check_can_apply(by, participation)
    check_not_merged(participation)
    check_not_limited(participation.person)
    offer = Offer.objects.whole().get(pk=offer.pk)
    eligibility.check(points_for(offer, participation, timezone.localdate(now)))
    application = _draft(offer, participation, now)
    application.text = text.strip()
    before = application.cv
    about = {"kind": KIND, "about": participation.person_id, "by": by, "now": now}
    if upload is not None:
        application.cv = store(upload=upload, **about)
    elif from_portal:
        made = cv_pdf(participation.person, language)
        application.cv = store_made(content=made, name="cv.pdf", content_type="application/pdf", **about)
    application.save()
    if before is not None and before.pk != application.cv_id:
        forget(stored=before, by=by, now=now)
    return application


def _draft(offer, participation, now) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("cv")
    found = rows.filter(offer=offer, participation=participation).first()
    if found is None:
        try:
            with transaction.atomic():
                return Application.objects.create(
                    offer=offer, participation=participation, state_since=now, created_at=now
                )
        except IntegrityError:  # the other tab was faster
            found = rows.get(offer=offer, participation=participation)
    if found.state != S.DRAFT:
        raise NotNow(_("You have applied for this internship already."), code="again")
    found.offer, found.participation = offer, participation
    return found


@transaction.atomic
def send_application(*, application, by, now: datetime) -> Application:
    """Send what was written: the partner and, if there is one, the host's tutor get it. By the young person.

    A second press changes nothing. NotNow with the reason where one cannot apply (any more).
    """
    application = locked_application(application)
    check_can_apply(by, application.participation)
    if application.state == S.SENT:
        return application
    state = APPLICATION.target(application.state, "send")
    check_not_limited(application.person)
    eligibility.check(points_for(application.offer, application.participation, timezone.localdate(now)))
    if not application.text:
        raise NotNow(_("Write a few words: why this internship?"), code="text")
    if application.cv_id is None:
        raise NotNow(_("Add your CV: without it nobody can answer you."), code="cv")
    application.state, application.state_since, application.sent_at = state, now, now
    application.save(update_fields=["state", "state_since", "sent_at"])
    record(verb="internships.application_sent", by=by, now=now, on=application, about=application.person)
    notifications.application_sent(application, now=now)
    if application.offer.host_tutor_id:
        send_to_host(application, now=now)
    return application


@transaction.atomic
def withdraw_application(*, application, by, now: datetime) -> Application:
    """Take it back; a place that was given is free again. By the young person. A draft is thrown away."""
    application = locked_application(application)
    check_can_apply(by, application.participation)
    if application.state == S.WITHDRAWN:
        return application
    if application.state == S.DRAFT:
        stored = application.cv
        application.delete()
        if stored is not None:
            forget(stored=stored, by=by, now=now)
        return application
    was_taken = application.state == S.TAKEN
    APPLICATION.target(application.state, "withdraw")
    if was_taken:
        if internship_of(application) is not None:
            raise NotNow(_("Your internship is being prepared already: talk to the partner first."), code="internship")
        pathways.free_place(run=application.offer.run)
        if application.referral_id:
            release_applicant(referral=application.referral, by=by, now=now)
    change(application, "withdraw", by=by, now=now)
    notifications.application_withdrawn(application, now=now)
    open_again(application.offer, now=now)
    return application
