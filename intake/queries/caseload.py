"""Whom an operator follows or stands in for, and why somebody needs a look."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from accounts.queries import everybody_who_is
from accounts.queries.watching import comes_of_age, may_leave_school, of_age_if_born_by, permit_ends
from foundation.communications.queries import waiting_for_staff
from intake.enums import ParticipationState, Signal
from intake.models import CaseloadView, Cover, OutsideReferral, Participation, PlanAction, Referral
from intake.queries.desk import FIRST, NAME_AND_CONTACT, NO_CONTACT, PAGE
from migwork.prepared import Prepared

# How long before somebody turns 18, or their permit ends, the operator hears of it.
AHEAD = timedelta(days=60)


class Filters(NamedTuple):
    """What of the list is shown: any of these signals, one state, one age, whose people."""

    signals: tuple[str, ...] = ()
    state: str = ""
    age: str = ""
    whose: str = ""


EVERYBODY = Filters()


class Place(NamedTuple):
    """Where a list goes on: after the person with this last contact and key."""

    at: datetime | None
    key: UUID


class Bounds(NamedTuple):
    """The bounds by which signals are judged at one moment."""

    day: date
    silent_since: datetime
    horizon: date
    minors_after: date
    soon_of_age: date


def bounds(now) -> Bounds:
    """Those of this moment."""
    day = timezone.localdate(now)
    horizon = day + AHEAD
    return Bounds(day, now - NO_CONTACT, horizon, of_age_if_born_by(day), of_age_if_born_by(horizon))


def covered_now(user, now) -> dict[UUID, Cover]:
    """For whom `user` stands in today, by the key of who is away; one query."""
    rows = _covered(user=user.pk, day=timezone.localdate(now))
    return {cover.away_id: cover for cover in rows}


_covered = Prepared(lambda user, day: Cover.objects.in_force(day).filter(stands_in=user).select_related("away"))


def caseload(user, now, *, filters=EVERYBODY, after: Place | None = None, covers=None) -> list[Participation]:
    """A page of the people `user` follows or stands in for, longest without contact first, and one more.

    Each with a bool for every Signal, what its sentence needs, and the `cover` in which they are in the list.
    """
    covers = covered_now(user, now) if covers is None else covers
    values = _values(user, covers, now, filters.whose)
    if filters.whose and not values:
        return []
    values |= dict.fromkeys(filters.signals, True)
    if filters.state:
        values["state"] = filters.state
    if filters.age:
        values["is_minor"] = filters.age == "minor"
    if after is not None:
        values |= {"key": after.key, "unheard": True} if after.at is None else {"key": after.key, "at": after.at}
    # Each set of filters is a statement of its own: those with several signals are rare, and not kept.
    read = _page if len(filters.signals) < 2 else _page_of
    return _with_cover(list(read(**values)), covers)


def first_of_caseload(user, now) -> list[Participation]:
    """The beginning of the caseload: one more than the reception list shows."""
    covers = covered_now(user, now)
    return _with_cover(_first(**_values(user, covers, now, "")), covers)


def signals_of(user, now, *, covers) -> dict[str, int]:
    """How many people of the whole list shine for each signal; one query."""
    rows = _shining(**_values(user, covers, now, ""))
    return {code: sum(bool(row[n]) for row in rows) for n, code in enumerate(Signal.values, start=1)}


def views_of(user) -> list[CaseloadView]:
    """The filters that an operator gave a name."""
    return _views(user=user.pk)


_views = Prepared(lambda user: CaseloadView.objects.filter(user=user))


def follows(user, participation, now) -> bool:
    """Whether `user` follows this person, or stands in today for who does."""
    if participation.operator_id is None:
        return False
    return participation.operator_id == user.pk or participation.operator_id in covered_now(user, now)


def _values(user, covers, now, whose) -> dict:
    """What a read of the list is asked with: the bounds of signals, and whose people; {} where there is nobody."""
    mine, theirs = [user.pk], sorted(covers)
    operators = {"": mine + theirs, "mine": mine, "cover": theirs}[whose]
    return operators and {**bounds(now)._asdict(), **{f"operator{n}": pk for n, pk in enumerate(operators)}}


def _followed(operators):
    return (
        Participation.objects.open()
        .filter(operator__in=operators)
        .exclude(state=ParticipationState.REGISTERED)
        .select_related("person")
        .only("state", "last_contact_at", "operator", "person__birth_date", *NAME_AND_CONTACT)
        # Whom nobody has ever heard comes first of all.
        .order_by(F("last_contact_at").asc(nulls_first=True), "pk")
    )


def _with_signals(rows, day, silent_since, horizon, minors_after, soon_of_age):
    """Each signal as a bool of the row, with what its sentence says."""
    late = PlanAction.objects.overdue(day).filter(goal__plan__participation=OuterRef("pk")).order_by()
    late = late.values("goal__plan__participation").annotate(number=Count("pk")).values("number")
    expected = [
        Subquery(
            model.objects.unanswered(day)
            .filter(participation=OuterRef("pk"))
            .order_by("answer_by")
            .values("answer_by")[:1]
        )
        for model in (Referral, OutsideReferral)
    ]
    return rows.annotate(
        overdue_steps=Coalesce(Subquery(late, output_field=IntegerField()), 0),
        review_on=F("plan__review_on"),
        permit_until=Subquery(permit_ends(OuterRef("person_id"))),
        # Of two days the earlier one; PostgreSQL leaves out what is missing.
        expected_by=Least(*expected),
        message=Exists(waiting_for_staff(everybody_who_is(OuterRef(OuterRef("person_id"))))),
    ).annotate(
        silent=_yes(Q(last_contact_at=None) | Q(last_contact_at__lt=silent_since)),
        overdue=_yes(Q(overdue_steps__gt=0)),
        review=_yes(Q(review_on__lte=day)),
        unanswered=_yes(Q(expected_by__isnull=False)),
        dropout=_yes(may_leave_school("person", minors_after=minors_after)),
        eighteen=_yes(comes_of_age("person", after=minors_after, by=soon_of_age)),
        permit=_yes(Q(permit_until__lte=horizon)),
    )


def _yes(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def _judged(day, silent_since, horizon, minors_after, soon_of_age, **asked):
    operators = [value for name, value in asked.items() if name.startswith("operator")]
    return _with_signals(_followed(operators), day, silent_since, horizon, minors_after, soon_of_age)


def _page_of(*, minors_after, **asked):
    """A page of the list; what is asked besides bounds and operators narrows it."""
    rows = _judged(minors_after=minors_after, **asked)
    shining = Q()
    for code in Signal.values:
        shining |= Q(**{code: True}) if code in asked else Q()
    rows = rows.filter(shining)
    if "state" in asked:
        rows = rows.filter(state=asked["state"])
    if "is_minor" in asked:
        minor = Q(person__birth_date__gt=minors_after)
        rows = rows.filter(minor if asked["is_minor"] else ~minor)
    if "unheard" in asked:
        rows = rows.filter(Q(last_contact_at__isnull=False) | Q(last_contact_at=None, pk__gt=asked["key"]))
    elif "key" in asked:
        at = asked["at"]
        rows = rows.filter(Q(last_contact_at__gt=at) | Q(last_contact_at=at, pk__gt=asked["key"]))
    return rows[: PAGE + 1]


_page = Prepared(_page_of)
_first = Prepared(lambda **asked: _judged(**asked)[: FIRST + 1])
_shining = Prepared(lambda **asked: _judged(**asked).order_by().values_list("pk", *Signal.values))


def _with_cover(rows, covers):
    for row in rows:
        row.cover = covers.get(row.operator_id)
    return rows
