"""Entrusting a person to a partner, and the partner's answer."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import check_open, locked
from intake.enums import ReferralPurpose, ReferralState
from intake.models import Referral
from intake.permissions import check_can_answer_referral, check_can_work_on
from intake.workflow import OPEN_STATES, REFERRAL
from migwork.db import sentence_of
from migwork.errors import NotNow
from programme.models import Partnership


@transaction.atomic
def refer(*, participation, organisation, purpose, plan_action=None, note="", by, now) -> Referral:
    """Entrust a person to a partner of their edition, whose staff see them from then on. By an operator."""
    participation = locked(participation)
    check_can_work_on(by, participation)
    check_open(participation)
    if not Partnership.objects.filter(edition=participation.edition_id, organisation=organisation).exists():
        raise NotNow(_("This organisation is not a partner of the person's edition."), code="partner")
    if plan_action is not None and plan_action.goal.plan.participation_id != participation.pk:
        raise NotNow(_("This step belongs to another person's plan."), code="other_plan")
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                participation=participation,
                organisation=organisation,
                plan_action=plan_action,
                purpose=ReferralPurpose(purpose),
                note=note,
                sent_at=now,
                sent_by=by,
                answer_by=timezone.localdate(now) + timedelta(days=settings.REFERRAL_DAYS),
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.referred", by=by, now=now, on=referral, about=participation.person, fields=["note"])
    notifications.referral_sent(referral, now=now)
    return referral


@transaction.atomic
def entrust_applicant(*, participation, organisation, purpose, besides=(), by, now) -> Referral:
    """Whoever applied to a partner and was chosen there is entrusted to it: no operator sends them, none waits.

    What was sent or accepted already for the same purpose serves, with its step of the plan, unless it is among
    `besides`: keys of those that have served. By the partner's staff.
    """
    participation = locked(participation)
    check_open(participation)
    theirs = Referral.objects.select_for_update(of=("self",)).filter(
        participation=participation,
        organisation=organisation,
        purpose=ReferralPurpose(purpose),
        state__in=[ReferralState.SENT, ReferralState.ACCEPTED],
    )
    referral = theirs.exclude(pk__in=list(besides)).order_by("-sent_at", "pk").first()
    if referral is not None and referral.state == ReferralState.ACCEPTED:
        return referral
    if referral is not None:
        return answer_referral(referral=referral, verb="accept", by=by, now=now)
    referral = Referral(
        participation=participation,
        organisation=organisation,
        purpose=ReferralPurpose(purpose),
        state=ReferralState.ACCEPTED,
        sent_at=now,
        sent_by=by,
        answered_at=now,
        answered_by=by,
    )
    check_can_answer_referral(by, referral)
    referral.save(force_insert=True)
    record(verb="intake.applicant_entrusted", by=by, now=now, on=referral, about=participation.person)
    return referral


@transaction.atomic
def release_applicant(*, referral, by, now) -> bool:
    """Whoever was entrusted by being chosen takes their application back: the partner sees them by it no more.

    What an operator had sent stays. By the young person, whose right the caller has asked. Whether there was anything
    to take back.
    """
    participation = locked(referral.participation)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    by_choice = (referral.sent_by_id, referral.sent_at) == (referral.answered_by_id, referral.answered_at)
    if referral.state != ReferralState.ACCEPTED or not by_choice:
        return False
    referral.state = REFERRAL.target(referral.state, "withdraw")
    referral.save(update_fields=["state"])
    record(verb="intake.referral_withdrawn", by=by, now=now, on=referral, about=participation.person)
    return True


@transaction.atomic
def answer_referral(*, referral, verb, answer="", by, now) -> Referral:
    """`accept` or `decline`, the latter with a sentence. By the partner's staff; tells the young person."""
    participation = locked(referral.participation)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=referral.pk)
    check_can_answer_referral(by, referral)
    state = REFERRAL.target(referral.state, verb)
    if participation.state not in OPEN_STATES:
        raise NotNow(_("This person is no longer with us: no answer is needed any more."), code="ended")
    if state == ReferralState.DECLINED and not answer.strip():
        raise NotNow(_("Say in a sentence why not: it helps to find another way."), code="answer")
    referral.state = state
    referral.answer = answer.strip()
    referral.answered_at = now
    referral.answered_by = by
    referral.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(verb=f"intake.referral_{state}", by=by, now=now, on=referral, about=participation.person, fields=["answer"])
    referral.participation = participation
    notifications.referral_answered(referral, participation.person, who=referral.organisation.short_name, now=now)
    notifications.referral_came_back(referral, now=now)
    cancel(cause=f"referral:{referral.pk}", now=now)
    return referral


@transaction.atomic
def give_feedback(*, referral, text, by, now) -> Referral:
    """How it went with somebody who was accepted, for the operator. By the partner's staff; a later one replaces it."""
    participation = locked(referral.participation)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    referral.participation = participation
    check_can_answer_referral(by, referral)
    if referral.state != ReferralState.ACCEPTED:
        raise NotNow(_("First comes the answer, then how it went."), code="answer")
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    referral.feedback, referral.feedback_at = text.strip(), now
    referral.save(update_fields=["feedback", "feedback_at"])
    record(
        verb="intake.referral_feedback",
        by=by,
        now=now,
        on=referral,
        about=participation.person,
        fields=["feedback"],
    )
    notifications.referral_came_back(referral, now=now)
    return referral
