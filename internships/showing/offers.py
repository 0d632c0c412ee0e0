"""What other rooms' pages show of offers and applications; hung on the hooks of pathways and intake."""

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import is_operator, is_staff_member
from internships.enums import ApplicationState as S
from internships.models import Application
from internships.permissions import can_write_offers
from internships.queries.applications import counts, own_application, participation_for
from internships.queries.offers import offer_of, points_for, published_rates
from internships.standing import KINDS, interview_words, standing
from migwork.calendar import start_of
from pathways.enums import Family

FAMILIES = (Family.INTERNSHIP, Family.JOB_SHADOWING)


def joining(opportunity, user, on) -> dict | None:
    """On the page of the catalogue: days, allowance, how fast one is answered, and the way to apply."""
    offer = offer_of(opportunity) if opportunity.family in FAMILIES else None
    if offer is None:
        return None
    person = user.person if user.is_authenticated else None
    is_staff = user.is_authenticated and person is None and is_staff_member(user)
    participation = participation_for(person, opportunity.edition_id) if person else None
    application = own_application(offer, participation)
    points = points_for(offer, participation, on, application) if person else []
    own = application is not None and application.state != S.DRAFT
    # Nobody is led into an account for what takes nobody now.
    points_of_all = points_for(offer, None, on)[1:]
    stopped = next((point for point in points_of_all if point.stops), None)
    action = None
    if own:
        action = (reverse("internships:application-detail", args=[application.pk]), _("My application"))
    elif not is_staff and not stopped and not any(point.stops for point in points):
        words = _("Go on with your application") if application else _("Apply for it")
        action = (reverse("internships:apply", args=[offer.pk]), words)
    return {
        "template": "internships/_offer_join.html",
        "action": action,
        "runs": [] if stopped else [offer.run],
        "offer": offer,
        "application": application if own else None,
        "standing": standing(application, now=timezone.now()) if own else None,
        "points": points,
        "can_apply": bool(points) and not any(point.stops for point in points),
        "stopped": stopped,
        "rates": published_rates(offer, timezone.now()),
    }


def managing(opportunity, user) -> dict | None:
    """On the partner's page of the activity: how many applied, and the way to them."""
    offer = offer_of(opportunity) if opportunity.family in FAMILIES else None
    if offer is None:
        return None
    by_state = counts(offer)
    name = "offer-edit" if can_write_offers(user, opportunity.organisation_id) else "offer-detail"
    return {
        "template": "internships/_offer_manage.html",
        "edit_url": reverse(f"internships:{name}", args=[offer.pk]),
        "offer": offer,
        "applied": sum(by_state.values()),
        "unanswered": by_state.get(S.SENT, 0),
        "waiting": sum(by_state.get(state, 0) for state in (S.SENT, S.SHORTLISTED, S.INVITED)),
    }


def file_section(participation, user) -> dict | None:
    """On the person's file: what they applied for, for operators."""
    if not is_operator(user):
        return None
    rows = list(Application.objects.sent().filter(participation=participation).whole().order_by("-sent_at", "pk")[:50])
    if not rows:
        return None
    for row in rows:
        row.kind = KINDS[row.state]
    return {"title": _("Applications"), "template": "internships/_file_applications.html", "context": {"rows": rows}}


def way_marks(participation, now) -> dict:
    """Whether somebody has an application to send, or an interview."""
    rows = Application.objects.filter(participation=participation, state__in=[S.DRAFT, S.INVITED])
    return {"has_applications": Exists(rows)}


def next_steps(participation, now) -> list[dict]:
    """For the young person: an interview, and what was written and not sent."""
    if not participation.may_have("applications"):
        return []
    rows = Application.objects.filter(participation=participation, state__in=[S.DRAFT, S.INVITED]).whole()
    return [step for row in rows if (step := _step(row, now))]


def _step(row, now) -> dict | None:
    host = {"host": row.offer.unit.host}
    if row.state == S.INVITED:
        if row.interview_at < now:
            return None
        return {
            "at": row.interview_at,
            "title": _("Interview at %(host)s") % host,
            "detail": interview_words(row),
            "url": reverse("internships:application-detail", args=[row.pk]),
            "label": _("See your application"),
        }
    if any(point.stops for point in points_for(row.offer, None, timezone.localdate(now))[1:]):
        return None
    return {
        "at": start_of(row.offer.run.enrol_by),
        "title": _("Send your application to %(host)s") % host,
        "detail": row.offer.opportunity.title,
        "url": reverse("internships:application-send", args=[row.pk]),
        "label": _("Look at it and send it"),
    }
