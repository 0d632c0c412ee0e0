"""What counts: each indicator a named definition over facts that the earlier rooms wrote.

A fact is one row of an earlier room: a talk that took place, a session attended, a
day in an internship's register … Each has a person, a local day, and mostly a
macro-action and a partner. An indicator names its facts and what it adds up:
distinct persons, or hours. The same facts give the figure (counted in one query,
counting.py) and its rows (`participations`), so that a figure always opens what it counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import (
    DecimalField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.enums import AppointmentState, ParticipationState
from intake.models import Appointment, Interview, Participation, Plan, Reception
from internships.enums import InternshipState
from internships.models import Internship, RegisterDay
from migwork.calendar import bounds_of, start_of
from pathways.enums import AttendanceState
from pathways.models import Attendance, Enrolment
from programme.enums import MacroActionKind, Tie
from programme.models import Edition

ORIENTATION = "orientation"
HOURS = DecimalField(max_digits=10, decimal_places=2)


@dataclass(frozen=True)
class Scope:
    """Which facts to look at: an edition, from a day to a day, perhaps some macro-actions or one partner.

    Days outside the edition's dates never count, whatever is asked. `macro_actions` None: all.
    """

    edition: Edition
    from_day: date
    to_day: date
    orientation: int | None = None
    macro_actions: frozenset[int] | None = None
    organisation: int | None = None

    @classmethod
    def of(
        cls, edition: Edition, from_day: date | None = None, to_day: date | None = None, macro_actions=None
    ) -> "Scope":
        """The scope of `edition`, kept inside its dates. Talks count in its macro-action for orientation.

        `macro_actions`: those of the edition by number, for who has them already.
        """
        if macro_actions is None:
            macro_actions = edition.macro_actions.order_by("number")
        orientation = next((m for m in macro_actions if m.kind == MacroActionKind.ORIENTATION), None)
        to_day = to_day or timezone.localdate()
        return cls(
            edition=edition,
            from_day=max(from_day or edition.starts_on, edition.starts_on),
            to_day=min(to_day, edition.ends_on) if edition.ends_on else to_day,
            orientation=orientation.pk if orientation else None,
        )

    def within(self, *, macro_actions=None, organisation=None) -> "Scope":
        """This scope, narrowed further."""
        scope = self
        if macro_actions is not None:
            known = scope.macro_actions
            wanted = frozenset(macro_actions)
            scope = replace(scope, macro_actions=wanted if known is None else known & wanted)
        if organisation is not None:
            scope = replace(scope, organisation=organisation)
        return scope


# Sources and indicators are the constants below: each equals itself, so that they are cheap as keys.
@dataclass(frozen=True, eq=False)
class Source:
    """One kind of fact: which rows count, whose they are, when, in which macro-action and at which partner.

    Paths start at the source's model. `macro_action` may be ORIENTATION: talks have none of their own.
    """

    rows: Callable[[], QuerySet]
    participation: str
    at: str
    is_day: bool = False
    macro_action: str = ""
    organisation: str = ""
    hours: str = ""

    def applies(self, scope: Scope) -> bool:
        """Whether this source can hold facts of `scope` at all."""
        if scope.organisation is not None and not self.organisation:
            return False
        if scope.macro_actions is None or self.macro_action not in ("", ORIENTATION):
            return True
        return self.macro_action == ORIENTATION and scope.orientation in scope.macro_actions

    def within(self, scope: Scope) -> QuerySet:
        """The rows that count in `scope`, whoever they are about."""
        if self.is_day:
            period = Q(**{f"{self.at}__gte": scope.from_day, f"{self.at}__lte": scope.to_day})
        else:
            after = bounds_of(scope.to_day)[1]
            period = Q(**{f"{self.at}__gte": start_of(scope.from_day), f"{self.at}__lt": after})
        rows = self.rows().filter(period)
        if scope.macro_actions is not None and self.macro_action != ORIENTATION:
            rows = rows.filter(**{f"{self.macro_action}__in": sorted(scope.macro_actions)})
        if scope.organisation is not None:
            rows = rows.filter(**{self.organisation: scope.organisation})
        return rows.order_by()

    def facts(self, scope: Scope) -> QuerySet:
        """(person, day, macro-action, partner, hours) of every eligible fact of `scope`."""
        prefix = f"{self.participation}__" if self.participation else ""
        none = Value(None, output_field=IntegerField())
        if self.macro_action == ORIENTATION:
            macro_action = Value(scope.orientation, output_field=IntegerField())
        else:
            macro_action = F(self.macro_action) if self.macro_action else none
        return eligible(self.within(scope), scope.edition, prefix).values_list(
            F(f"{prefix}person_id"),
            self._day(),
            Cast(macro_action, IntegerField()),
            Cast(F(self.organisation) if self.organisation else none, IntegerField()),
            self._hours(),
        )

    def evidence(self, scope: Scope) -> QuerySet:
        """(participation, day, hours) of every fact of `scope`, for participations that are known to count."""
        return self.within(scope).values_list(
            f"{self.participation}_id" if self.participation else "pk", self._day(), self._hours()
        )

    def _day(self):
        return F(self.at) if self.is_day else TruncDate(self.at, tzinfo=timezone.get_default_timezone())

    def _hours(self):
        return Cast(F(self.hours) if self.hours else Value(0), HOURS)

    def exists(self, scope: Scope, of="pk") -> Exists:
        """For a query of participations: there is such a fact, of theirs or of the one whose key is in `of`."""
        return Exists(self.within(scope).filter(**{self.participation or "pk": OuterRef(of)}))


class Age(Func):
    """Completed years on a day; somebody born on 29 February is a year older on 1 March of other years."""

    function = "age"
    template = "extract(year from %(function)s(%(expressions)s))::int"
    output_field = IntegerField()


def eligible(rows: QuerySet, edition: Edition, prefix: str = "") -> QuerySet:
    """Those of `rows` about participations in `edition` whose person might take part on the day it opened."""
    opened_on = TruncDate(f"{prefix}opened_at", tzinfo=timezone.get_default_timezone())
    return rows.alias(age_when_opened=Age(opened_on, F(f"{prefix}person__birth_date"))).filter(
        **{
            f"{prefix}edition": edition.pk,
            f"{prefix}person__tie__in": [tie for tie in edition.ties if tie != Tie.NONE],
            "age_when_opened__range": (edition.min_age, edition.max_age),
        }
    )


# --- The facts ------------------------------------------------------------------------

REGISTRATIONS = Source(Participation.with_merged.all, participation="", at="opened_at")
RECEPTIONS = Source(
    Reception.objects.all,
    participation="participation",
    at="at",
    macro_action=ORIENTATION,
    organisation="organisation_id",
)
INTERVIEWS = Source(
    lambda: Interview.objects.filter(completed_at__isnull=False),
    participation="participation",
    at="completed_at",
    macro_action=ORIENTATION,
    organisation="organisation_id",
)
TALKS = Source(
    lambda: Appointment.objects.filter(state=AppointmentState.SEEN),
    participation="participation",
    at="starts_at",
    macro_action=ORIENTATION,
    organisation="organisation_id",
)
AGREED_PLANS = Source(Plan.objects.all, participation="participation", at="agreed_at")
ENROLMENTS = Source(
    Enrolment.objects.taking_part,
    participation="participation",
    at="asked_at",
    macro_action="run__opportunity__macro_action_id",
    organisation="run__opportunity__organisation_id",
)
SESSIONS = Source(
    lambda: Attendance.objects.filter(state__in=[AttendanceState.PRESENT, AttendanceState.LATE]),
    participation="enrolment__participation",
    at="session__starts_at",
    macro_action="enrolment__run__opportunity__macro_action_id",
    organisation="enrolment__run__opportunity__organisation_id",
    hours="hours",
)
STARTED_INTERNSHIPS = Source(
    lambda: Internship.objects.filter(
        state__in=[
            InternshipState.RUNNING,
            InternshipState.SUSPENDED,
            InternshipState.COMPLETED,
            InternshipState.ENDED_EARLY,
        ]
    ),
    participation="participation",
    at="starts_on",
    is_day=True,
    macro_action="macro_action_id",
    organisation="promoter_id",
)
INTERNSHIP_DAYS = Source(
    # What an intern says of a day is evidence once the host or the promoter has confirmed it.
    RegisterDay.objects.confirmed,
    participation="internship__participation",
    at="on",
    is_day=True,
    macro_action="internship__macro_action_id",
    organisation="internship__promoter_id",
    hours="hours",
)
CONCLUSIONS = Source(
    lambda: Participation.objects.filter(state=ParticipationState.CLOSED), participation="", at="closed_at"
)


# --- The indicators --------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Indicator:
    """A figure with a name and a rule that anyone can read.

    `adds` says what is added up: distinct persons, or hours. `training_only`: where a target names no
    macro-actions, those for training are meant.
    """

    slug: str
    name: str
    rule: str
    sources: tuple[Source, ...]
    adds: str = "persons"
    training_only: bool = False

    def scope(self, scope: Scope, macro_actions=()) -> Scope:
        """`scope`, kept to the macro-actions that a target names, or to those this indicator means by itself."""
        if not macro_actions and self.training_only:
            macro_actions = scope.edition.macro_actions.filter(kind=MacroActionKind.TRAINING).values_list(
                "pk", flat=True
            )
            return scope.within(macro_actions=macro_actions)
        return scope.within(macro_actions=macro_actions) if macro_actions else scope

    def sources_in(self, scope: Scope) -> list[Source]:
        return [source for source in self.sources if source.applies(scope)]

    def participations(self, scope: Scope) -> QuerySet:
        """The participations that this indicator counts: as many as the figure, one of each person.

        Of two that were made one the kept one; the other only if all that counts stayed with it.
        """
        sources = self.sources_in(scope)
        if not sources:
            return Participation.objects.none()
        found, of_kept = Q(), Q()
        for source in sources:
            found |= Q(source.exists(scope))
            of_kept |= Q(source.exists(scope, "merged_into"))
        rows = Participation.with_merged.filter(found).filter(Q(merged_into=None) | ~of_kept)
        return eligible(rows, scope.edition)


INVOLVED = (RECEPTIONS, INTERVIEWS, TALKS, SESSIONS, INTERNSHIP_DAYS)

INDICATORS: dict[str, Indicator] = {
    indicator.slug: indicator
    for indicator in (
        Indicator(
            "involved",
            _("Young people involved"),
            _(
                "Persons who may take part and have attended at least one talk, session, workshop or internship day "
                "within the edition's dates. Each person counts once. Sign-ups alone do not count."
            ),
            INVOLVED,
        ),
        Indicator(
            "in_training",
            _("In training or internships"),
            _(
                "Of the persons involved, those who have attended at least one day of a course or internship in the "
                "macro-actions that the target names. Each person counts once."
            ),
            (SESSIONS, INTERNSHIP_DAYS),
            training_only=True,
        ),
        Indicator(
            "registered",
            _("Persons registered"),
            _("Persons whose participation opened within the edition's dates, online or at the desk."),
            (REGISTRATIONS,),
        ),
        Indicator(
            "received",
            _("Persons received"),
            _("Persons with a recorded first reception."),
            (RECEPTIONS,),
        ),
        Indicator(
            "interviewed",
            _("Persons interviewed"),
            _("Persons with at least one completed interview."),
            (INTERVIEWS,),
        ),
        Indicator(
            "with_plan",
            _("With an agreed plan"),
            _("Persons whose personal plan was agreed by both sides."),
            (AGREED_PLANS,),
        ),
        Indicator(
            "enrolled",
            _("Persons enrolled"),
            _("Persons who hold or held a place in at least one course or activity."),
            (ENROLMENTS,),
        ),
        Indicator(
            "active",
            _("In activities"),
            _("Persons who attended at least one session of an activity or one internship day."),
            (SESSIONS, INTERNSHIP_DAYS),
        ),
        Indicator(
            "interns",
            _("Internships started"),
            _("Persons with at least one internship that has started."),
            (STARTED_INTERNSHIPS,),
        ),
        Indicator(
            "concluded",
            _("Concluded with an outcome"),
            _("Persons whose way was closed with an outcome; those who stopped earlier are not counted."),
            (CONCLUSIONS,),
        ),
        Indicator(
            "hours",
            _("Hours attended"),
            _("Hours of sessions attended and of internship days, as recorded in the registers."),
            (SESSIONS, INTERNSHIP_DAYS),
            adds="hours",
        ),
    )
}
# The way through the service, in its order.
FUNNEL = ("registered", "received", "interviewed", "with_plan", "active", "concluded")
