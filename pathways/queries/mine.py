"""What one young person sees of activities: whether they can enrol, where they stand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.timezone import localtime

from intake.enums import ActionKind, ActionState
from intake.models import Participation, PlanAction
from migwork.prepared import Prepared
from migwork.words import day_in_words
from pathways import eligibility
from pathways.enums import ACTIVE, THERE, EnrolmentState, RunState
from pathways.models import Certificate, Enrolment, Run, Session
from pathways.queries import signatures

RUNS_SHOWN = 6
_open_runs = Prepared(lambda opportunity, on: Run.objects.filter(opportunity=opportunity).open_on(on)[:RUNS_SHOWN])
_sessions_of_open_runs = Prepared(
    lambda opportunity, on: (
        Session.objects.filter(run__in=Run.objects.filter(opportunity=opportunity).open_on(on))
        .order_by("starts_at")
        .values_list("run_id", "starts_at", "ends_at", "place")
    )
)


@dataclass
class RunView:
    """A run as the activity's page shows it to one reader."""

    run: Run
    sessions: list[str]
    points: list[eligibility.Point]
    enrolment: Enrolment | None
    enrol_url: str

    @property
    def can_ask(self) -> bool:
        return not any(point.stops for point in self.points)

    @property
    def full(self) -> bool:
        return self.run.places_left <= 0


def participation_in(person, edition) -> Participation | None:
    """The person's way in this edition, if they take part."""
    return Participation.objects.filter(person=person, edition=edition).select_related("person").first()


def runs_for(opportunity, participation, *, on: date, plan_action=None, asks=True) -> list[RunView]:
    """The runs that still take people; with why the reader can or can't, where the reader `asks` for themselves."""
    runs = _open_runs(opportunity=opportunity.pk, on=on)
    sessions = _session_lines(opportunity, on)
    mine = {}
    if participation is not None:
        theirs = Enrolment.objects.filter(run__in=runs, participation=participation)
        mine = {e.run_id: e for e in theirs.exclude(state=EnrolmentState.WITHDRAWN)}
    unsigned = _unsigned(opportunity, participation, on) if asks and runs else ""
    views = []
    for run in runs:
        run.opportunity = opportunity
        enrolment = mine.get(run.pk)
        points = []
        if asks:
            points = eligibility.points(
                run, participation, on=on, enrolment=enrolment, plan_action=plan_action, unsigned=unsigned
            )
        url = reverse("pathways:run-enrol", args=[run.pk]) + (f"?azione={plan_action.pk}" if plan_action else "")
        views.append(RunView(run, sessions.get(run.pk, []), points, enrolment, url))
    return views


def _unsigned(opportunity, participation, on: date) -> str:
    """Which signature stops this person here, in a sentence; "" where none does."""
    return signatures.why_not(opportunity, signatures.stops(participation.person, on)) if participation else ""


def _session_lines(opportunity, on: date) -> dict[UUID, list[str]]:
    """For each open run its sessions in words: "mer 3 dicembre, 14:00–18:00"."""
    lines = {}
    for run, start, end, place in _sessions_of_open_runs(opportunity=opportunity.pk, on=on):
        start, end = localtime(start), localtime(end)
        line = f"{day_in_words(start.date(), 'D j F')}, {start:%H:%M}–{end:%H:%M}"
        lines.setdefault(run, []).append(f"{line} · {place}" if place else line)
    return lines


def open_activity_actions(participation) -> list[PlanAction]:
    """Steps of the plan that an activity could serve: outstanding, and none is under way for them."""
    return list(
        PlanAction.objects.outstanding()
        .filter(goal__plan__participation=participation, kind=ActionKind.ACTIVITY)
        .exclude(enrolments__state__in=ACTIVE)
        .select_related("goal__plan")
    )


def asked_action(participation, pk) -> PlanAction | None:
    """The step of this person's plan that an address names; None where it names none of theirs."""
    try:
        pk = UUID(pk or "")
    except ValueError:
        return None
    if participation is None:
        return None
    actions = PlanAction.objects.filter(goal__plan__participation=participation).select_related("goal__plan")
    return actions.filter(pk=pk).first()


def proposed_action(actions, pk) -> PlanAction | None:
    """The step that the address names, else the only one there is."""
    named = [action for action in actions if str(action.pk) == pk]
    return (named or (actions if len(actions) == 1 else [None]))[0]


def enrolments_of(participations) -> list[Enrolment]:
    """Their activities, the latest first, all that a list needs loaded."""
    return list(
        Enrolment.objects.filter(participation__in=participations)
        .select_related("run__opportunity__organisation", "plan_action")
        .order_by("-asked_at", "pk")[:50]
    )


