"""What a host's link opens: its interns and what is to be confirmed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from foundation.documents.enums import SignatureState, SignerRole, SignerState
from foundation.documents.models import Signer
from internships.dues import months_to_close
from internships.enums import DayState, EvaluationSide, EvidenceKind, InternshipState, ProjectState
from internships.host_link import key_of
from internships.links import host_page
from internships.models import (
    Evaluation,
    HostLink,
    Internship,
    RegisterChange,
    RegisterDay,
    RegisterMonth,
    SafetyEvidence,
    TrainingProject,
)
from internships.queries.ends import EVALUATION_LINKS
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
    disputed: int = 0
    # Months that are over and still open.
    to_close: list[date] = field(default_factory=list)
    # The key of the page on which one's own intern is evaluated, while it is open.
    evaluation: str = ""

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
    """The host's interns: first those with something to confirm, and one's own before colleagues'. Six queries."""
    found = {row.pk: Intern(row) for row in internships_of_link(link, today)}
    open_days = RegisterDay.objects.filter(internship__in=found, state__in=[DayState.PROPOSED, DayState.DISPUTED])
    for day in open_days.order_by("on"):
        if day.state == DayState.PROPOSED:
            found[day.internship_id].waiting.append(day)
        else:
            found[day.internship_id].disputed += 1
    closed = defaultdict(list)
    for pk, first in RegisterMonth.objects.filter(internship__in=found).values_list("internship", "first"):
        closed[pk].append(first)
    for pk, row in found.items():
        if row.internship.state != InternshipState.SIGNED:
            span = (row.internship.starts_on, row.internship.last_on)
            row.to_close = months_to_close(*span, closed[pk], today)
    for day in RegisterDay.objects.filter(internship__in=found, on=today):
        found[day.internship_id].today = day
    asked = Evaluation.objects.filter(
        internship__in=found, internship__host_tutor=link.tutor_id, side=EvaluationSide.HOST, done_at=None
    )
    for pk, key in asked.values_list("internship", "pk"):
        found[pk].evaluation = EVALUATION_LINKS.token(key)
    changes = RegisterChange.objects.filter(internship__in=found).order_by("internship", "-pk").distinct("internship")
    for pk, seen in changes.values_list("internship", "pk"):
        found[pk].seen = seen
    return sorted(found.values(), key=lambda row: _order(row, link))


@dataclass
class Coming:
    """An internship whose papers are not signed yet: what the host does for it now."""

    internship: Internship
    # The page of the host's part of the training project, for its own tutor; colleagues read whose it is.
    part_url: str = ""
    part_of: str = ""
    signs: str = ""


def coming_of(link, today: date) -> list[Coming]:
    """The internships that are agreed with the host and not signed, by their first day. Two queries."""
    rows = Internship.objects.filter(
        unit__host=link.tutor.host_id,
        state__in=(InternshipState.AGREED, InternshipState.IN_SIGNATURE),
        participation__person__limited_at=None,
    )
    rows = list(
        rows.select_related("participation__person", "unit", "host_tutor", "project").order_by("starts_on", "pk")
    )
    signs, found = _signing_for_host(rows), []
    for row in rows:
        project, coming = getattr(row, "project", None), Coming(row)
        if project and project.state == ProjectState.HOST:
            own = row.host_tutor_id == link.tutor_id
            coming.part_url, coming.part_of = (host_page(project), "") if own else ("", row.host_tutor.name)
        if project:
            coming.signs = signs.get(str(project.pk), "")
        found.append(coming)
    return found


def _signing_for_host(rows) -> dict[str, str]:
    """Who has still to sign for the host, by the key of the training project."""
    projects = [str(row.project.pk) for row in rows if hasattr(row, "project")]
    waiting = Signer.objects.filter(
        request__on_type=TrainingProject._meta.label_lower,
        request__on_id__in=projects,
        request__state=SignatureState.OPEN,
        role=SignerRole.HOST,
        state=SignerState.WAITING,
    )
    return dict(waiting.values_list("request__on_id", "name"))


def units_without_assessment(internships) -> list[str]:
    """The workplaces of these, by their address, of which the promoter has no risk assessment. One query."""
    units = {row.unit_id: row.unit.address for row in internships}
    known = SafetyEvidence.objects.filter(unit__in=units, kind=EvidenceKind.RISK_ASSESSMENT)
    for pk in known.values_list("unit", flat=True):
        units.pop(pk, None)
    return sorted(units.values())


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
