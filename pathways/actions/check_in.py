"""Checking oneself in by the code on the screen."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from migwork.errors import NotNow
from pathways import check_in as codes
from pathways.actions import attendance, places
from pathways.enums import AttendanceState
from pathways.models import Attendance, ClosedList
from pathways.queries.attendance import own_place


@transaction.atomic
def check_in(*, session, period: int, by, now) -> Attendance:
    """Whoever is enrolled says that they are there, with the code shown in `period`. By themselves.

    Late from a quarter of an hour on, with the hours that are left. What a trainer marked stays as it is; done twice
    it counts once.
    """
    run = places.lock(session.run)
    if not codes.is_good(period, now, periods=codes.CONFIRMS_FOR):
        raise NotNow(
            _("This code is old: it changes every half minute. Point your phone at the screen again."), code="old"
        )
    enrolment = own_place(run, by)
    if enrolment is None:
        raise NotNow(_("You are not on the list of this activity."), code="not_enrolled")
    check_not_limited(enrolment.participation.person)
    session = attendance.held(run, session, now)
    if not codes.is_open(session, now):
        raise NotNow(_("You can check in from half an hour before the session until its end."), code="time")
    standing = session.attendances.filter(enrolment=enrolment).first()
    if standing is None:
        if ClosedList.objects.filter(session=session).exists():
            raise NotNow(
                _("The list of this session is closed: tell whoever holds it that you are here."), code="closed"
            )
        hours = codes.hours_left(session, now)
        mark = attendance.Mark(AttendanceState.LATE if hours else AttendanceState.PRESENT, hours)
        attendance.write(run, session, {enrolment.pk: mark}, by=by, now=now)
        return session.attendances.get(enrolment=enrolment)
    if not standing.is_there:
        raise NotNow(_("Who holds the session has marked you already: tell them that you are here."), code="marked")
    return standing
