"""Enrolling and withdrawing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import ask_when_needed, check_not_limited, hold_consents, send_again
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake.models import Participation, PlanAction
from migwork.errors import NotNow
from pathways import eligibility, notifications, permissions
from pathways.actions import places
from pathways.actions.friends import count_friend
from pathways.enums import ACTIVE, HOLDING_A_PLACE, EnrolmentState, Family
from pathways.models import Enrolment, Run
from pathways.queries import signatures
from pathways.workflow import ENROLMENT


@transaction.atomic
def enrol(*, run, participation, plan_action=None, friend="", tell=True, by, now) -> Enrolment:
    """Give a place in `run`, or one on its waiting list when it is full. By the young person or an operator.

    NotNow with the reason when the person cannot take part (see eligibility.py). The run's row is
    locked while its places are counted, and the database refuses one too many. Tells the
    person; the plan's action, if any, is then under way. Of a minor the signatures are asked for; the place is
    kept meanwhile. `friend` is the token of the link by which they came: it is counted, and not kept with them.
    `tell` is False where the caller tells of several places at once.
    """
    permissions.check_can_enrol(by, participation)
    # Before the run's row: who refuses at this very moment holds the consent and waits for the runs.
    hold_consents(person=participation.person_id, codes=signatures.PURPOSES)
    run = places.lock(run)
    if run.by_application:
        raise NotNow(_("For this one people apply: whoever offers it chooses."), code="application")
    # The person's row after the run's, as everywhere here: two requests at once must not serve one step twice.
    participation = (
        Participation.objects.select_for_update(of=("self",)).select_related("person").get(pk=participation.pk)
    )
    check_not_limited(participation.person)
    if plan_action is not None:
        plan_action = PlanAction.objects.select_related("goal__plan").get(pk=plan_action.pk)
    theirs, on = run.enrolments.filter(participation=participation), timezone.localdate(now)
    eligibility.check(
        eligibility.points(
            run,
            participation,
            on=on,
            enrolment=theirs.exclude(state=EnrolmentState.WITHDRAWN).first(),
            plan_action=plan_action,
            unsigned=signatures.why_not(run.opportunity, signatures.stops(participation.person, on)),
        )
    )
    if plan_action is not None and plan_action.enrolments.active().exists():
        raise NotNow(_("This step of the plan is not waiting for an activity any more."), code="plan")
    has_place = run.places_left > 0 and not places.in_line(run).exists()
    enrolment = Enrolment.objects.create(
        run=run,
        participation=participation,
        plan_action=plan_action,
        state=EnrolmentState.ENROLLED if has_place else EnrolmentState.WAITING,
        asked_at=now,
        asked_by=by,
    )
    if has_place:
        places.take(run)
        places.start_plan_action(enrolment, by=by, now=now)
        if tell:
            notifications.enrolled(enrolment, now=now)
    elif tell:
        notifications.waiting(enrolment, position=run.enrolments.waiting().count(), now=now)
    if friend:
        count_friend(token=friend, enrolment=enrolment, now=now)
    verb = "pathways.enrolled" if has_place else "pathways.waiting"
    record(verb=verb, by=by, now=now, on=enrolment, about=participation.person_id)
    for code in signatures.purposes_of(run.opportunity):
        ask_when_needed(person=participation.person, code=code, now=now)
    return enrolment


@transaction.atomic
def remind_signers(*, enrolment, by, now) -> int:
    """Send the link again to whoever has not signed yet for this minor. How many.

    By the young person, an operator, or the partner that runs the activity; the partner hears no name and no
    reason why nothing can be sent.
    """
    permissions.check_can_withdraw(by, enrolment)
    person = enrolment.participation.person
    rows = signatures.missing(person, enrolment.run.opportunity, timezone.localdate(now))
    signers = signatures.to_be_reminded(rows)
    if person.safe_contact or not signers or enrolment.state not in ACTIVE:
        raise NotNow(_("Nothing can be sent from here. Informagiovani sees to the signature."), code="nobody")
    for signer in signers:
        send_again(signer=signer, by=by, now=now)
    return len(signers)


@transaction.atomic
def withdraw(*, enrolment, by, now) -> Enrolment:
    """Give the place back, or leave the waiting list; the first who waits gets the place and a message.

    By the young person, an operator, or the partner that runs the activity.
    """
    permissions.check_can_withdraw(by, enrolment)
    return _withdraw(enrolment, by, now)


@transaction.atomic
def accept_offer(*, enrolment, by, now) -> Enrolment:
    """Say yes to the place that is offered. By the young person or an operator; None: by the link of the message.

    NotNow when the term is over: the place goes to the next.
    """
    if by is not None:
        permissions.check_can_enrol(by, enrolment.participation)
    _run, enrolment = _lock_both(enrolment)
    check_not_limited(enrolment.participation.person)
    _check_not_taken(enrolment)
    state = ENROLMENT.target(enrolment.state, "accept")
    if now >= enrolment.offered_until:
        raise NotNow(_("The time to answer is over: the place goes to who is next."), code="lapsed")
    enrolment.state = state
    enrolment.save(update_fields=["state"])
    cancel(cause=notifications.offer_cause(enrolment), now=now)
    record(verb="pathways.offer_accepted", by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    places.start_plan_action(enrolment, by=by, now=now)
    notifications.enrolled(enrolment, now=now)
    return enrolment


@transaction.atomic
def decline_offer(*, enrolment, by, now) -> Enrolment:
    """Say no to the place that is offered: it goes to the next. By whom accept_offer may be called."""
    if by is not None:
        permissions.check_can_enrol(by, enrolment.participation)
    current = Enrolment.objects.get(pk=enrolment.pk)
    _check_not_taken(current)
    if current.state != EnrolmentState.OFFERED:
        raise NotNow(_("No place is offered any more."), code="workflow")
    return _withdraw(enrolment, by, now)


def _check_not_taken(enrolment) -> None:
    """Whoever answers again, in another tab, reads that the place is theirs and not that there is none."""
    if enrolment.state == EnrolmentState.ENROLLED:
        raise NotNow(_("The answer was yes already: the place is taken."), code="taken")


def lapse_offers(*, now) -> int:
    """Pass on the places whose offer nobody answered in time; who did not answer is told kindly. How many."""
    due = Enrolment.objects.filter(state=EnrolmentState.OFFERED, offered_until__lte=now)
    lapsed = 0
    for enrolment in due.select_related("run").order_by("run", "asked_at", "pk"):
        lapsed += _lapse(enrolment, now)
    return lapsed


@transaction.atomic
def _lapse(enrolment, now) -> bool:
    """One at a time, in a transaction of its own; False where somebody was faster."""
    _run, current = _lock_both(enrolment)
    if current.state != EnrolmentState.OFFERED:
        return False
    notifications.offer_lapsed(_withdraw(current, None, now, verb="pathways.offer_lapsed", step="lapse"), now=now)
    return True


@transaction.atomic
def leave(*, person, by, now) -> None:
    """Give back every place of this person (or their id) in what is not over. For those who are made anonymous."""
    _withdraw_all(Run.objects.filter(enrolments__participation__person=person), person, by, now)


@transaction.atomic
def give_back_unsigned(*, consent, now) -> bool:
    """Whoever signs for a minor said no: the places that rest on it go to the next (accounts.hooks.consent_denied).

    Whether there were any; the person is then told, in one message.
    """
    person = consent.person
    if consent.purpose.code not in signatures.PURPOSES or person.is_of_age_on(timezone.localdate(now)):
        return False
    runs = Run.objects.filter(enrolments__participation__person=person)
    if consent.purpose.code == signatures.TRAVEL:
        runs = runs.filter(opportunity__family=Family.ABROAD)
    ended = _withdraw_all(runs, person, None, now, verb=signatures.REFUSED)
    if ended:
        notifications.unsigned(person, consent, ended, now=now)
    return bool(ended)


def _withdraw_all(runs, person, by, now, verb="pathways.withdrawn") -> list[Enrolment]:
    """Of these runs those that are not over; all of them locked first, in one order, for places pass on."""
    current = runs.current().filter(ends_on__gte=timezone.localdate(now))
    keys = list(current.values_list("pk", flat=True))
    runs = list(Run.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    enrolments = Enrolment.objects.active().filter(run__in=runs, participation__person=person)
    return [_withdraw(e, by, now, verb) for e in enrolments.select_related("run").order_by("run", "pk")]


def _withdraw(enrolment, by, now, verb="pathways.withdrawn", step="withdraw") -> Enrolment:
    run, enrolment = _lock_both(enrolment)
    had_place = enrolment.state in HOLDING_A_PLACE
    if enrolment.state == EnrolmentState.OFFERED:
        cancel(cause=notifications.offer_cause(enrolment), now=now)
    enrolment.state = ENROLMENT.target(enrolment.state, step)
    enrolment.ended_at = now
    enrolment.save(update_fields=["state", "ended_at"])
    record(verb=verb, by=by, now=now, on=enrolment, about=enrolment.participation.person_id)
    if had_place:
        places.give_back(run)
        places.fill(run, now=now)
        places.reopen_plan_action(enrolment, by=by, now=now)
    return enrolment


def _lock_both(enrolment) -> tuple[Run, Enrolment]:
    """The run and the enrolment as they are now, nobody else changing them until the transaction ends."""
    run = places.lock(enrolment.run)
    rows = run.enrolments.select_for_update(of=("self",)).select_related("participation__person", "plan_action")
    enrolment = rows.get(pk=enrolment.pk)
    enrolment.run = run
    return run, enrolment