def completed_by(person) -> list[Enrolment]:
    """What somebody completed, in every edition, each with `hours_there`: the hours for which they were there.

    And with `certificate` and `certificate_number`, the key and the number of the valid certificate of it. One query.
    """
    given = Certificate.objects.valid().filter(enrolment=OuterRef("pk"))
    number = Concat("document__number", Value("/"), "document__year", output_field=CharField())
    there = Sum("attendances__hours", filter=Q(attendances__state__in=THERE))
    rows = Enrolment.objects.filter(participation__person=person, state=EnrolmentState.COMPLETED)
    return list(
        rows.select_related("run__opportunity__organisation").annotate(
            hours_there=there,
            certificate=Subquery(given.values("pk")),
            certificate_number=Subquery(given.annotate(printed=number).values("printed")),
        )
    )


def enrolments_with(participation, organisation) -> list[Enrolment]:
    """What somebody does or waits for at one partner."""
    rows = Enrolment.objects.filter(participation=participation, run__opportunity__organisation=organisation)
    return list(rows.exclude(state=EnrolmentState.WITHDRAWN).select_related("run__opportunity").order_by("asked_at"))


def position(enrolment) -> int:
    """Their number on the waiting list."""
    before = Q(asked_at__lt=enrolment.asked_at) | Q(asked_at=enrolment.asked_at, pk__lt=enrolment.pk)
    return enrolment.run.enrolments.waiting().filter(before).count() + 1


def coming_session(enrolment, now) -> Session | None:
    return enrolment.run.sessions.filter(ends_at__gte=now).first()


def coming_sessions(participation, now) -> QuerySet[Session]:
    """The sessions to come of activities in which the person has a place, for a condition in another query."""
    return Session.objects.filter(
        ends_at__gte=now,
        run__enrolments__participation=participation,
        run__enrolments__state=EnrolmentState.ENROLLED,
        run__state__in=[RunState.PLANNED, RunState.RUNNING],
    )


def waiting_offers(participation, now):
    """The places that are kept for this person, or their id, until they answer."""
    return Enrolment.objects.filter(participation=participation, state=EnrolmentState.OFFERED, offered_until__gt=now)


def offers_to(participation, now) -> list[Enrolment]:
    """The place to answer soonest; one query, none for whom nothing is kept."""
    if not participation.may_have("offers"):
        return []
    return list(
        waiting_offers(participation, now).select_related("run__opportunity").order_by("offered_until", "pk")[:1]
    )


def next_sessions(participation, now) -> list[Session]:
    """The next one of each activity; one query."""
    if not participation.may_have("sessions"):
        return []
    first = {}
    for session in _coming_sessions(participation=participation.pk, now=now):
        first.setdefault(session.run_id, session)
    return list(first.values())


_coming_sessions = Prepared(
    lambda participation, now: (
        coming_sessions(participation, now)
        .select_related("run__opportunity")
        .only(
            *("run", "starts_at", "place", "run__opportunity"),
            *("run__opportunity__title", "run__opportunity__slug", "run__opportunity__place"),
        )
        .order_by("starts_at")[:10]
    )
)


def enrolments_by_action(actions) -> dict:
    """For each action of a plan its enrolments, the withdrawn ones left out; one query."""
    found = {}
    for enrolment in _serving(**{f"action{n}": action.pk for n, action in enumerate(actions)}):
        found.setdefault(enrolment.plan_action_id, []).append(enrolment)
    return found


_serving = Prepared(
    lambda **actions: (
        Enrolment.objects.filter(plan_action__in=actions.values())
        .exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("run__opportunity")
        .only("plan_action", "state", "run__opportunity__title")
        .order_by("asked_at")
    )
)


def wants_activity(action) -> bool:
    """Whether an action of a plan still looks for its activity."""
    return action.kind == ActionKind.ACTIVITY and action.state in (ActionState.TO_DO, ActionState.DOING)


def own_enrolment(run, participation) -> Enrolment | None:
    """The person's enrolment in this run that is not withdrawn."""
    return run.enrolments.filter(participation=participation).exclude(state=EnrolmentState.WITHDRAWN).first()


def why(run, participation, *, on: date) -> tuple[list[eligibility.Point], Enrolment | None]:
    """Point by point whether this person can ask for the run, and their enrolment if they have one."""
    enrolment = own_enrolment(run, participation) if participation is not None else None
    unsigned = _unsigned(run.opportunity, participation, on)
    return eligibility.points(run, participation, on=on, enrolment=enrolment, unsigned=unsigned), enrolment


def sessions_with_marks(enrolment) -> list[Session]:
    """The run's sessions, each with `mark`: the person's attendance there ("" while not recorded)."""
    marks = {row.session_id: row for row in enrolment.attendances.all()}
    sessions = list(enrolment.run.sessions.all())
    for session in sessions:
        attendance = marks.get(session.pk)
        session.mark = attendance.words if attendance else ""
        session.there = attendance is not None and attendance.is_there
    return sessions
