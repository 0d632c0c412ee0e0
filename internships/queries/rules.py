"""What the rules say of an internship: the facts of it gathered, in a constant number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import MarkCode
from accounts.models import Mark
from accounts.queries import everybody_who_is
from internships import rules
from internships.enums import AmendmentKind, InternshipKind, InternshipState, Meals, ProjectState
from internships.models import Internship, InternshipOutcome, RuleOverride
from internships.planning import pushed
from internships.rules import Facts, Finding, RuleValues, Slot, Span, most_at_once
from internships.timetable import longest_day
from internships.workflow import OPEN_STATES, OVER
from migwork.months import add_months
from migwork.text import sort_key

OUTSIDE_SCHOOL = (InternshipKind.EXTRACURRICULAR, InternshipKind.SUMMER)
OF_A_COURSE = (InternshipKind.CURRICULAR, InternshipKind.PCTO)
# Whoever ended early has left the place to somebody else.
TAKING_A_PLACE = (*OPEN_STATES, InternshipState.COMPLETED)
# What of a proposal the rules read.
TYPED = {
    *("unit", "host_tutor", "promoter_tutor", "kind", "eqf_level", "remote_mode", "school"),
    *("starts_on", "ends_on", "weekly_hours", "worked_there_until"),
}
# The checks that are about somebody or somewhere else after a change: neither what stood before nor a reason written
# for the other one says anything of them. An extension is a new time: all of it is judged, old reasons hold.
ANEW = {
    AmendmentKind.HOST_TUTOR: frozenset({"host_tutor"}),
    AmendmentKind.PROMOTER_TUTOR: frozenset({"promoter_tutor"}),
    AmendmentKind.SITE: frozenset({"places", "dismissals", "short_time"}),
}
PAGE = 25
# Of the last row of a page: where the next begins.
MARK = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Changes:
    """What became of an internship that its rules read: the days off, and where it ended before it was longer."""

    off: tuple[Span, ...] = ()
    extended_from: date | None = None


def findings_of(internship, *, values: RuleValues | None = None, changes: Changes | None = None) -> list[Finding]:
    """All that the rules of its first day say of `internship`, saved or not, as it is in memory."""
    values = values or rules_of(internship)
    return rules.check(facts_of(internship, values, changes=changes), values)


def facts_of(internship, values: RuleValues, *, changes: Changes | None = None) -> Facts:
    """What the checks need to know of `internship`; while it is being typed, what is there so far."""
    changes = changes or changes_of(internship)
    unit, person = internship.unit if internship.unit_id else None, internship.participation.person
    marks = dict(Mark.objects.filter(person=person, removed_at=None).values_list("code", "value"))
    return Facts(
        kind=internship.kind,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        extended_from=changes.extended_from,
        suspensions=tuple(changes.off),
        weekly_hours=internship.weekly_hours,
        timetable=_timetable(internship, person, values),
        eqf_level=internship.eqf_level,
        school=internship.school,
        birth_date=person.birth_date,
        duration_class=marks.get(MarkCode.DURATION_CLASS, ""),
        quota_exempt=MarkCode.QUOTA_EXEMPT in marks,
        worked_there_until=internship.worked_there_until,
        **_promised(internship),
        **(_host_facts(internship, unit, values) if unit else {}),
        **_loads(internship, unit),
    )


def changes_of(internship) -> Changes:
    """From its amendments, in two queries; of what was never amended nothing, in none."""
    if internship.hours_amended is None:
        return Changes()
    rows = [row for row in internship.amendments.order_by("at") if "ends_on" in row.before]
    if not rows:
        return Changes()
    off = tuple(Span(row.starts_on, row.ends_on) for row in internship.suspensions.all())
    extended = any(row.kind == AmendmentKind.EXTENSION for row in rows)
    first_end = date.fromisoformat(rows[0].before["ends_on"])
    return Changes(off, pushed(first_end, off) if extended else None)


def still_asked(findings: Iterable[Finding], *, stood: Iterable[Finding], anew: Collection[str]) -> list[Finding]:
    """Of `findings` those that a change has to answer for: what `stood` before it is not judged again.

    But for the checks `anew`, which are about somebody or somewhere else now.
    """
    known = {(one.code, one.value) for one in stood if one.code not in anew}
    return [one for one in findings if (one.code, one.value) not in known]


def _timetable(internship, person, values) -> tuple[Slot, ...]:
    """The weekly timetable of a minor, the latest; of others it is not judged, nor read."""
    first = internship.starts_on
    if internship._state.adding or first is None or person.age_on(first) >= values.whole("minors.until"):
        return ()
    slots = list(internship.slots.all())
    latest = max((slot.valid_from for slot in slots), default=None)
    return tuple(Slot(one.weekday, one.starts_at, one.ends_at) for one in slots if one.valid_from == latest)


def _promised(internship) -> dict:
    """What the training project says of the allowance while it is written; once signed, the months' sums see to it."""
    project = getattr(internship, "project", None)
    if project is None or project.allowance is None or project.state == ProjectState.SIGNED:
        return {}
    terms = getattr(internship, "allowance_terms", None)
    return {
        "allowance": project.allowance,
        "has_meals": project.meals in (Meals.VOUCHERS, Meals.CANTEEN),
        "longest_day": longest_day(internship.slots.all(), internship.weekly_hours),
        "on_income_support": bool(terms and terms.on_income_support),
    }


