"""What became of an intern: at the end by the promoter, and six months on by themselves or by the promoter."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from internships import notifications
from internships.actions.locks import locked, locked_over
from internships.actions.todos import renew_todos
from internships.enums import InternshipState as S
from internships.enums import OutcomeKind
from internships.models import Internship, InternshipOutcome, LaterOutcome
from internships.todos import LATER_AFTER, OUTSIDE_SCHOOL
from migwork.calendar import check_year
from migwork.errors import NotNow
from migwork.months import add_months

# Whoever does not answer by link within so many months is left alone.
ANSWERED_WITHIN = 2


@transaction.atomic
def record_outcome(
    *,
    internship,
    kind: str,
    hired_on: date | None = None,
    contract_months: int | None = None,
    part_time_share: Decimal | None = None,
    by,
    now: datetime,
) -> InternshipOutcome:
    """What became of the intern, or mend it. By the promoter's staff. A hire counts for the host's further places."""
    internship = locked_over(internship, by)
    _check_kind(kind)
    if hired_on is not None:
        check_year(hired_on, timezone.localdate(now))
    hired = {"hired_on": hired_on, "contract_months": contract_months, "part_time_share": part_time_share or 100}
    if kind != OutcomeKind.HIRED:
        hired = {"hired_on": None, "contract_months": None, "part_time_share": Decimal(100)}
    elif hired_on is None:
        raise ValidationError({"hired_on": _("Say since when.")})
    elif hired_on < internship.starts_on:
        raise ValidationError({"hired_on": _("The internship had not begun.")})
    outcome, _made = InternshipOutcome.objects.update_or_create(
        internship=internship, defaults={"kind": kind, **hired, "recorded_at": now, "recorded_by": by}
    )
    renew_todos(internship)
    record(verb="internships.outcome_recorded", by=by, now=now, on=internship, about=internship.participation.person_id)
    return outcome


def _check_kind(kind) -> None:
    if kind not in OutcomeKind.values:
        raise ValidationError({"kind": _("Choose what comes nearest.")})


# --- six months on ------------------------------------------------------------------


def ask_later(*, now: datetime) -> int:
    """Each morning: ask who ended an internship six months ago what they do now, once; how many were written to."""
    today = timezone.localdate(now)
    since, until = add_months(today, -LATER_AFTER - ANSWERED_WITHIN), add_months(today, -LATER_AFTER)
    due = Internship.objects.filter(
        Q(state=S.COMPLETED, ends_on__gt=since, ends_on__lte=until)
        | Q(state=S.ENDED_EARLY, state_since__date__gt=since, state_since__date__lte=until),
        kind__in=OUTSIDE_SCHOOL,
        later=None,
        participation__person__limited_at=None,
        participation__person__anonymised_at=None,
    )
    return sum(_ask(pk, now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _ask(pk, now) -> bool:
    rows = Internship.objects.select_for_update(of=("self",), skip_locked=True)
    internship = rows.select_related("participation__person", "unit__host").filter(pk=pk).first()
    if internship is None or LaterOutcome.objects.filter(internship=internship).exists():
        return False
    # Also without an address: nobody is looked for again each day, and the promoter's list has them.
    later = LaterOutcome.objects.create(internship=internship, asked_at=now)
    return notifications.asked_later(later, now=now) is not None


@transaction.atomic
def answer_later(*, later, kind: str, now: datetime) -> LaterOutcome:
    """Six months on: what the intern does now. By who holds the link; once."""
    if is_past(later, now):
        raise NotNow(_("This question is closed. Thank you all the same."), code="closed")
    internship = locked(later.internship)
    later = LaterOutcome.objects.select_for_update().get(pk=later.pk)
    if later.kind:
        raise NotNow(_("This question is closed. Thank you all the same."), code="closed")
    return _say(later, internship, kind, None, now)


@transaction.atomic
def note_later(*, internship, kind: str, by, now: datetime) -> LaterOutcome:
    """What the promoter has heard of somebody six months on, or mend it. By the promoter's staff.

    What the intern has said themselves stays as they said it.
    """
    internship = locked_over(internship, by)
    if timezone.localdate(now) < (day := later_from(internship)):
        said = _("Six months have not gone by yet: this comes on %(day)s.")
        raise NotNow(said % {"day": date_format(day, "j F Y")}, code="early")
    later, _made = LaterOutcome.objects.get_or_create(internship=internship)
    if later.kind and later.said_by_id is None:
        raise NotNow(_("The intern has answered themselves: that stays."), code="said")
    return _say(later, internship, kind, by, now)


def _say(later, internship, kind, by, now) -> LaterOutcome:
    _check_kind(kind)
    later.kind, later.said_at, later.said_by = kind, now, by
    later.save(update_fields=["kind", "said_at", "said_by"])
    cancel(cause=f"outcome-later:{internship.pk}", now=now)
    renew_todos(internship)
    person = internship.participation.person_id
    record(verb="internships.outcome_later", by=by, now=now, on=internship, about=person)
    return later


def is_past(later, now) -> bool:
    """Whether the link of the question has run out."""
    return later.asked_at is None or timezone.localdate(now) > add_months(
        timezone.localdate(later.asked_at), ANSWERED_WITHIN
    )


def later_from(internship) -> date:
    """The day from which one can say how it is six months later."""
    return add_months(internship.last_on, LATER_AFTER)
