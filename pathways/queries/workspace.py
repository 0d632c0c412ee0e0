"""The partner's workspace: what is due, the activities, a run with its people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import permissions as people
from accounts.enums import Role
from accounts.queries import unsigned
from migwork.links import NUMBER, SLUG, link_to
from migwork.prepared import Prepared
from pathways import permissions
from pathways.enums import ACTIVE, TAKING_PART, THERE, EnrolmentState, OpportunityState, RunState
from pathways.models import Opportunity, Run
from pathways.queries.signatures import purposes_of
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
    """What waits for this user, as tasks for the page; one more than is shown means "and others"."""

    sessions: list[dict] = field(default_factory=list)
    reviews: list[dict] = field(default_factory=list)
    waiting: list[dict] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return max(len(self.sessions), len(self.reviews), len(self.waiting)) > DUE

    @property
    def tasks(self) -> list[dict]:
        return self.sessions[:DUE] + self.reviews[:DUE] + self.waiting[:DUE]


def due(user, now) -> Due:
    """Attendance to record (oldest first), activities to review, runs with people on the waiting list."""
    found = Due()
    mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
    if user.is_superuser or mine:
        whose = {"all": user.is_superuser, "mine": mine, "now": now}
        found.sessions, found.waiting = _sessions_to_record(whose), _runs_with_a_line(whose)
    if people.has_role(user, Role.COORDINATOR, Role.PARTNER_ADMIN):
        found.reviews = _to_review(Opportunity.objects.run_by(user).filter(state=OpportunityState.IN_REVIEW))
    return found


# Written out, for the ORM takes longer to write them than PostgreSQL to answer.
# How many rows is part of the text: as a value the planner would not know how few, and plan at every request.
_SESSIONS_TO_RECORD = f"""
    SELECT session.id, session.starts_at, opportunity.title
    FROM pathways_session AS session
    JOIN pathways_run AS run ON run.id = session.run_id
    JOIN pathways_opportunity AS opportunity ON opportunity.id = run.opportunity_id
    WHERE session.starts_at <= %(now)s AND session.recorded_at IS NULL AND run.state IN ('planned', 'running')
        AND (%(all)s OR opportunity.organisation_id = ANY(%(mine)s::bigint[]))
    ORDER BY session.starts_at LIMIT {DUE + 1}
"""  # noqa: S608
_RUNS_WITH_A_LINE = f"""
    SELECT run.id, run.starts_on, opportunity.title, count(*)
    FROM pathways_run AS run
    JOIN pathways_opportunity AS opportunity ON opportunity.id = run.opportunity_id
    JOIN pathways_enrolment AS enrolment ON enrolment.run_id = run.id AND enrolment.state = 'waiting'
    WHERE run.state IN ('planned', 'running')
        AND (%(all)s OR opportunity.organisation_id = ANY(%(mine)s::bigint[]))
    GROUP BY run.id, opportunity.id ORDER BY run.starts_on, run.id LIMIT {DUE + 1}
"""  # noqa: S608


def _sessions_to_record(whose) -> list[dict]:
    url, words = link_to("pathways:session-attendance", NUMBER), gettext("Attendance to record")
    with connection.cursor() as cursor:
        cursor.execute(_SESSIONS_TO_RECORD, whose)
        return [
            {
                "title": title,
                "url": url(pk),
                "hint": date_format(timezone.localtime(at), "l j F, H:i"),
                "kind": "warn",
                "state": words,
            }
            for pk, at, title in cursor
        ]


def _runs_with_a_line(whose) -> list[dict]:
    url = link_to("pathways:run-detail")
    with connection.cursor() as cursor:
        cursor.execute(_RUNS_WITH_A_LINE, whose)
        return [
            {
                "title": title,
                "url": url(pk),
                "hint": gettext("from %(first)s") % {"first": date_format(starts_on, "j F")},
                "kind": "waiting",
                "state": ngettext("%(n)s person waits", "%(n)s people wait", waiting) % {"n": waiting},
            }
            for pk, starts_on, title, waiting in cursor
        ]


def _to_review(opportunities) -> list[dict]:
    rows = opportunities.order_by("pk").values_list("slug", "title", "organisation__short_name")[: DUE + 1]
    url, words = link_to("pathways:activity-detail", SLUG), gettext("To review")
    return [
        {"title": title, "url": url(slug), "hint": organisation, "kind": "warn", "state": words}
        for slug, title, organisation in rows
    ]


@dataclass
class Activity:
    """An activity in the list, with the run to speak of where it has one: the first that is planned or under way."""

    pk: int
    slug: str
    title: str
    state: str
    organisation: str
    run: UUID | None
    starts_on: date | None
    ends_on: date | None
    places_taken: int | None
    places: int | None
    waiting: int | None


_ACTIVITIES = """
    SELECT activity.*, run.*
    FROM (
        SELECT opportunity.id, slug, title, state, organisation.short_name
        FROM pathways_opportunity AS opportunity
        JOIN programme_organisation AS organisation ON organisation.id = organisation_id
        WHERE {conditions}
        ORDER BY opportunity.id DESC LIMIT {few}
    ) AS activity
    LEFT JOIN LATERAL (
        SELECT id, starts_on, ends_on, places_taken, places,
            (SELECT count(*) FROM pathways_enrolment WHERE run_id = pathways_run.id AND state = 'waiting')
        FROM pathways_run WHERE opportunity_id = activity.id AND state IN ('planned', 'running')
        ORDER BY starts_on, id LIMIT 1
    ) AS run ON true
    ORDER BY activity.id DESC
