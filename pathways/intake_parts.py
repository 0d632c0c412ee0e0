"""What this room shows on the desk's pages: registered on intake's hooks."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import is_partner_of
from intake.enums import ReferralPurpose, ReferralState
from intake.hooks import Achieved
from intake.workflow import OPEN_STATES
from migwork.words import word_of
from pathways import permissions
from pathways.enums import Family, PathKind
from pathways.families import family_in
from pathways.models import AccompaniedPath, Enrolment
from pathways.paths import KINDS
from pathways.queries import mine, paths, signatures


def file_section(participation, user) -> dict | None:
    """The person's enrolments on their file, and where an operator enrols them."""
    enrolments = mine.enrolments_of([participation])
    signatures.mark_unsigned(enrolments, participation.person, timezone.localdate())
    return {
        "title": _("Courses and activities"),
        "template": "pathways/_file_section.html",
        "context": {
            "participation": participation,
            "enrolments": enrolments,
            "can_enrol": permissions.can_enrol(user, participation),
        },
    }


def way_marks(participation, now) -> dict:
    """Whether somebody has enrolments, a place to answer for, sessions to come, and paths on which one goes along."""
    return {
        "has_enrolments": Exists(Enrolment.objects.filter(participation=participation)),
        "has_offers": Exists(mine.waiting_offers(participation, now)),
        "has_sessions": Exists(mine.coming_sessions(participation, now)),
        "has_paths": Exists(AccompaniedPath.objects.open().filter(participation=participation)),
    }


def paths_section(participation, user) -> dict | None:
    """The person's accompanied paths on their file, and where an operator begins one."""
    rows = paths.paths_of(participation)
    may_begin = permissions.can_begin_path(user, participation, PathKind.STUDY) and participation.state in OPEN_STATES
    if not rows and not may_begin:
        return None
    return {
        "title": _("Accompanied paths"),
        "template": "pathways/_file_paths.html",
        "context": {
            "rows": rows,
            # Coordinators count how paths end, but read none.
            "may_open": permissions.people.is_operator(user),
            "begin": [
                {"label": KINDS[kind].begin, "url": reverse(KINDS[kind].person_page, args=[participation.pk])}
                for kind in paths.may_begin(rows)
            ]
            if may_begin
            else [],
        },
    }


def action_links(actions, user) -> dict:
    """For each step of a plan that is an activity: the enrolment, or where to find one. One query."""
    activities = [action for action in actions if action.kind == "activity"]
    participation = actions[0].goal.plan.participation
    enrolments = mine.enrolments_by_action(activities) if activities and participation.may_have("enrolments") else {}
    found = {}
    for action in activities:
        links = [
            {
                "label": enrolment.run.opportunity.title,
                "url": reverse("pathways:enrolment-detail", args=[enrolment.pk]),
                "state": word_of(enrolment, "state"),
            }
            for enrolment in enrolments.get(action.pk, [])
        ]
        if not links and mine.wants_activity(action):
            links = [{"label": _("Find a course"), "url": _where_to_look(action, user), "state": ""}]
        if links:
            found[action.pk] = links
    return found


def _where_to_look(action, user) -> str:
    participation = action.goal.plan.participation_id
    if user is not None and user.is_authenticated and user.person is None:
        return reverse("pathways:person-enrol", args=[participation])
    family = family_in(action.title) or family_in(action.goal.title)
    asked = {"famiglia": family} if family else {}
    return f"{reverse('pathways:opportunity-list')}?{urlencode({**asked, 'azione': action.pk})}"


def referral_links(referral, user) -> list[dict]:
    """For the partner that said yes to a course: where the person is enrolled, or the courses to choose from."""
    wanted = referral.purpose == ReferralPurpose.TRAINING and referral.state == ReferralState.ACCEPTED
    if not wanted or not is_partner_of(user, referral.organisation_id):
        return []
    links = [
        {"label": enrolment.run.opportunity.title, "url": reverse("pathways:run-detail", args=[enrolment.run_id])}
        for enrolment in mine.enrolments_with(referral.participation, referral.organisation)
    ]
    return links or [{"label": _("Your activities"), "url": reverse("pathways:activity-list")}]


def next_steps(participation, now) -> list[dict]:
    """A place that waits for one's answer, before all else: it goes to the next; the next session of each activity in
    which the person has a place. A query each, none for whom it does not concern.
    """
    return [
        {
            "at": enrolment.offered_until,
            "is_first": True,
            "when": _("Answer by %(moment)s")
            % {"moment": date_format(timezone.localtime(enrolment.offered_until), "l j F, H:i")},
            "title": _("A place is free: do you want it?"),
            "detail": enrolment.run.opportunity.title,
            "url": reverse("pathways:enrolment-detail", args=[enrolment.pk]),
            "label": _("Say yes or no"),
        }
        for enrolment in mine.offers_to(participation, now)
    ] + [
        {
            "at": session.starts_at,
            "title": session.run.opportunity.title,
            "detail": session.place or session.run.opportunity.place,
            "url": reverse("pathways:opportunity-detail", args=[session.run.opportunity.slug]),
            "label": _("See where and when"),
        }
        for session in mine.next_sessions(participation, now)
    ]


# In a CV these stand beside work, not beside school.
AT_WORK = (Family.INTERNSHIP, Family.JOB_SHADOWING, Family.ABROAD, Family.VOLUNTEERING)


def achievements(person) -> list[Achieved]:
    """The activities that somebody completed, with the hours for which they were there. One query."""
    return [
        Achieved(
            kind="internship" if row.run.opportunity.family in AT_WORK else "course",
            title=row.run.opportunity.title,
            place=str(row.run.opportunity.organisation),
            began=row.run.starts_on,
            ended=row.run.ends_on,
            hours=row.hours_there or Decimal(0),
            certificate=row.certificate_number or "",
            url=reverse("pathways:certificate-paper", args=[row.certificate]) if row.certificate else "",
        )
        for row in mine.completed_by(person)
    ]
