"""What the start pages show, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.permissions import can_handle_requests, is_coordinator, is_evaluator, is_operator
from accounts.queries import waiting_for_others
from foundation.communications.models import MailboxMessage
from intake import queries as intake
from intake.enums import ActionState, Face, ParticipationState, ReferralState
from intake.models import Participation, Referral
from intake.queries import feedback
from internships.enums import InternshipState
from internships.models import Internship
from internships.queries import internships_of
from internships.workflow import OPEN_STATES
from migwork import navigation
from migwork.prepared import Prepared
from migwork.words import word_of
from pathways.enums import ACTIVE, EnrolmentState, Family, RunState
from pathways.models import Enrolment, Session
from pathways.queries.catalogue import starting_soon
from programme.queries import receiving_edition

MAIL = 25
SOME = 6


# --- visitors ----------------------------------------------------------------------------

# The doors of the first page: words, icon, family of the catalogue.
DOORS = [
    (gettext_lazy("Learn a trade"), "work", Family.TRAINING),
    (gettext_lazy("Do an internship"), "people", Family.INTERNSHIP),
    (gettext_lazy("Start my own business"), "idea", Family.SELF_ENTREPRENEURSHIP),
    (gettext_lazy("Go abroad"), "travel", Family.ABROAD),
    (gettext_lazy("Go back to study"), "study", Family.STUDY),
]


def visitor_home(now: datetime) -> dict:
    catalogue = reverse("pathways:opportunity-list")
    doors = [{"label": label, "icon": icon, "url": f"{catalogue}?famiglia={family}"} for label, icon, family in DOORS]
    doors.append({"label": _("I don't know: let's talk"), "icon": "question", "url": reverse("portal:talk")})
    return {"doors": doors, "leaving": starting_soon(timezone.localdate(now))}


def about(today: date) -> dict:
    """The edition that receives people today, with its partners and what it promised."""
    edition = receiving_edition(today)
    if edition is None:
        return {"edition": None, "partnerships": [], "macro_actions": []}
    return {
        "edition": edition,
        "partnerships": list(edition.partnerships.select_related("organisation")),
        "macro_actions": list(edition.macro_actions.all()),
    }


# --- young people ------------------------------------------------------------------------

# How the state of an action, an enrolment or an internship is drawn (docs/look.md, status).
KINDS = {
    ActionState.TO_DO: "todo",
    ActionState.DOING: "going",
    ActionState.DONE: "done",
    EnrolmentState.ENROLLED: "going",
    EnrolmentState.WAITING: "waiting",
    EnrolmentState.OFFERED: "warn",
    InternshipState.PROPOSED: "waiting",
    InternshipState.AGREED: "waiting",
    InternshipState.IN_SIGNATURE: "waiting",
    InternshipState.SIGNED: "going",
    InternshipState.RUNNING: "going",
    InternshipState.SUSPENDED: "warn",
}


def young_home(user, now: datetime) -> dict:
    """The next step, how far the plan is, and what the young person takes part in now."""
    person, today = user.person, timezone.localdate(now)
    way = intake.my_way(user, now)
    participation = way.participation
    if participation is None:
        return {"person": person, "participation": None, "others_sign": waiting_for_others(person, today)}
    return {
        "person": person,
        "participation": participation,
        "others_sign": waiting_for_others(person, today) if participation.has_open_consents else [],
        "soon_of_age": intake.is_soon_of_age(person, today),
        "step": way.step,
        "plan": way.outline,
        "tasks": [_task(action) for action in way.outline.actions] if way.outline else [],
        "taking_part": _taking_part(participation),
        "rate": feedback.talk_to_rate(participation, now),
        "faces": Face,
        "new_messages": participation.has_messages,
    }


def offline(user, now: datetime) -> dict:
    """The same to be read without a network: with the talks to come and the goals of the plan."""
    return {"person": user.person, "now": now, **vars(intake.my_way(user, now))}


def _task(action) -> dict:
    hours = ""
    if action.hours_planned:
        hours = _("%(done)s of %(planned)s hours") % {
            "done": formats.localize(action.hours_done.normalize()),
            "planned": formats.localize(action.hours_planned.normalize()),
        }
    by_when = (
        ""
        if action.state == ActionState.DONE
        else _("by %(day)s") % {"day": formats.date_format(action.due_on, "D j F")}
    )
    return {
        "title": action.title,
        "hint": " · ".join(part for part in (by_when, hours) if part),
        "state": word_of(action, "state"),
        "kind": KINDS[action.state],
    }


def _taking_part(participation) -> list[dict]:
    """Activities and internships that go on or come, and what goes on beside the plan."""
    enrolments = _enrolments_now(participation=participation.pk) if participation.may_have("enrolments") else []
    internships = [row for row in internships_of(participation) if row.state in OPEN_STATES]
    return (
        [
            {
                "title": e.run.opportunity.title,
                "url": reverse("pathways:enrolment-detail", args=[e.pk]),
                "hint": _("from %(day)s") % {"day": formats.date_format(e.run.starts_on, "D j F")},
                "state": word_of(e, "state"),
                "kind": KINDS[e.state],
            }
            for e in enrolments
        ]
        + [
            {
                "title": _("Internship at %(host)s") % {"host": i.unit.host.name},
                "url": reverse("internships:internship-detail", args=[i.pk]),
                "hint": _("from %(day)s") % {"day": formats.date_format(i.starts_on, "D j F")},
                "state": word_of(i, "state"),
                "kind": KINDS[i.state],
            }
            for i in internships
        ]
        + intake.beside_plan(participation)
    )


_enrolments_now = Prepared(
    lambda participation: (
        Enrolment.objects.filter(participation=participation, state__in=ACTIVE)
        .select_related("run__opportunity")
        .only("state", "run__starts_on", "run__opportunity__title")
        .order_by("run__starts_on", "pk")
    )
)


# --- staff -------------------------------------------------------------------------------


def only_start_page(user) -> str:
    """The page of the one thing that this user does; empty when there are several, or none."""
    pages = set()
    if user.is_superuser:
        return ""
    if is_operator(user):
        pages.add("intake:reception-list")
    if is_coordinator(user) or is_evaluator(user):
        pages.add("reporting:dashboard")
    if can_handle_requests(user):
        pages.add("accounts:privacy-request-list")
    if user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN):
        pages.add("")
    return navigation.path(pages.pop()) if len(pages) == 1 and "" not in pages else ""


def staff_home(user, now: datetime) -> dict:
    """What waits for a partner's staff; for others the pages that are theirs."""
    partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    pages = [entry for entry in navigation.menu(user, "") if entry["url"] != reverse("portal:home")]
    administration = reverse("admin:index") if user.is_superuser else ""
    waiting = _waiting_for(partners, now) if partners else None
    return {"pages": pages, "administration": administration, "waiting": waiting}


