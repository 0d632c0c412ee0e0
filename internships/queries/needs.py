"""What needs a hand now, as conditions of the database: the board counts by them, and its lists filter by them."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Least
from django.db.models.lookups import GreaterThan

from internships.enums import DayState, InternshipState, Need, ProjectState
from internships.models import DatedTodo, RegisterDay, RegisterMonth, TrainingProject
from internships.policies import ENDS_SOON, REGISTER_EVERY, SIGNED_BEFORE, WAITS_AT_MOST
from internships.workflow import AT_WORK, OPEN_STATES

S = InternshipState
BEFORE = (S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED)
# Also of what ended early something is due: the notice of its end.
DUE_IN = (*OPEN_STATES, S.ENDED_EARLY, S.COMPLETED)


def condition(need: str, today: date) -> Q:
    """Of which internships this is true on `today`."""
    return _CONDITIONS[need](today)


def _late(today):
    return Q(state__in=DUE_IN) & Exists(_of_it(DatedTodo).filter(done_at=None, due_on__lt=today))


def _overdue(today):
    return Q(state__in=BEFORE, starts_on__lt=today)


def _over(today):
    return Q(state=S.RUNNING, ends_on__lte=today)


def _disputed(today):
    return Q(state__in=AT_WORK) & Exists(_of_it(RegisterDay).filter(state=DayState.DISPUTED))


def _days(today):
    waiting = _of_it(RegisterDay).filter(state=DayState.PROPOSED, on__lt=today - WAITS_AT_MOST)
    return Q(state__in=AT_WORK) & Exists(waiting)


def _silent(today):
    since = today - REGISTER_EVERY
    begun = Q(state=S.RUNNING, starts_on__lt=since, ends_on__gt=today)
    return begun & ~Exists(_of_it(RegisterDay).filter(on__gte=since))


def _month(today):
    """Fewer months are closed than have passed since it began."""
    this = today.replace(day=1)
    closed = RegisterMonth.objects.filter(internship=OuterRef("pk"), first__lt=this).order_by()
    counted = Subquery(closed.values("internship").annotate(n=Count("pk")).values("n"))
    passed = Least(_months(Value(this)), _months(F("ends_on")) + 1) - _months(F("starts_on"))
    return Q(state__in=AT_WORK, starts_on__lt=this) & Q(GreaterThan(passed, Coalesce(counted, 0)))


def _months(day):
    """Months since the year nought."""
    return ExtractYear(day) * 12 + ExtractMonth(day)


def _our_turn(today):
    ours = _of_it(TrainingProject).filter(state__in=[ProjectState.PROMOTER, ProjectState.READY])
    return Q(state=S.AGREED) & (Exists(ours) | ~Exists(_of_it(TrainingProject)))


def _signatures(today):
    return Q(state=S.IN_SIGNATURE, starts_on__gte=today, starts_on__lte=today + SIGNED_BEFORE)


def _ending(today):
    return Q(state__in=AT_WORK, ends_on__gt=today, ends_on__lte=today + ENDS_SOON)


def _of_it(model) -> QuerySet:
    return model.objects.filter(internship=OuterRef("pk")).order_by()


_CONDITIONS = {
    Need.LATE: _late,
    Need.OVERDUE: _overdue,
    Need.OVER: _over,
    Need.DISPUTED: _disputed,
    Need.DAYS: _days,
    Need.SILENT: _silent,
    Need.MONTH: _month,
    Need.OUR_TURN: _our_turn,
    Need.SIGNATURES: _signatures,
    Need.ENDING: _ending,
}
