"""The partner's workspace: what is due, the activities, a run with its people."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import permissions as people
from accounts.enums import Role
from pathways import permissions
from pathways.enums import THERE, EnrolmentState, OpportunityState, RunState
from pathways.models import Attendance, Enrolment, Opportunity, Run, Session
from pathways.workflow import OPPORTUNITY
from programme.models import MacroAction, Organisation, Partnership

PAGE = 25
DUE = 8
# What each step of an activity is called on its button, and what is said when it is done.
STEPS = {
    "submit": _("Send for review"),
    "publish": _("Publish"),
    "return": _("Send back to be changed"),
    "expire": _("Take off the catalogue"),
}
DONE = {
    "submit": _("Sent. It shows in the catalogue once it is published."),
    "publish": _("Published: it is in the catalogue now."),
    "return": _("Sent back: it is a draft again."),
    "expire": _("It is off the catalogue. Who is enrolled stays enrolled."),
}


@dataclass
class Due:
    """What waits for this user; one more than is shown means "and others"."""

    sessions: list[Session] = field(default_factory=list)
    reviews: list[Opportunity] = field(default_factory=list)
    waiting: list[Run] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return max(len(self.sessions), len(self.reviews), len(self.waiting)) > DUE

    def __bool__(self) -> bool:
        return bool(self.sessions or self.reviews or self.waiting)


def due(user, now) -> Due:
    """Attendance to record (oldest first), activities to review, runs with people on the waiting list."""
    found = Due()
    mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
    if user.is_superuser or mine:
        sessions, runs = Session.objects.due(now), Run.objects.current()
        if not user.is_superuser:
            sessions = sessions.filter(run__opportunity__organisation__in=mine)
            runs = runs.filter(opportunity__organisation__in=mine)
        found.sessions = list(sessions.select_related("run__opportunity").order_by("starts_at")[: DUE + 1])
        found.waiting = list(
            runs.filter(enrolments__state=EnrolmentState.WAITING)
            .annotate(in_line=Count("enrolments"))
            .select_related("opportunity")
            .order_by("starts_on", "pk")[: DUE + 1]
        )
    if people.has_role(user, Role.COORDINATOR, Role.PARTNER_ADMIN):
        reviews = Opportunity.objects.run_by(user).filter(state=OpportunityState.IN_REVIEW)
        found.reviews = list(reviews.select_related("organisation").order_by("pk")[: DUE + 1])
    return found


@dataclass
class ActivityRow:
    opportunity: Opportunity
    run: Run | None
    waiting: int


def activities(user, *, state="", before=None) -> tuple[list[ActivityRow], int | None]:
    """A page of the user's activities, newest first, each with its current run; and where the next page begins."""
    rows = Opportunity.objects.run_by(user)
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    rows = list(rows.select_related("organisation").defer("description", "search").order_by("-pk")[: PAGE + 1])
    following = rows[PAGE - 1].pk if len(rows) > PAGE else None
    rows = rows[:PAGE]
    runs = {}
    waiting = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING))
    for run in Run.objects.current().filter(opportunity__in=rows).annotate(in_line=waiting).order_by("starts_on", "pk"):
        runs.setdefault(run.opportunity_id, run)
    shown = []
    for opportunity in rows:
        run = runs.get(opportunity.pk)
        shown.append(ActivityRow(opportunity, run, run.in_line if run else 0))
    return shown, following


def runs_of(opportunity) -> list[Run]:
    """All runs of an activity, the latest first, with how many wait and how many sessions lack attendance."""
    waiting = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING))
    return list(opportunity.runs.annotate(in_line=waiting).order_by("-starts_on", "pk")[:50])


@dataclass
class Taker:
    """Somebody in a run, with what they attended."""

    enrolment: Enrolment
    there: int = 0
    hours: Decimal = Decimal(0)

    @property
    def came(self) -> bool:
        return self.there > 0


def takers(run) -> list[Taker]:
    """Who holds a place, by name, with sessions and hours attended; two queries."""
    attended = {
        row["enrolment"]: row
        for row in Attendance.objects.filter(enrolment__run=run, state__in=THERE)
        .order_by()
        .values("enrolment")
        .annotate(there=Count("pk"), hours=Sum("hours"))
    }
    rows = run.enrolments.holding_a_place().select_related("participation__person", "plan_action")
    return [
        Taker(e, attended[e.pk]["there"], attended[e.pk]["hours"]) if e.pk in attended else Taker(e)
        for e in rows.order_by("participation__person__sort_key", "pk")
    ]


def waiting_for(run) -> list[Enrolment]:
    """Who waits, in order."""
    return list(run.enrolments.waiting().select_related("participation__person"))


def sessions_of(run, now) -> list[Session]:
    """The run's sessions, each with `is_due`, `is_coming` and `there` (how many came)."""
    there = Count("attendances", filter=Q(attendances__state__in=THERE))
    rows = list(run.sessions.annotate(there=there).order_by("starts_at"))
    on = timezone.localdate(now)
    for row in rows:
        row.is_coming = timezone.localdate(row.starts_at) > on
        row.is_due = not row.is_coming and row.recorded_at is None and run.state != RunState.CANCELLED
    return rows


def marks_of(session) -> dict:
    """Each enrolment's id → what is recorded for this session."""
    return dict(session.attendances.values_list("enrolment_id", "state"))


def organisations_for(user, edition):
    """The organisations in whose name this user writes activities: their own; all partners for an administrator."""
    if user.is_superuser:
        if edition is None:
            return Organisation.objects.all()
        return Organisation.objects.filter(pk__in=Partnership.objects.filter(edition=edition).values("organisation"))
    mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
    return Organisation.objects.filter(pk__in=mine)


def macro_actions_of(edition):
    return MacroAction.objects.filter(edition=edition).order_by("number")


def steps_for(user, opportunity) -> list[dict]:
    """What this user can do with the activity's state now: the address's name, the button's words."""
    return [
        {"url": f"pathways:activity-{verb}", "label": STEPS[verb], "verb": verb}
        for verb in OPPORTUNITY.verbs(opportunity.state)
        if permissions.can_change_state(user, opportunity, verb)
    ]


def is_open(run) -> bool:
    """Planned or under way."""
    return run.state in (RunState.PLANNED, RunState.RUNNING)


def still_enrolled(rows: list[Taker]) -> list[Taker]:
    """Those whose end has not been written yet."""
    return [taker for taker in rows if taker.enrolment.state == EnrolmentState.ENROLLED]
