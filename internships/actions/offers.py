"""Writing an offer of an internship: an opportunity of the catalogue, at a workplace of a host."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.privacy.actions import record
from internships.actions.tutors import promoter_members
from internships.enums import InternshipKind
from internships.models import Offer, OperatingUnit, planned_hours
from internships.permissions import check_can_write_offers
from internships.queries.offers import offer_places
from internships.queries.rules import OUTSIDE_SCHOOL
from pathways import actions as pathways
from pathways.enums import Family
from programme.enums import MacroActionKind

# What of an offer the opportunity holds: its words, whom it is for, and what one must bring.
OF_OPPORTUNITY = (
    *("title", "summary", "description", "for_whom", "what_you_get", "what_you_need", "contact"),
    *("min_age", "max_age", "municipio", "situations", "employment_in", "min_education", "italian_level", "wants_plan"),
)
FIELDS = ("unit", "kind", "host_tutor", "weekly_hours", "allowance", "answered_by")


@transaction.atomic
def save_offer(
    *,
    offer: Offer | None = None,
    edition=None,
    organisation=None,
    unit,
    host_tutor,
    kind: str,
    starts_on: date,
    ends_on: date,
    apply_by: date,
    weekly_hours: Decimal,
    allowance: str,
    places: int,
    answered_by,
    by,
    now: datetime,
    **words,
) -> Offer:
    """Write an offer, or change one. By the partner's staff. It is published as every activity is.

    `words`: any of OF_OPPORTUNITY. Of places it has no more than are free at the workplace by the quota: see
    queries.offers.offer_places.
    """
    if unknown := set(words) - set(OF_OPPORTUNITY):
        raise TypeError(f"no such fields: {sorted(unknown)}")
    if offer is not None:
        offer = Offer.objects.select_for_update(of=("self",)).select_related("opportunity", "run").get(pk=offer.pk)
        organisation, edition = offer.opportunity.organisation, offer.opportunity.edition
    check_can_write_offers(by, organisation.pk)
    # Two offers for one workplace are counted one after the other.
    unit = OperatingUnit.objects.select_for_update(of=("self",)).select_related("host").get(pk=unit.pk)
    _check(offer, unit, host_tutor, kind, starts_on, ends_on, apply_by, places, organisation, answered_by, now)
    macro_action = edition.macro_actions.filter(kind=MacroActionKind.TRAINING).first() if edition else None
    opportunity = pathways.save_opportunity(
        opportunity=offer.opportunity if offer else None,
        edition=edition,
        organisation=organisation,
        macro_action=macro_action,
        family=Family.JOB_SHADOWING if kind == InternshipKind.SHADOWING else Family.INTERNSHIP,
        place=f"{unit.host}, {unit.address}, {unit.municipality}"[:200],
        by=by,
        now=now,
        **words,
    )
    dates = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "enrol_by": apply_by,
        "hours": planned_hours(weekly_hours, starts_on, ends_on),
        "places": places,
    }
    values = {
        "unit": unit,
        "kind": kind,
        "host_tutor": host_tutor,
        "weekly_hours": weekly_hours,
        "allowance": allowance.strip(),
        "answered_by": answered_by,
    }
    if offer is None:
        run = pathways.plan_run(opportunity=opportunity, by_application=True, by=by, now=now, **dates)
        offer = Offer(opportunity=opportunity, run=run, created_at=now, created_by=by)
        changed = list(FIELDS)
    else:
        offer.opportunity = opportunity
        offer.run = pathways.replan_run(run=offer.run, by=by, now=now, **dates)
        changed = [name for name in FIELDS if getattr(offer, name) != values[name]]
    for name, value in values.items():
        setattr(offer, name, value)
    offer.full_clean(exclude=["opportunity", "run", "unit", "host_tutor", "answered_by", "created_by"])
    offer.save()
    verb = "internships.offer_written" if offer.created_at == now else "internships.offer_changed"
    record(verb=verb, by=by, now=now, on=offer, fields=changed)
    return offer


def _check(offer, unit, host_tutor, kind, starts_on, ends_on, apply_by, places, organisation, answered_by, now):
    """ValidationError, each sentence beside its field."""
    today, wrong = timezone.localdate(now), {}
    if ends_on <= starts_on:
        wrong["ends_on"] = _("The last day must be after the first.")
    if offer is None and starts_on <= today:
        wrong["starts_on"] = _("It begins later than today: people need the time to apply.")
    if apply_by > starts_on:
        wrong["apply_by"] = _("One applies until the first day at the latest.")
    if offer is None and apply_by < today:
        wrong["apply_by"] = _("This day is over.")
    if host_tutor is not None and host_tutor.host_id != unit.host_id:
        wrong["host_tutor"] = _("This tutor belongs to another host.")
    if not promoter_members(organisation.pk).filter(user=answered_by).exists():
        wrong["answered_by"] = _("Who answers must be one of your own colleagues.")
    if kind in OUTSIDE_SCHOOL:
        most = offer_places(unit.host, today, besides=offer)[unit.pk].most
        # The places that were taken by this very offer are interns of the workplace already, or about to be.
        if places > most + (offer.run.places_taken if offer else 0):
            wrong["places"] = (
                ngettext(
                    "At this workplace %(n)s place is free for offers.",
                    "At this workplace %(n)s places are free for offers.",
                    most,
                )
                % {"n": most}
                if most
                else _("At this workplace no place is free for offers now.")
            )
    if wrong:
        raise ValidationError(wrong)
