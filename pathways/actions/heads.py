"""Counting who came without a name: a class at a workshop."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import permissions
from pathways.actions import places
from pathways.actions.attendance import held
from pathways.enums import RunState
from pathways.models import ClosedList, Headcount
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
    session = held(run, session, now)
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
    if not session.headcounts.exists():
        _was_a_slip(session)
        return
    if session.recorded_at is not None:
        return
    if run.state == RunState.PLANNED:
        run.state = RUN.target(run.state, "start")
        run.save(update_fields=["state"])
    if not run.enrolments.taking_part().exists():
        session.recorded_at = now
        session.save(update_fields=["recorded_at"])


def _was_a_slip(session) -> None:
    """The last count was taken away: nothing is recorded of the session, unless its list says something."""
    if not session.attendances.exists() and not ClosedList.objects.filter(session=session).exists():
        session.recorded_at = None
        session.save(update_fields=["recorded_at"])
