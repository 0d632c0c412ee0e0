"""When an operator leaves: whom they follow and their appointments to come pass to a colleague."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from intake import notifications
from intake.actions.agenda import end_hours_of
from intake.actions.calendars import end_feed, note_change
from intake.actions.handover import pass_to
from intake.actions.mediation import language_follows
from intake.enums import AppointmentState, ChangeKind
from intake.models import Appointment, Participation
from migwork.errors import NotNow


def _works_as_operator(user, organisation) -> bool:
    return user.memberships.filter(organisation=organisation, role=Role.OPERATOR, is_active=True).exists()


def _followed(user):
    return Participation.objects.open().filter(operator=user)


def _to_come(user, organisation):
    return Appointment.objects.filter(operator=user, organisation=organisation, state=AppointmentState.BOOKED)


def what_operator_holds(*, user, organisation) -> list[tuple[str, int]]:
    """Whom `user` follows and with whom they have appointments there. For accounts.hooks.member_holds."""
    if not _works_as_operator(user, organisation):
        return []
    people, talks = _followed(user).count(), _to_come(user, organisation).count()
    held = [
        (ngettext("Person followed", "People followed", people), people),
        (ngettext("Appointment to come", "Appointments to come", talks), talks),
    ]
    return [part for part in held if part[1]]


@transaction.atomic
def pass_on_caseload(*, user, organisation, to, by, now) -> None:
    """Pass all of it to `to`, an operator there. For accounts.hooks.member_leaves, which checked who may.

    NotNow when `to` has an appointment of their own at the hour of one that would pass: nothing passes then.
    """
    if not _works_as_operator(user, organisation):
        return
    # The rows of people's ways first, as everywhere.
    followed = list(_followed(user).select_for_update(of=("self",)).select_related("person").order_by("pk"))
    talks = list(_to_come(user, organisation).select_for_update(of=("self",)).order_by("pk"))
    if (followed or talks) and not _works_as_operator(to, organisation):
        raise NotNow(_("People and appointments pass to an operator: choose one."), code="to")
    passed = []
    for participation in followed:
        passed.append(pass_to(participation, to, by=by, now=now))
    if passed:
        notifications.handed_over(passed, by=by, now=now)
    # Nobody books them any more; who had booked meets the colleague.
    end_hours_of(user, organisation, by=by, now=now)
    end_feed(user, now)
    for talk in talks:
        _pass_on(talk, to)
        note_change(talk, ChangeKind.BOOKED, by=by, now=now)


def _pass_on(talk, to) -> None:
    talk.operator = to
    try:
        with transaction.atomic():
            talk.save(update_fields=["operator"])
    except IntegrityError as clash:
        when = date_format(timezone.localtime(talk.starts_at), "j F Y, H:i")
        raise NotNow(
            _("%(name)s has another appointment on %(when)s: move one of the two first, or choose somebody else.")
            % {"name": to, "when": when},
            code="clash",
        ) from clash
    language_follows(talk)