def _host_facts(internship, unit, values) -> dict:
    host = unit.host
    short_time = Span(unit.short_time_from, unit.short_time_to) if unit.short_time_from else None
    day = internship.starts_on or timezone.localdate()
    ended, hired = ended_and_hired([unit], day, values).get(unit.pk, (0, 0))
    others = Internship.objects.filter(
        participation__person__in=everybody_who_is(internship.participation.person_id),
        unit__host=host,
        kind__in=OUTSIDE_SCHOOL,
    )
    return {
        "others_with_host": others.exclude(pk=internship.pk).exclude(state=InternshipState.CANCELLED).count(),
        "is_public": host.is_public,
        "is_seasonal": host.is_seasonal,
        "ateco": host.ateco,
        "agreement_hours": host.agreement_hours,
        "insolvent_from": host.insolvent_from,
        "promoter_is_host": sort_key(internship.promoter.name) == host.sort_key,
        "headcount": unit.headcount,
        "permanent_staff": unit.permanent_staff,
        "dismissals_on": unit.dismissals_on,
        "short_time": short_time,
        "ended_at_unit": ended,
        "hired_at_unit": hired,
    }


def _loads(internship, unit) -> dict:
    """How many others there are at once in the workplace, with the host's tutor and with the promoter's."""
    if not (internship.starts_on and internship.ends_on):
        return {}
    within = Span(internship.starts_on, internship.ends_on)
    rows = list(
        at_once(within)
        .filter(
            Q(unit=unit and unit.pk)
            | Q(host_tutor=internship.host_tutor_id)
            | Q(promoter_tutor=internship.promoter_tutor_id)
        )
        .exclude(pk=internship.pk)
        .values_list("unit", "host_tutor", "promoter_tutor", "kind", "starts_on", "ends_on", "is_exempt")
    )

    def most(chosen) -> int:
        return most_at_once([Span(row[4], row[5]) for row in rows if chosen(row)], within)

    kinds = OF_A_COURSE if internship.kind in OF_A_COURSE else OUTSIDE_SCHOOL
    loads = {}
    if unit:
        loads["others_at_unit"] = most(lambda row: row[0] == unit.pk and row[3] in OUTSIDE_SCHOOL and not row[6])
    if tutor := internship.host_tutor_id:
        loads["others_of_host_tutor"] = most(lambda row: row[1] == tutor and row[3] in kinds)
    if tutor := internship.promoter_tutor_id:
        loads["others_of_promoter_tutor"] = most(lambda row: row[2] == tutor)
    return loads


def at_once(within: Span) -> QuerySet[Internship]:
    """The internships that hold a place on some day of `within`, each with `is_exempt`: by the mark, not its cause."""
    exempt = Mark.objects.filter(person=OuterRef("participation__person"), code=MarkCode.QUOTA_EXEMPT, removed_at=None)
    return Internship.objects.filter(
        state__in=TAKING_A_PLACE, starts_on__lte=within.last, ends_on__gte=within.first
    ).annotate(is_exempt=Exists(exempt))


def ended_and_hired(units, day: date, values: RuleValues) -> dict[int, tuple[int, int]]:
    """Of each workplace, how many interns ended there in the months before `day` that the bonus looks at, and how
    many of them got a contract there that counts. In one query."""
    since = add_months(day, -values.whole("bonus.months"))
    ended = Internship.objects.filter(
        unit__in=units, kind__in=OUTSIDE_SCHOOL, state__in=OVER, ends_on__gte=since, ends_on__lt=day
    )
    counts = Q(outcome__in=InternshipOutcome.objects.counting(values).filter(hired_on__lte=day))
    rows = ended.order_by().values("unit").annotate(ended=Count("pk"), hired=Count("pk", filter=counts))
    return {row["unit"]: (row["ended"], row["hired"]) for row in rows}


def overrides_of(internship) -> list[RuleOverride]:
    """Where it goes past a rule, the last first."""
    return list(internship.overrides.select_related("by"))


def overridden_of(internship) -> set[tuple[str, str]]:
    """Code and value of the warnings for which a reason is written."""
    return set(internship.overrides.values_list("code", "value"))


def typed(referral, data: dict) -> Internship:
    """An internship that is still being typed, to be judged as far as `data` goes. Not saved."""
    known = {name: value for name, value in data.items() if value not in (None, "") and name in TYPED}
    return Internship(participation=referral.participation, promoter=referral.organisation, **known)


def rules_of(internship) -> RuleValues:
    """The rule set by which it is judged: that of its first day, or of today while it has none."""
    return rules.values(internship.starts_on or timezone.localdate())


def override_rows(user, after: str) -> tuple[list[RuleOverride], str]:
    """A page of the overrides that one may see for their work, the last first; and the mark of the next page."""
    rows = RuleOverride.objects.filter(internship__in=Internship.objects.of_staff(user))
    if mark := _mark(after):
        rows = rows.filter(at__lt=mark)
    rows = rows.select_related("by", "internship__participation__person", "internship__unit__host")
    found = list(rows.select_related("internship__promoter").order_by("-at", "pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].at.astimezone(UTC).strftime(MARK) if len(found) > PAGE else ""


def _mark(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, MARK).replace(tzinfo=UTC)
    except ValueError:
        return None
