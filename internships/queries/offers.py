"""Offers of internships: who can apply, how many places the workplace has for them, how fast they are answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.enums import ApplicationState as S
from internships.models import Application, Offer
from internships.queries.places import Places, places_of
from internships.queries.rules import OUTSIDE_SCHOOL
from migwork.months import add_months
from migwork.prepared import Prepared
from pathways import eligibility
from pathways.eligibility import Point
from pathways.enums import OpportunityState
from pathways.queries import signatures

# How old the share of answered applications may be that the catalogue shows: months of answers change it little.
RATES_SECONDS = 300
_behind = Prepared(lambda opportunity: Offer.objects.whole().filter(opportunity=opportunity))


def offer_of(opportunity) -> Offer | None:
    """The offer behind an opportunity of the catalogue, all of it read; one query."""
    found = _behind.first(opportunity=opportunity.pk)
    if found is not None:
        found.opportunity = found.run.opportunity = opportunity
    return found


def points_for(offer, participation, on: date, application=None) -> list[Point]:
    """Why somebody can or can't apply, point by point: as for enrolling, in the words of applying."""
    unsigned = ""
    if participation is not None:
        unsigned = signatures.why_not(offer.opportunity, signatures.stops(participation.person, on))
    offer.run.opportunity = offer.opportunity
    points = eligibility.points(offer.run, participation, on=on, unsigned=unsigned)
    own = {"deadline": _deadline(offer, on), "places": _places(offer)}
    points = [own.get(point.code, point) for point in points]
    if application is not None and application.state != S.DRAFT:
        points.append(Point("again", ok=False, sentence=_("You have applied for this internship already.")))
    return points


def _deadline(offer, on: date) -> Point:
    code, run = "deadline", offer.run
    day = date_format(run.enrol_by, "l j F Y")
    if offer.opportunity.state != OpportunityState.PUBLISHED:
        return Point(code, ok=False, sentence=_("This offer is closed: nobody can apply any more."))
    if run.paused_at is not None:
        sentence = _(
            "This offer is on pause: the company has not answered whoever applied before. Look at it again soon."
        )
        return Point(code, ok=False, sentence=sentence)
    if on > run.enrol_by:
        return Point(code, ok=False, sentence=_("The last day to apply was %(day)s.") % {"day": day})
    return Point(code, ok=True, sentence=_("You can apply until %(day)s.") % {"day": day})


def _places(offer) -> Point:
    left = offer.run.places_left
    if left > 0:
        sentence = ngettext("%(n)s place is free.", "%(n)s places are free.", left) % {"n": left}
        return Point("places", ok=True, sentence=sentence)
    return Point("places", ok=False, sentence=_("It is full: all places are taken."))


@dataclass
class OfferPlaces:
    """How many places an offer at a workplace may have: those free by the quota, less those offered already."""

    places: Places
    offered: int

    @property
    def most(self) -> int:
        return max(0, self.places.free - self.offered)

    @property
    def why(self) -> list[str]:
        sentences = [f"{self.places.sentence}.", *self.places.why]
        if self.offered:
            sentences.append(
                ngettext("%(n)s of them is in another offer.", "%(n)s of them are in other offers.", self.offered)
                % {"n": self.offered}
            )
        return sentences


def offer_places(host, today: date, besides=None) -> dict[int, OfferPlaces]:
    """By workplace of `host`: how many places an offer may have; of the offer `besides` its own are not counted."""
    offers = Offer.objects.filter(unit__host=host, kind__in=OUTSIDE_SCHOOL, run__ends_on__gte=today)
    offers = offers.exclude(opportunity__state=OpportunityState.EXPIRED)
    if besides is not None:
        offers = offers.exclude(pk=besides.pk)
    offered: dict[int, int] = {}
    for unit, left in offers.values_list("unit", F("run__places") - F("run__places_taken")):
        offered[unit] = offered.get(unit, 0) + left
    return {row.unit.pk: OfferPlaces(row, offered.get(row.unit.pk, 0)) for row in places_of(host, today)}


@dataclass(frozen=True)
class Rate:
    """Of so many applications, how many heard something within the days."""

    answered: int
    asked: int

    @property
    def share(self) -> int:
        return round(100 * self.answered / self.asked)


@dataclass(frozen=True)
class Rates:
    host: Rate | None
    partner: Rate | None
    days: int


def published_rates(offer, now: datetime) -> Rates:
    """As rates_of, for the catalogue: at most RATES_SECONDS old."""
    cache = caches["process"]
    key = f"internships.rates.{offer.unit.host_id}.{offer.opportunity.organisation_id}"
    if (rates := cache.get(key)) is None:
        rates = rates_of(offer, now)
        cache.set(key, rates, RATES_SECONDS)
    return rates


def rates_of(offer, now: datetime) -> Rates:
    """How fast the host and the partner answer whoever applies; None where too few applied to say. One query.

    Only those count who had the days to be answered in; who withdrew before an answer says nothing of the host.
    """
    since = add_months(timezone.localdate(now), -settings.APPLICATION_RATE_MONTHS)
    days = timedelta(days=settings.APPLICATION_RATE_DAYS)
    at_host, at_partner = (
        Q(offer__unit__host=offer.unit.host_id),
        Q(offer__opportunity__organisation=offer.opportunity.organisation_id),
    )
    in_time = Q(answered_at__lte=F("sent_at") + days)
    rows = Application.objects.sent().filter(at_host | at_partner, sent_at__date__gte=since, sent_at__lte=now - days)
    rows = rows.exclude(state=S.WITHDRAWN, answered_at=None)
    counted = rows.aggregate(
        host=Count("pk", filter=at_host),
        host_in_time=Count("pk", filter=at_host & in_time),
        partner=Count("pk", filter=at_partner),
        partner_in_time=Count("pk", filter=at_partner & in_time),
    )

    def rate(name):
        asked = counted[name]
        return Rate(counted[f"{name}_in_time"], asked) if asked >= settings.APPLICATION_RATE_LEAST else None

    return Rates(rate("host"), rate("partner"), settings.APPLICATION_RATE_DAYS)
