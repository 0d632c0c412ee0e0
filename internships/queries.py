"""Reads for the pages of internships, each in a constant number of queries."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from accounts.enums import Role
from foundation.privacy.models import Event
from intake.enums import ReferralPurpose, ReferralState
from intake.models import Referral
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from internships.enums import InternshipState
from internships.models import Host, Internship
from internships.policies import due
from internships.workflow import OPEN_STATES
from migwork.text import sort_key
from programme.models import Organisation

PER_STATE = 10
PAGE = 25
# Counts stop here: "200+" says enough.
MANY = 200
PICKER_SIZE = 20


@dataclass
class Filters:
    """What the board shows; all in the address."""

    state: str = ""
    mine: bool = False
    name: str = ""
    promoter: int | None = None
    after: str = ""


@dataclass
class Group:
    """One state of the board: how many there are, and the first of them."""

    state: InternshipState
    count: int = 0
    rows: list = field(default_factory=list)
    url: str = ""

    @property
    def many(self) -> bool:
        return self.count > MANY


def scope(user, filters: Filters) -> QuerySet[Internship]:
    """The internships that `user` may see and asked for, whatever their state."""
    found = Internship.objects.visible_to(user)
    if filters.mine:
        found = found.filter(promoter_tutor=user)
    if filters.promoter:
        found = found.filter(promoter=filters.promoter)
    if key := sort_key(filters.name):
        person = Q(participation__person__sort_key__startswith=key)
        person |= Q(participation__person__sort_key__contains=f" {key}")
        found = found.filter(person)
    return found


def board(user, filters: Filters, today: datetime.date) -> list[Group]:
    """All states with their counts (up to 200+); unless one is asked for, the open ones with their first ten."""
    found = scope(user, filters)
    counts = _counts(found)
    groups = {state: Group(state, counts.get(state, 0)) for state in InternshipState}
    if not filters.state:
        first = [
            found.filter(state=state).order_by("starts_on", "pk").values_list("pk", flat=True)[:PER_STATE]
            for state in OPEN_STATES
        ]
        rows = Internship.objects.filter(pk__in=list(first[0].union(*first[1:], all=True)))
        for row in _rows(rows.order_by("starts_on", "pk"), today):
            groups[InternshipState(row.state)].rows.append(row)
    return list(groups.values())


def _counts(found: QuerySet[Internship]) -> dict[str, int]:
    """How many are in each state; the database stops counting a state after `MANY` and one."""
    parts = [found.filter(state=state).order_by().values("state")[: MANY + 1] for state in InternshipState]
    sql, params = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        # The ORM cannot group a union; all that stands in `sql` it wrote itself.
        cursor.execute(f"SELECT state, count(*) FROM ({sql}) AS few GROUP BY state", params)  # noqa: S608
        return dict(cursor.fetchall())


def page_of_state(user, filters: Filters, today: datetime.date) -> tuple[list[Internship], str]:
    """The internships of one state after the one named in `filters.after`; and what to name for the next page."""
    found = scope(user, filters).filter(state=filters.state).order_by("starts_on", "pk")
    if mark := _read_mark(filters.after):
        starts_on, pk = mark
        found = found.filter(Q(starts_on__gt=starts_on) | Q(starts_on=starts_on, pk__gt=pk))
    rows = _rows(found[: PAGE + 1], today)
    following = ""
    if len(rows) > PAGE:
        rows = rows[:PAGE]
        following = f"{rows[-1].starts_on.isoformat()}_{rows[-1].pk}"
    return rows, following


def _read_mark(mark: str) -> tuple[datetime.date, UUID] | None:
    day, _bar, pk = mark.partition("_")
    try:
        return datetime.date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None


def _rows(internships: QuerySet[Internship], today) -> list[Internship]:
    """With all that a row shows, and `due`."""
    rows = list(
        internships.select_related("participation__person", "unit__host", "promoter", "promoter_tutor").with_register()
    )
    for row in rows:
        row.due = due(row, row.last_day, today)
    return rows


def promoters(user) -> QuerySet[Organisation]:
    """For the filter of those who see the internships of all."""
    if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
        return Organisation.objects.filter(Exists(Internship.objects.filter(promoter=OuterRef("pk"))))
    return Organisation.objects.none()


def referrals_of(user) -> QuerySet[Referral]:
    """What was referred to the organisations this user works for."""
    referrals = Referral.objects.select_related("participation__person", "organisation", "plan_action")
    if user.is_superuser:
        return referrals
    return referrals.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))


def waiting_for_an_internship(user) -> QuerySet[Referral]:
    """People accepted for an internship who have none yet, the longest wait first."""
    served = Internship.objects.filter(referral=OuterRef("pk")).exclude(state=InternshipState.CANCELLED)
    waiting = referrals_of(user).filter(
        ~Exists(served),
        purpose=ReferralPurpose.INTERNSHIP,
        state=ReferralState.ACCEPTED,
        participation__state__in=OPEN_PARTICIPATIONS,
    )
    return waiting.order_by("answered_at", "pk")


def can_be_served(referral: Referral | None) -> bool:
    """Whether an internship can be opened from this referral: accepted for one, and none open or completed."""
    if referral is None or (referral.purpose, referral.state) != (ReferralPurpose.INTERNSHIP, ReferralState.ACCEPTED):
        return False
    served = referral.internships.filter(state__in=[*OPEN_STATES, InternshipState.COMPLETED])
    return referral.participation.state in OPEN_PARTICIPATIONS and not served.exists()


def find_hosts(text: str) -> QuerySet[Host]:
    """Up to twenty hosts by the beginning of a word of their name, or by VAT number."""
    key = sort_key(text)
    if not key:
        return Host.objects.none()
    matches = Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}") | Q(vat_number=key)
    return Host.objects.filter(matches).prefetch_related("units").order_by("sort_key", "pk")[:PICKER_SIZE]


def recent_hosts(organisation_id: int) -> list[Host]:
    """The hosts with which this partner worked last."""
    hosts = Host.objects.filter(units__internships__promoter=organisation_id)
    hosts = hosts.annotate(last=Max("units__internships__created_at")).order_by("-last", "pk")
    return list(hosts.prefetch_related("units")[:6])


def host_rows(text: str, after: str) -> tuple[list[Host], str]:
    """A page of the hosts with how many internships they have under way; and where the next page begins."""
    hosts = Host.objects.order_by("sort_key", "pk")
    if key := sort_key(text):
        hosts = hosts.filter(Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}") | Q(vat_number=key))
    if after:
        hosts = hosts.filter(sort_key__gt=after)
    going = Count("units__internships", filter=Q(units__internships__state__in=OPEN_STATES), distinct=True)
    rows = list(hosts.annotate(going=going).prefetch_related("units")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].sort_key if len(rows) > PAGE else ""


def whole(pk, user) -> QuerySet[Internship]:
    """One internship with all that its page names."""
    return (
        Internship.objects.visible_to(user)
        .select_related(
            "participation__person",
            "unit__host",
            "host_tutor",
            "promoter",
            "promoter_tutor",
            "plan_action",
            "referral__participation",
        )
        .filter(pk=pk)
    )


def register(internship) -> dict:
    """How many days and hours, and the last days."""
    totals = internship.days.aggregate(days=Count("pk"), hours=Sum("hours"), last=Max("on"))
    latest = [(on, plain(hours)) for on, hours in internship.days.order_by("-on").values_list("on", "hours")[:5]]
    return {**totals, "hours": plain(totals["hours"] or Decimal(0)), "latest": latest}


def plain(hours: Decimal) -> Decimal | int:
    """As people write it: 6 and 6,5, not 6,00 and 6,50."""
    return int(hours) if hours == int(hours) else hours.normalize()


def story(internship) -> list[Event]:
    """What happened with this internship, the newest first."""
    events = Event.objects.filter(on_type=Internship._meta.label_lower, on_id=str(internship.pk))
    return list(events.select_related("by").order_by("-at", "-id")[:60])
