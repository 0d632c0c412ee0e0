"""A participation from the first hello to its end."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from accounts.enums import Role
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.calendars import note_change
from intake.actions.followup import call_off_follow_ups, plan_follow_ups
from intake.actions.slots import give_back, hour_of
from intake.enums import AppointmentState, ChangeKind, ContactChannel, Ending, ParticipationState
from intake.models import Handover, Participation, Reception
from intake.permissions import check_can_open_participation, check_can_receive, check_can_work_on
from intake.queries import organisation_of_operator
from intake.workflow import APPOINTMENT, OPEN_STATES, OUTCOMES, PARTICIPATION
from migwork.db import sentence_of
from migwork.errors import NotNow
from migwork.prepared import Prepared
from programme.eligibility import reasons_against


def locked(participation, *, also_merged=False) -> Participation:
    """The participation's row, locked first of all rows of a person's way, so that no two actions wait in a ring.

    NotNow for one that was folded into another, or whose person's data are limited,
    unless what is done follows from elsewhere (`also_merged`).
    """
    participation = _locked_row.first(pk=participation.pk)
    if not also_merged:
        check_not_merged(participation)
        check_not_limited(participation.person)
    return participation


# Before each write of the desk: its SQL is written once.
_locked_row = Prepared(
    lambda pk: (
        Participation.with_merged.select_for_update(of=("self",))
        .select_related("person", "edition", "operator")
        .filter(pk=pk)
    )
)


def check_not_merged(participation):
    """NotNow when this way was folded into another one of the same person: it is there to be read."""
    if participation.merged_into_id:
        raise NotNow(_("These two records were made one: work in the other one."), code="merged")


def check_open(participation):
    """NotNow when the way of this person has ended."""
    if participation.state not in OPEN_STATES:
        raise NotNow(_("This person's way is closed. Open it again first."), code="closed")


def move(participation, verb: str, now):
    """Take the participation one step on; the caller saves with `state_fields`."""
    participation.state = PARTICIPATION.target(participation.state, verb)
    participation.state_since = now


STATE_FIELDS = ("state", "state_since")
ENDING_FIELDS = ("ending", "outcome", "closed_at")


def note_contact(participation, at):
    """Remember when the desk last had to do with the person; `at` may lie before a later contact."""
    if participation.last_contact_at is None or participation.last_contact_at < at:
        participation.last_contact_at = at
        participation.save(update_fields=["last_contact_at"])


@transaction.atomic
def open_participation(*, person, edition, channel, by=None, now) -> Participation:
    """Open a person's way in an edition. By themselves or an operator; NotNow when the edition is not for them."""
    check_can_open_participation(by, person)
    reasons = reasons_against(edition, birth_date=person.birth_date, tie=person.tie, on=timezone.localdate(now))
    if reasons:
        raise NotNow(" ".join(str(reason.sentence) for reason in reasons), code="not_eligible")
    try:
        with transaction.atomic():
            participation = Participation.objects.create(
                person=person,
                edition=edition,
                channel=ContactChannel(channel),
                opened_at=now,
                state_since=now,
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.participation_opened", by=by, now=now, on=participation, about=person)
    return participation


def open_participation_again(*, person, edition, now) -> None:
    """Take somebody known from an earlier edition into this one, unless they are in it. By themselves."""
    if not person.participations.filter(edition=edition).exists():
        open_participation(person=person, edition=edition, channel=ContactChannel.WEB, now=now)


@transaction.atomic
def receive(*, participation, channel, need, next_step, sent_by="", information_given="", by, now) -> Reception:
    """Record the first talk. By an operator, who takes the person on if nobody has yet."""
    participation = locked(participation)
    check_can_receive(by)
    move(participation, "receive", now)
    if Reception.objects.filter(participation=participation).exists():
        raise NotNow(_("The first talk is already recorded."), code="twice")
    reception = Reception.objects.create(
        participation=participation,
        organisation_id=organisation_of_operator(by, participation.edition),
        by=by,
        at=now,
        channel=channel,
        sent_by=sent_by,
        need=need,
        information_given=information_given,
        next_step=next_step,
    )
    if participation.operator_id is None:
        participation.operator = by
    participation.save(update_fields=[*STATE_FIELDS, "operator"])
    note_contact(participation, now)
    record(
        verb="intake.received",
        by=by,
        now=now,
        on=reception,
        about=participation.person,
        fields=["channel", "sent_by", "need", "information_given", "next_step"],
    )
    return reception


@transaction.atomic
def end_participation(*, participation, ending, outcome="", by, now) -> Participation:
    """End a way: closed with what came of it, or stopped with the reason (`ending`), `outcome` in one's own words.

    By an operator. Appointments still to come are called off; after four weeks and six months we ask how it goes.
    """
    participation = locked(participation)
    check_can_work_on(by, participation)
    closes = ending in OUTCOMES
    # Who never came has nothing to tell about what we did together.
    was_here = participation.state != ParticipationState.REGISTERED
    move(participation, "close" if closes else "drop", now)
    participation.ending, participation.outcome, participation.closed_at = Ending(ending), outcome.strip(), now
    participation.save(update_fields=[*STATE_FIELDS, *ENDING_FIELDS])
    coming = participation.appointments.select_for_update().filter(state=AppointmentState.BOOKED, starts_at__gt=now)
    for appointment in coming:
        appointment.state = APPOINTMENT.target(appointment.state, "cancel")
        appointment.save(update_fields=["state"])
        give_back(hour_of(appointment), now)
        cancel(cause=f"appointment:{appointment.pk}", now=now)
        appointment.participation = participation
        note_change(appointment, ChangeKind.CALLED_OFF, by=by, now=now)
        notifications.appointment_called_off(appointment, told_us=False, now=now)
    if was_here:
        plan_follow_ups(participation, now)
    record(
        verb="intake.closed" if closes else "intake.dropped",
        by=by,
        now=now,
        on=participation,
        about=participation.person,
        fields=["ending", "outcome"],
    )
    return participation


@transaction.atomic
def release(*, person, now) -> None:
    """Nobody follows this person (or their id) any more, and appointments to come are called off.

    For those who are made anonymous, whom nobody can tell: not an event of its own, and no state changes.
    """
    for participation in Participation.with_merged.select_for_update(of=("self",)).filter(person=person).order_by("pk"):
        coming = participation.appointments.select_for_update().filter(state=AppointmentState.BOOKED, starts_at__gt=now)
        for appointment in coming:
            appointment.state = APPOINTMENT.target(appointment.state, "cancel")
            appointment.save(update_fields=["state"])
            give_back(hour_of(appointment), now)
            cancel(cause=f"appointment:{appointment.pk}", now=now)
        participation.call_requests.filter(done_at=None).update(done_at=now)
        call_off_follow_ups(participation, now)
        if participation.operator_id:
            participation.operator = None
            participation.save(update_fields=["operator"])


@transaction.atomic
def reopen_participation(*, participation, by, now) -> Participation:
    """Take up a way that had ended. By an operator, who follows it if the earlier one has left."""
    participation = locked(participation)
    check_can_work_on(by, participation)
    move(participation, "reopen", now)
    if participation.operator and not participation.operator.works_as(Role.OPERATOR):
        Handover.objects.create(participation=participation, gave=participation.operator, took=by, at=now, by=by)
        participation.operator = by
    participation.ending, participation.outcome, participation.closed_at = "", "", None
    participation.save(update_fields=[*STATE_FIELDS, *ENDING_FIELDS, "operator"])
    call_off_follow_ups(participation, now)
    note_contact(participation, now)
    record(verb="intake.reopened", by=by, now=now, on=participation, about=participation.person)
    return participation
