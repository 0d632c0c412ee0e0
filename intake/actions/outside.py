"""Sending somebody to a service outside the project, and what comes back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import check_open, locked
from intake.enums import ReferralState
from intake.models import OutsideReferral
from intake.permissions import check_can_work_on
from intake.queries.outside import is_live
from intake.workflow import REFERRAL
from migwork.errors import NotNow


@transaction.atomic
def refer_outside(
    *, participation, service, contact="", email="", phone="", note="", agreed, by, now: datetime
) -> OutsideReferral:
    """Send a person to an outside service, if they agree. By an operator.

    With an e-mail the service gets a link to read and answer, else the operator calls and types the answer.
    """
    participation = locked(participation)
    check_can_work_on(by, participation)
    check_open(participation)
    if not agreed:
        raise NotNow(_("Ask the young person first: without their yes nothing goes to others."), code="agreed")
    if not (email or phone):
        raise NotNow(_("Write an e-mail or a telephone number of the service."), code="email")
    referral = OutsideReferral.objects.create(
        participation=participation,
        service=service.strip(),
        contact=contact.strip(),
        email=email.strip(),
        phone=phone.strip(),
        note=note.strip(),
        sent_at=now,
        sent_by=by,
        answer_by=timezone.localdate(now) + timedelta(days=settings.REFERRAL_DAYS),
    )
    record(
        verb="intake.referred_outside",
        by=by,
        now=now,
        on=referral,
        about=participation.person,
        fields=["service", "note"],
    )
    notifications.outside_asked(referral, now=now)
    return referral


@transaction.atomic
def answer_outside(*, referral, verb: str, answer="", by, now: datetime) -> OutsideReferral:
    """`accept` or `decline`. By the service through its link (`by` None) or by an operator, who types what was said.

    Tells the young person; and the operator, where the service answered by itself.
    """
    referral = _locked(referral, by, now)
    state = REFERRAL.target(referral.state, verb)
    if state == ReferralState.DECLINED and not answer.strip():
        raise NotNow(_("Say in a sentence why not: it helps to find another way."), code="answer")
    referral.state, referral.answer = state, answer.strip()
    referral.answered_at, referral.typed_by = now, by
    referral.save(update_fields=["state", "answer", "answered_at", "typed_by"])
    person = referral.participation.person
    record(verb=f"intake.outside_{state}", by=by, now=now, on=referral, about=person, fields=["answer"])
    cancel(cause=notifications.outside_cause(referral), now=now)
    notifications.referral_answered(referral, person, who=referral.service, now=now)
    if by is None:
        notifications.referral_came_back(referral, now=now)
    return referral


@transaction.atomic
def tell_how_it_went(*, referral, text: str, by, now: datetime) -> OutsideReferral:
    """How it went, once accepted: by the service's link (`by` None), or typed by an operator; the last one counts."""
    referral = _locked(referral, by, now)
    if referral.state != ReferralState.ACCEPTED:
        raise NotNow(_("First comes the answer, then how it went."), code="answer")
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    referral.feedback, referral.feedback_at = text.strip(), now
    referral.save(update_fields=["feedback", "feedback_at"])
    person = referral.participation.person
    record(verb="intake.referral_feedback", by=by, now=now, on=referral, about=person, fields=["feedback"])
    if by is None:
        notifications.referral_came_back(referral, now=now)
    return referral


@transaction.atomic
def ask_outside_again(*, referral, by, now: datetime) -> OutsideReferral:
    """Send the service its link once more. By an operator."""
    referral = _locked(referral, by, now)
    if not referral.email or not is_live(referral, now):
        raise NotNow(_("There is no link to send: call the service."), code="no_link")
    notifications.outside_asked_again(referral, now=now)
    record(verb="intake.outside_asked_again", by=by, now=now, on=referral, about=referral.participation.person)
    return referral


@transaction.atomic
def take_back_outside(*, referral, by, now: datetime) -> OutsideReferral:
    """The young person no longer wants it: the link shows nothing more. By an operator. Twice: the first counts."""
    referral = _locked(referral, by, now)
    if referral.state == ReferralState.WITHDRAWN:
        return referral
    referral.state = REFERRAL.target(referral.state, "withdraw")
    referral.save(update_fields=["state"])
    cancel(cause=notifications.outside_cause(referral), now=now)
    person = referral.participation.person
    record(verb="intake.referral_withdrawn", by=by, now=now, on=referral, about=person)
    return referral


def _locked(referral, by, now):
    participation = locked(referral.participation)
    referral = OutsideReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    referral.participation = participation
    if by is not None:
        check_can_work_on(by, participation)
    elif not is_live(referral, now):
        raise NotNow(_("This link is no longer in use. Call the desk."), code="over")
    return referral
