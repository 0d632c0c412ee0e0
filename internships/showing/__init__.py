"""What other rooms' pages show of internships; hung on intake's hooks."""

import datetime
from decimal import Decimal

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake.enums import ReferralPurpose
from intake.hooks import Achieved
from internships.enums import InternshipState as S
from internships.models import Internship
from internships.permissions import can_open, can_see
from internships.queries import can_be_served, internships_of
from internships.queries.days import waits_today
from migwork.words import word_of

# The shape beside each state's word.
KINDS = {
    S.PROPOSED: "todo",
    S.AGREED: "waiting",
    S.IN_SIGNATURE: "waiting",
    S.SIGNED: "waiting",
    S.RUNNING: "going",
    S.SUSPENDED: "warn",
    S.COMPLETED: "done",
    S.ENDED_EARLY: "stop",
    S.CANCELLED: "stop",
}

# In these states the intern has something before them.
GOING = (S.AGREED, S.IN_SIGNATURE, S.SIGNED, S.RUNNING)


def url_of(internship) -> str:
    return reverse("internships:internship-detail", args=[internship.pk])


def file_section(participation, user) -> dict | None:
    """On the person's file: their internships, where there are any."""
    found = Internship.objects.visible_to(user).filter(participation=participation)
    rows = list(found.select_related("unit__host", "promoter").with_register().order_by("-starts_on", "pk"))
    if not rows:
        return None
    for row in rows:
        row.kind, row.url = KINDS[row.state], url_of(row)
    return {
        "title": _("Internships"),
        "template": "internships/_file_section.html",
        "context": {"internships": rows},
    }


def way_marks(participation, now) -> dict:
    """Whether somebody has internships."""
    return {"has_internships": Exists(Internship.objects.filter(participation=participation))}


def action_links(actions, user) -> dict:
    """Beside each action of a plan: the internships that serve it and that `user` may see, those given up last."""
    participation = actions[0].goal.plan.participation
    links: dict = {}
    for row in sorted(internships_of(participation), key=lambda row: (row.created_at, row.pk)):
        if row.plan_action_id is None or not can_see(user, row):
            continue
        link = {
            "label": _("Internship at %(host)s") % {"host": row.unit.host},
            "url": url_of(row),
            "state": word_of(row, "state"),
        }
        links.setdefault(row.plan_action_id, []).append(link)
    return links


def referral_links(referral, user) -> list[dict]:
    """On a referral: to open an internship, or the ones opened from it."""
    if referral.purpose != ReferralPurpose.INTERNSHIP:
        return []
    links = []
    if can_open(user, referral) and can_be_served(referral):
        address = reverse("internships:internship-create", args=[referral.pk])
        links.append({"label": _("Open an internship"), "url": address})
    opened = Internship.objects.visible_to(user).filter(referral=referral).select_related("unit__host")
    for row in opened.order_by("-created_at", "pk"):
        links.append({"label": _("Internship at %(host)s") % {"host": row.unit.host}, "url": url_of(row)})
    return links


def next_steps(participation, now) -> list[dict]:
    """For the young person: the papers to sign, the first day, today's hours, the last day."""
    today = timezone.localdate(now)
    rows = [row for row in internships_of(participation) if row.state in GOING]
    return [_today(row, today) if waits_today(row, today) else next_step(row) for row in rows]


def achievements(person) -> list[Achieved]:
    """The internships that somebody completed, with the hours of their register. One query."""
    completed = Internship.objects.filter(participation__person=person, state=S.COMPLETED)
    return [
        Achieved(
            kind="internship",
            title=row.title,
            place=str(row.unit.host),
            began=row.starts_on,
            ended=row.ends_on,
            hours=row.hours_attended or Decimal(0),
        )
        for row in completed.select_related("unit__host").with_register()
    ]


def _today(internship, today) -> dict:
    """The hours of today, which nobody has said yet."""
    return {
        "at": today,
        "title": _("How many hours at %(host)s today?") % {"host": internship.unit.host},
        "detail": _("One tap and today is said. It also works without a network."),
        "url": reverse("internships:my-days", args=[internship.pk]),
        "label": _("Say your hours"),
    }


def next_step(internship) -> dict:
    """What comes next for the intern, and when."""
    host = {"host": internship.unit.host}
    first = date_format(internship.starts_on, "j F")
    match internship.state:
        case S.AGREED:
            at = internship.starts_on - datetime.timedelta(days=1)
            title = _("Your internship at %(host)s is being prepared") % host
            detail = _("It starts on %(day)s. We write to you when there is something to read or to sign.") % {
                "day": first
            }
        case S.IN_SIGNATURE:
            at = internship.starts_on - datetime.timedelta(days=1)
            title = _("Sign the papers for your internship at %(host)s") % host
            detail = _("It starts on %(day)s: before then all must have signed.") % {"day": first}
        case S.SIGNED:
            at = internship.starts_on
            title = _("Your internship at %(host)s starts") % host
            detail = f"{internship.unit.address}, {internship.unit.municipality}"
        case _running:
            at = internship.ends_on
            title = _("You are in your internship at %(host)s") % host
            detail = f"{internship.unit.address}, {internship.unit.municipality}"
            days = reverse("internships:my-days", args=[internship.pk])
            return {"at": at, "title": title, "detail": detail, "url": days, "label": _("Say your hours")}
    return {"at": at, "title": title, "detail": detail, "url": url_of(internship), "label": _("See your internship")}
