"""Whom an operator follows or stands in for, and why somebody needs a look."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import JSONObject, Least
from django.utils import timezone

from accounts.models import User
from accounts.queries import merged_into
from accounts.queries.watching import comes_of_age, may_leave_school, of_age_if_born_by, permit_ends
from foundation.communications.queries import waiting_for_staff
from intake.enums import ParticipationState, Signal
from intake.models import (
    CaseloadView,
    Cover,
    OutsideReferral,
    Participation,
    PlanAction,
    Referral,
    SafeguardingReader,
    SafeguardingRecord,
)
from intake.queries.desk import FIRST, NO_CONTACT, PAGE
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


@dataclass(slots=True)
class Followed:
    """Somebody whom an operator follows or stands in for: who they are, and what tells whether they need a look."""

    pk: UUID
    operator_id: UUID
    state: str
    last_contact_at: datetime | None
    first_name: str
    last_name: str
    birth_date: date
    # Steps of the plan that are overdue (None: no step is); when the plan, a referral, a permit fall due.
    overdue_steps: int | None
    review_on: date | None
    expected_by: date | None
    permit_until: date | None
    has_written: bool
    may_leave_school: bool
    comes_of_age: bool
    # On which day they were last heard; why they need a look, the most pressing first; in which cover they are here.
    heard_on: date | None = None
    signals: tuple[Signal, ...] = ()
    cover: Cover | None = None

    @property
    def name(self) -> str:
        """The name as it stands in lists."""
        return f"{self.last_name} {self.first_name}"

    def judged(self, at: Bounds) -> tuple[Signal, ...]:
        """The signals that shine at this moment."""
        shines = {
            Signal.MESSAGE: self.has_written,
            Signal.SILENT: self.last_contact_at is None or self.last_contact_at < at.silent_since,
            Signal.OVERDUE: self.overdue_steps is not None,
            Signal.REVIEW: self.review_on is not None and self.review_on <= at.day,
            Signal.UNANSWERED: self.expected_by is not None,
            Signal.DROPOUT: self.may_leave_school,
            Signal.EIGHTEEN: self.comes_of_age,
            Signal.PERMIT: self.permit_until is not None and self.permit_until <= at.horizon,
        }
        return tuple(signal for signal in Signal if shines[signal])


def covered_now(user, now) -> dict[UUID, Cover]:
    """For whom `user` stands in today, by the key of who is away; one query."""
    rows = _covered(user=user.pk, day=timezone.localdate(now))
    return {cover.away_id: cover for cover in rows}


_covered = Prepared(lambda user, day: Cover.objects.in_force(day).filter(stands_in=user).select_related("away"))


def caseload(user, now, *, covers=None) -> list[Followed]:
    """All the people `user` follows or stands in for, longest without contact first; one query (and that of covers)."""
    return _read(_everybody, user, now, covered_now(user, now) if covers is None else covers)


def first_of_caseload(user, now, *, covers) -> list[Followed]:
    """The beginning of the caseload with those of `covers`: one more than the reception list shows."""
    return _read(_first, user, now, covers)


def narrowed(rows: list[Followed], now, *, filters=EVERYBODY, after: Place | None = None) -> list[Followed]:
    """A page of these people: those whom the filters let through, after the last one seen, and one more."""
    minors_after = bounds(now).minors_after

    def fits(row):
        return (
            (not filters.signals or not set(filters.signals).isdisjoint(row.signals))
            and filters.state in ("", row.state)
            and filters.age in ("", "minor" if row.birth_date > minors_after else "adult")
            and filters.whose in ("", "mine" if row.cover is None else "cover")
            and (after is None or _order(row.last_contact_at, row.pk) > _order(*after))
        )

    return list(islice(filter(fits, rows), PAGE + 1))


def _order(last_contact_at, pk):
    # Whom nobody has ever heard comes first of all.
    return last_contact_at is not None, last_contact_at, pk


def signals_of(rows: list[Followed]) -> Counter:
    """How many of these people shine for each signal."""
    return Counter(signal for row in rows for signal in row.signals)


def beside_caseload(user) -> tuple[list[dict], bool]:
    """The filters that an operator gave a name, each with `pk`, `name` and `query`; and whether there are restricted
    records for them. One query."""
    [(views, restricted)] = _beside(user=user.pk)
    return views, bool(user.roles) and restricted


_beside = Prepared(
    lambda user: User.objects.filter(pk=user).values_list(
        ArraySubquery(
            CaseloadView.objects.filter(user=OuterRef("pk"))
            .order_by("name")
            .values(view=JSONObject(pk="pk", name="name", query="query"))
        ),
        # As SafeguardingRecord.objects.in_hands_of says it of one account.
        _yes(
            Exists(SafeguardingRecord.objects.filter(owner=OuterRef("pk")).order_by())
            | Exists(SafeguardingReader.objects.filter(user=OuterRef("pk"), removed_at=None))
        ),
    )
)


def follows(user, participation, now) -> bool:
    """Whether `user` follows this person, or stands in today for who does."""
    if participation.operator_id is None:
        return False
    return participation.operator_id == user.pk or participation.operator_id in covered_now(user, now)


def _read(read, user, now, covers):
    at = bounds(now)
    operators = {f"operator{n}": pk for n, pk in enumerate([user.pk, *sorted(covers)])}
    found = [
        Followed(*row)
        for row in read(day=at.day, minors_after=at.minors_after, soon_of_age=at.soon_of_age, **operators)
    ]
    here = timezone.get_current_timezone()
    for row in found:
        row.heard_on = row.last_contact_at and row.last_contact_at.astimezone(here).date()
        row.signals, row.cover = row.judged(at), covers.get(row.operator_id)
    return found


def _followed_by(day, minors_after, soon_of_age, **operators):
    """The facts of each person, in the order of Followed: each is read once and judged there."""
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
    # Of most people there is one record: to ask for the others apart is twice as fast as to ask for all at once.
    wrote = Exists(waiting_for_staff([OuterRef("person_id")]))
    wrote |= Exists(waiting_for_staff(merged_into(OuterRef(OuterRef("person_id")))))
    return (
        Participation.objects.open()
        .filter(operator__in=operators.values())
        .exclude(state=ParticipationState.REGISTERED)
        .order_by(F("last_contact_at").asc(nulls_first=True), "pk")
        .values_list(
            *("pk", "operator_id", "state", "last_contact_at"),
            *("person__first_name", "person__last_name", "person__birth_date"),
            Subquery(late),
            "plan__review_on",
            # Of two days the earlier one; PostgreSQL leaves out what is missing.
            Least(*expected),
            Subquery(permit_ends(OuterRef("person_id"))),
            _yes(wrote),
            _yes(may_leave_school("person", minors_after=minors_after)),
            _yes(comes_of_age("person", after=minors_after, by=soon_of_age)),
        )
    )


def _yes(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


_everybody = Prepared(_followed_by)
_first = Prepared(lambda **asked: _followed_by(**asked)[: FIRST + 1], plan_once=True)
