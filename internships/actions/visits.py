"""The promoter's visits to the workplace."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships.actions.locks import locked_by_promoter
from internships.models import Visit
from internships.workflow import OPEN_STATES
from migwork.calendar import check_year
from migwork.errors import NotNow


@transaction.atomic
def plan_visit(*, internship, on: date, by, now: datetime) -> Visit:
    """A day on which the promoter's tutor comes by. By the promoter's staff; not told to the host."""
    internship = locked_by_promoter(internship, by)
    if internship.state not in OPEN_STATES:
        raise NotNow(_("This internship is over."), code="over")
    check_year(on, timezone.localdate(now))
    if not internship.starts_on <= on <= internship.ends_on:
        raise ValidationError({"on": _("A day of the internship.")})
    if internship.visits.filter(planned_on=on).exists():
        raise NotNow({"on": _("A visit is planned for this day already.")})
    visit = Visit.objects.create(internship=internship, planned_on=on, planned_at=now, planned_by=by)
    record(verb="internships.visit_planned", by=by, now=now, on=internship, about=internship.participation.person_id)
    return visit


@transaction.atomic
def record_visit(*, visit, held_on: date, found: str, by, now: datetime) -> Visit:
    """It took place: when, and how it goes. By the promoter's staff; can be mended."""
    internship = locked_by_promoter(visit.internship, by)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if held_on > timezone.localdate(now):
        raise ValidationError({"held_on": _("This day has not come yet.")})
    if held_on < internship.starts_on:
        raise ValidationError({"held_on": _("The internship had not begun.")})
    if not found.strip():
        raise ValidationError({"found": _("Write in a sentence how it goes.")})
    visit.held_on, visit.found = held_on, found.strip()
    visit.save(update_fields=["held_on", "found"])
    record(verb="internships.visit_held", by=by, now=now, on=internship, about=internship.participation.person_id)
    return visit


@transaction.atomic
def drop_visit(*, visit, by, now: datetime) -> None:
    """It is not going to take place. By the promoter's staff; what took place stays."""
    internship = locked_by_promoter(visit.internship, by)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.held_on is not None:
        raise NotNow(_("This visit took place."), code="held")
    visit.delete()
    record(verb="internships.visit_dropped", by=by, now=now, on=internship, about=internship.participation.person_id)
