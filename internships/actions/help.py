"""Something went wrong: accidents, and a word of the intern."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships.actions.locks import locked, locked_by_promoter
from internships.actions.todos import renew_todos
from internships.models import Accident, Concern, HostLink
from internships.notifications import life as told
from internships.permissions import (
    check_can_answer_concern,
    check_can_answer_days,
    check_can_raise_concern,
    check_can_report_accident,
)
from internships.workflow import AT_WORK
from migwork.errors import NotNow


@transaction.atomic
def report_accident(
    *,
    internship,
    happened_at: datetime,
    what: str,
    certificate_on: date | None = None,
    by=None,
    link: HostLink | None = None,
    reporter: str = "",
    now: datetime,
) -> Accident:
    """Something happened at work. By the intern or the promoter; or by the host with its `link`: `reporter` says who.

    The promoter is written to at once, and the report to the insurer stands among what is due.
    """
    internship = locked(internship)
    if link is None:
        check_can_report_accident(by, internship)
    else:
        check_can_answer_days(HostLink.objects.select_related("tutor").get(pk=link.pk), internship)
        if not reporter.strip():
            raise ValidationError({"reporter": _("Write your name: the promoter calls you back.")})
    if internship.state not in AT_WORK:
        raise NotNow(_("An accident is reported while the internship is under way."), code="state")
    if happened_at > now:
        raise ValidationError({"happened_at": _("This moment has not come yet.")})
    if timezone.localdate(happened_at) < internship.starts_on:
        raise ValidationError({"happened_at": _("The internship had not begun.")})
    if not what.strip():
        raise ValidationError({"what": _("Say in a few words what happened.")})
    accident = Accident.objects.create(
        internship=internship,
        happened_at=happened_at,
        certificate_on=certificate_on,
        what=what.strip(),
        reported_at=now,
        reported_by=by,
        reported_link=link,
        reporter=reporter.strip() if link else "",
    )
    renew_todos(internship)
    record(
        verb="internships.accident_reported", by=by, now=now, on=internship, about=internship.participation.person_id
    )
    told.accident_reported(accident, due_on=accident.todos.get().due_on, now=now)
    return accident


@transaction.atomic
def note_certificate(*, accident, certificate_on: date, by, now: datetime) -> Accident:
    """The medical certificate has come: the insurer counts from its day. By the promoter's staff."""
    internship = locked_by_promoter(accident.internship, by)
    accident = Accident.objects.select_for_update().get(pk=accident.pk)
    if certificate_on > timezone.localdate(now) or certificate_on < timezone.localdate(accident.happened_at):
        raise ValidationError({"certificate_on": _("A day from the accident to today.")})
    accident.certificate_on = certificate_on
    accident.save(update_fields=["certificate_on"])
    renew_todos(internship)
    record(
        verb="internships.accident_certificate",
        by=by,
        now=now,
        on=internship,
        about=internship.participation.person_id,
        fields=["certificate_on"],
    )
    return accident


@transaction.atomic
def raise_concern(*, internship, text: str, by, now: datetime) -> Concern:
    """Something is wrong. By the intern; promoter and operator are written to at once, the host never."""
    internship = locked(internship)
    check_can_raise_concern(by, internship)
    if not text.strip():
        raise ValidationError({"text": _("Write at least a word: we will call you.")})
    concern = Concern.objects.create(internship=internship, text=text.strip(), at=now, by=by)
    record(verb="internships.concern_raised", by=by, now=now, on=internship, about=internship.participation.person_id)
    told.concern_raised(concern, now=now)
    return concern


@transaction.atomic
def close_concern(*, concern, outcome: str, by, now: datetime) -> Concern:
    """Somebody talked with the intern; what was done. By the promoter's staff or an operator."""
    internship = locked(concern.internship)
    check_can_answer_concern(by, internship)
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.closed_at is not None:
        raise NotNow(_("Somebody has answered already."), code="closed")
    if not outcome.strip():
        raise ValidationError({"outcome": _("Write in a sentence what you did.")})
    concern.outcome, concern.closed_at, concern.closed_by = outcome.strip(), now, by
    concern.save(update_fields=["outcome", "closed_at", "closed_by"])
    record(verb="internships.concern_closed", by=by, now=now, on=internship, about=internship.participation.person_id)
    return concern
