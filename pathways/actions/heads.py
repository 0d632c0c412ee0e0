"""Counting who came without a name: a class at a workshop."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import permissions
from pathways.actions import places
from pathways.enums import RunState
from pathways.models import Headcount, Session
from pathways.models.heads import MOST
from pathways.workflow import RUN


@transaction.atomic
def count_heads(*, session, heads: int, group="", age="", gender="", by, now) -> Headcount | None:
    """So many of this class, age and gender were at the session; counted again the new number stands, 0 takes it away.

    By the partner's staff. Persons are not touched: who is registered stands on the list of attendance. Where
    nobody is registered the count is the session's record, and the run can be concluded with it.
    """
    run = places.lock(session.run)
    permissions.check_can_run(by, run.opportunity)
    session = Session.objects.get(pk=session.pk, run=run)
    if timezone.localdate(session.starts_at) > timezone.localdate(now):
        raise NotNow(_("The day of this session has not come yet."), code="early")
    if run.state == RunState.CANCELLED:
        raise NotNow(_("These dates were cancelled: there is nobody to count."), code="cancelled")
    if not 0 <= heads <= MOST:
        raise NotNow({"heads": _("From 1 to 500 at a time.")}, code="number")
    which = {"session": session, "group": " ".join(group.split()), "age": age, "gender": gender}
    counted = None
    if heads:
        values = {"heads": heads, "counted_at": now, "counted_by": by}
        counted, _created = Headcount.objects.update_or_create(**which, defaults=values)
    else:
        Headcount.objects.filter(**which).delete()
    _keep_as_record(run, session, now)
    record(verb="pathways.heads_counted", by=by, now=now, on=session, fields=["headcounts"])
    return counted


def _keep_as_record(run, session, now) -> None:
    if session.recorded_at is not None or not session.headcounts.exists():
        return
    if run.state == RunState.PLANNED:
        run.state = RUN.target(run.state, "start")
        run.save(update_fields=["state"])
    if not run.enrolments.taking_part().exists():
        session.recorded_at = now
        session.save(update_fields=["recorded_at"])