def _waiting_for(partners: list, now: datetime) -> dict:
    referrals = Referral.objects.filter(organisation__in=partners, state=ReferralState.SENT)
    sessions = Session.objects.filter(
        run__opportunity__organisation__in=partners,
        run__state__in=[RunState.PLANNED, RunState.RUNNING],
        recorded_at__isnull=True,
        ends_at__lte=now,
    )
    internships = (
        Internship.objects.filter(promoter__in=partners, state__in=OPEN_STATES)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    by_state = dict(internships)
    return {
        "referrals": list(referrals.select_related("participation__person").order_by("sent_at", "pk")[:SOME]),
        "sessions": list(sessions.select_related("run__opportunity").order_by("starts_at", "pk")[:SOME]),
        "internships": [
            {"label": state.label, "kind": KINDS[state], "count": by_state[state]}
            for state in InternshipState
            if state in by_state
        ],
    }


# --- the demo ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A role one can take in the demo, and what to try in it."""

    title: str
    does: str
    tries: str
    players: list


ROLES = [
    (
        Role.OPERATOR,
        gettext_lazy("Receives people at the Informagiovani desk, talks with them, makes the plan with them."),
        gettext_lazy("Open the reception list, receive who is waiting, write an interview, propose a plan."),
    ),
    (
        Role.COORDINATOR,
        gettext_lazy("Leads the project for the City: are we on the way, where is the money?"),
        gettext_lazy("Open a figure to see its rows, enter an expense, ask for the report."),
    ),
    (
        Role.PARTNER_STAFF,
        gettext_lazy("Publishes activities, marks who was there, follows internships."),
        gettext_lazy("Answer a referral, mark attendance, move an internship on."),
    ),
    (
        Role.PARTNER_ADMIN,
        gettext_lazy("Answers for a partner: its people, activities and expenses."),
        gettext_lazy("Publish an activity, enter an expense."),
    ),
    (
        Role.EVALUATOR,
        gettext_lazy("Evaluates for the monitoring partner. Reads, and changes nothing."),
        gettext_lazy("Read figures and budget, download a report."),
    ),
    (
        Role.PRIVACY_OFFICER,
        gettext_lazy("Answers people who ask about their data, for the City."),
        gettext_lazy("Answer the request whose term is near, see what an erasure takes away, enter a letter."),
    ),
]


def demo_cast() -> dict:
    """Young people, one at each stage, and staff of every role, by name."""
    members: dict[str, list] = {role: [] for role, _does, _tries in ROLES}
    for membership in (
        Membership.objects.filter(is_active=True, user__is_active=True)
        .order_by("role", "organisation_id", "pk")
        .distinct("role", "organisation_id")
        .select_related("user", "organisation")
    ):
        members[membership.role].append({"user": membership.user, "note": membership.organisation.short_name})
    staff = [Part(Role(role).label, does, tries, members[role]) for role, does, tries in ROLES]
    administrators = User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined", "pk")[:1]
    staff.append(
        Part(
            _("Administrator"),
            _("The City's IT: installs, looks after accounts."),
            _("Enter the administration."),
            [{"user": user, "note": ""} for user in administrators],
        )
    )
    return {"young": young_cast(), "staff": [part for part in staff if part.players]}


def young_cast() -> list[dict]:
    """One young person with an account at each stage of the way, in its order; then one in an internship."""
    rows = (
        Participation.objects.filter(person__user__is_active=True)
        .order_by("state", "-opened_at", "pk")
        .distinct("state")
        .select_related("person__user")
    )
    by_state = {row.state: row for row in rows}
    cast = [
        {"user": by_state[state].person.user, "name": by_state[state].person.full_name, "stage": state.label}
        for state in ParticipationState
        if state in by_state
    ]
    at_work = (
        Internship.objects.filter(state=InternshipState.RUNNING, participation__person__user__is_active=True)
        .order_by("starts_on", "pk")
        .select_related("participation__person__user")
    )
    for row in at_work[:1]:
        # Who keeps a register on the phone: nobody of the stages above need be in an internship.
        person = row.participation.person
        cast.append({"user": person.user, "name": person.full_name, "stage": _("In an internship")})
    return cast


def mailbox(before: str) -> dict:
    """The mail and SMS that arrived before the one with the id `before` (empty: the newest), by id, which grows."""
    rows = MailboxMessage.objects.select_related("message").order_by("-pk")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows[: MAIL + 1])
    return {"arrived": found[:MAIL], "older": found[MAIL - 1].pk if len(found) > MAIL else None}
