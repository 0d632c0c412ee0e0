"""What a host's link opens: its interns and what is to be confirmed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from internships.enums import DayState, InternshipState
from internships.host_link import key_of
from internships.models import HostLink, Internship, RegisterChange, RegisterDay
from internships.timetable import ZERO

# So long after its end an internship can still be confirmed by the link.
STAYS = timedelta(days=60)
HELD = (
    InternshipState.SIGNED,
    InternshipState.RUNNING,
    InternshipState.SUSPENDED,
    InternshipState.COMPLETED,
    InternshipState.ENDED_EARLY,
)


def link_of_token(token: str) -> HostLink | None:
    """The link, also one that was taken back; None for a token that the portal did not write."""
    return HostLink.objects.select_related("tutor__host").filter(pk=key_of(token)).first()


@dataclass
class Intern:
    """An intern of the host, with the days that wait for an answer."""

    internship: Internship
    waiting: list[RegisterDay] = field(default_factory=list)
    today: RegisterDay | None = None
    seen: int = 0

    @property
    def hours(self) -> Decimal:
        return sum((day.hours for day in self.waiting), ZERO)

    @property
    def months(self) -> list[date]:
        return sorted({day.on.replace(day=1) for day in self.waiting})


def internships_of_link(link, today: date):
    """The internships that the link opens: those of its host that are signed or under way, or ended lately."""
    rows = Internship.objects.filter(
        unit__host=link.tutor.host_id,
        state__in=HELD,
        ends_on__gte=today - STAYS,
        participation__person__limited_at=None,
    )
    return rows.select_related("participation__person", "unit__host", "promoter", "promoter_tutor", "host_tutor")


def interns_of(link, today: date) -> list[Intern]:
    """The host's interns: first those with something to confirm, and one's own before colleagues'. Four queries."""
    found = {row.pk: Intern(row) for row in internships_of_link(link, today)}
    waiting = defaultdict(list)
    for day in RegisterDay.objects.waiting().filter(internship__in=found).order_by("on"):
        waiting[day.internship_id].append(day)
    for pk, days in waiting.items():
        found[pk].waiting = days
    for day in RegisterDay.objects.filter(internship__in=found, on=today):
        found[day.internship_id].today = day
    changes = RegisterChange.objects.filter(internship__in=found).order_by("internship", "-pk").distinct("internship")
    for pk, seen in changes.values_list("internship", "pk"):
        found[pk].seen = seen
    return sorted(found.values(), key=lambda row: _order(row, link))


def _order(row: Intern, link) -> tuple:
    person = row.internship.participation.person
    return (not row.waiting, row.internship.host_tutor_id != link.tutor_id, person.sort_key, str(row.internship.pk))


def may_say_away(row: Intern, today: date) -> bool:
    """Whether *not here today* can be said: the internship is running, and today is not answered yet."""
    internship = row.internship
    answered = row.today is not None and row.today.state != DayState.PROPOSED
    return (
        internship.state == InternshipState.RUNNING
        and internship.starts_on <= today <= internship.ends_on
        and not answered
    )