"""


def activities(user, *, state="", before=None) -> tuple[list[Activity], int | None]:
    """A page of the user's activities, newest first; and where the next page begins. One query."""
    # Only the conditions that hold: with values that switch them off, PostgreSQL plans at every request.
    values, conditions = {}, ["true"]
    if not permissions.sees_all_partners(user):
        values["mine"] = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        conditions.append("organisation_id = ANY(%(mine)s::bigint[])")
    if state:
        values["state"] = state
        conditions.append("state = %(state)s")
    if before:
        values["before"] = before
        conditions.append("opportunity.id < %(before)s")
    with connection.cursor() as cursor:
        cursor.execute(_ACTIVITIES.format(conditions=" AND ".join(conditions), few=PAGE + 1), values)
        rows = [Activity(*row) for row in cursor]
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def runs_of(opportunity) -> list[Run]:
    """All runs of an activity, the latest first, with how many wait and how many sessions lack attendance."""
    waiting = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING))
    return list(opportunity.runs.annotate(in_line=waiting).order_by("-starts_on", "pk")[:50])


_run_by_key = Prepared(
    lambda pk: (
        Run.objects.filter(pk=pk)
        .select_related("opportunity__organisation")
        # What none of a run's pages shows.
        .defer("opportunity__description", "opportunity__search")
    )
)


def run_for(user, pk) -> Run | None:
    """The run with its activity, if it is one that `user` runs or looks after; one query."""
    run = _run_by_key.first(pk=pk)
    return run if run and permissions.can_edit_activity(user, run.opportunity) else None


@dataclass
class Taker:
    """Somebody in a run, with what they attended; `pk` is the enrolment's."""

    pk: UUID
    name: str
    state: str
    there: int
    hours: Decimal
    # They asked that their data be not used for now.
    limited: bool
    asked_at: datetime
    # Where a place is offered to them: until when.
    offered_until: datetime | None = None
    # A minor, and not all who must have signed.
    unsigned: bool = False

    @property
    def came(self) -> bool:
        return self.there > 0

    @property
    def is_enrolled(self) -> bool:
        return self.state == EnrolmentState.ENROLLED


_PEOPLE = """
    SELECT enrolment.id, first_name || ' ' || last_name, enrolment.state, came.there, came.hours,
        person.limited_at IS NOT NULL, enrolment.asked_at, enrolment.offered_until, person.id, person.birth_date
    FROM pathways_enrolment AS enrolment
    JOIN intake_participation AS participation ON participation.id = participation_id
    JOIN accounts_youngperson AS person ON person.id = person_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS there, coalesce(sum(hours), 0) AS hours
        FROM pathways_attendance WHERE enrolment_id = enrolment.id AND state = ANY(%s)
    ) AS came
    WHERE enrolment.run_id = %s AND enrolment.state = ANY(%s)
    ORDER BY CASE WHEN enrolment.state IN ('waiting', 'offered') THEN enrolment.asked_at END NULLS FIRST,
        person.sort_key, enrolment.id
"""


def people_of(run) -> tuple[list[Taker], list[Taker]]:
    """Who takes part, by name, with sessions and hours attended; and who waits or is offered a place, in order.

    One query, and one more where minors are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [list(THERE), run.pk, [*TAKING_PART, EnrolmentState.OFFERED, EnrolmentState.WAITING]])
        rows = [(Taker(*values), person, born) for *values, person, born in cursor]
    if is_open(run):
        born_on = {person: born for taker, person, born in rows if taker.state in ACTIVE}
        # For whom a signature is missing here: that, and not which, nor why.
        lacking = unsigned(born_on, purposes_of(run.opportunity), timezone.localdate())
        for taker, person, _born in rows:
            taker.unsigned = person in lacking
    people = [taker for taker, _person, _born in rows]
    waiting = [taker for taker in people if taker.state in (EnrolmentState.WAITING, EnrolmentState.OFFERED)]
    return people[: len(people) - len(waiting)], waiting


def takers(run) -> list[Taker]:
    """Who holds a place, by name."""
    return people_of(run)[0]


@dataclass
class Held:
    """A session of a run, and how many came. `starts_at` and `ends_at` in local time."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    place: str
    recorded_at: datetime | None
    there: int
    # Who holds it.
    who: str = ""
    is_coming: bool = False
    is_due: bool = False


_SESSIONS = """
    SELECT id, starts_at, ends_at, place, recorded_at,
        (SELECT count(*) FROM pathways_attendance WHERE session_id = session.id AND state = ANY(%s)),
        (SELECT coalesce(string_agg(trainer.name, ', ' ORDER BY trainer.name), '')
            FROM pathways_sessiontrainer AS held JOIN pathways_trainer AS trainer ON trainer.id = held.trainer_id
            WHERE held.session_id = session.id)
    FROM pathways_session AS session WHERE run_id = %s ORDER BY starts_at
"""


def sessions_of(run, now) -> list[Held]:
    """The run's sessions, each with `is_due`, `is_coming` and `there` (how many came)."""
    with connection.cursor() as cursor:
        cursor.execute(_SESSIONS, [list(THERE), run.pk])
        rows = [Held(*values) for values in cursor]
    on = timezone.localdate(now)
    for row in rows:
        row.starts_at, row.ends_at = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        row.is_coming = row.starts_at.date() > on
        row.is_due = not row.is_coming and row.recorded_at is None and run.state != RunState.CANCELLED
    return rows


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


def leaves_on(opportunity) -> date | None:
    """The day on which the activity leaves the catalogue unless somebody says that it is still right."""
    asked = opportunity.asked_check_on
    return asked + timedelta(days=settings.ACTIVITY_CHECK_NOTICE_DAYS) if asked else None


def is_open(run) -> bool:
    """Planned or under way."""
    return run.state in (RunState.PLANNED, RunState.RUNNING)


def still_enrolled(rows: list[Taker]) -> list[Taker]:
    """Those whose end has not been written yet."""
    return [taker for taker in rows if taker.is_enrolled]
