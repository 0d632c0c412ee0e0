"""How many interns each workplace of a host may have, and how many are there."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.privacy.models import Event
from internships import rules
from internships.models import Host, HostTutor, OperatingUnit
from internships.queries.rules import OUTSIDE_SCHOOL, at_once, ended_and_hired
from internships.rules import Quota, RuleValues, Span, most_at_once
from internships.rules.words import day, number
from migwork.months import add_months

# So far ahead proposals are looked at.
AHEAD = timedelta(days=730)


@dataclass
class Places:
    """A workplace with its places: `taken` on the fullest day from today on, `exempt` who does not count."""

    unit: OperatingUnit
    quota: Quota
    taken: int
    exempt: int
    ended: int
    hired: int
    values: RuleValues
    today: date

    @property
    def free(self) -> int:
        return max(0, self.quota.places - self.taken)

    @property
    def sentence(self) -> str:
        said = {"free": self.free, "places": self.quota.places, "taken": self.taken}
        if self.taken > self.quota.places:
            return _("%(taken)s interns at once: more than the %(places)s places") % said
        return ngettext("%(free)s place free of %(places)s", "%(free)s places free of %(places)s", self.free) % said

    @property
    def source(self) -> str:
        return self.values.rule(self.quota.rule).source

    @property
    def warnings(self) -> list[str]:
        """What the rules will say of a proposal that starts now."""
        unit, today = self.unit, self.today
        found = []
        if unit.dismissals_on and unit.dismissals_on > add_months(today, -self.values.whole("bar.dismissals")):
            found.append(_("Dismissal for the same work on %(day)s") % {"day": day(unit.dismissals_on)})
        if unit.short_time_from and (unit.short_time_to is None or unit.short_time_to >= today):
            found.append(_("Short-time work for the same work from %(day)s") % {"day": day(unit.short_time_from)})
        return found

    @property
    def why(self) -> list[str]:
        """How the number came about, a sentence for each part."""
        return [sentence for sentence in (self._base(), self._bonus(), self._exempt()) if sentence]

    def _base(self) -> str:
        staff = ngettext("%(n)s employee", "%(n)s employees", self.unit.headcount) % {"n": self.unit.headcount}
        said = {"staff": staff, "places": self.quota.base, "share": number(self.values["quota.share"])}
        if self.quota.rule == "quota.share":
            return _("%(staff)s: %(share)s in a hundred, rounded up, make %(places)s.") % said
        which = "small" if self.quota.rule == "quota.small_places" else "middle"
        return _("%(staff)s: up to %(most)s they make %(places)s.") % {
            **said,
            "most": self.values.whole(f"quota.{which}_staff"),
        }

    def _bonus(self) -> str:
        least = self.values.whole("bonus.staff_above")
        if self.unit.permanent_staff <= least:
            return _("More places for hiring interns: only above %(n)s permanent employees.") % {"n": least}
        months = self.values.whole("bonus.months")
        if not self.ended:
            return _("More places for hiring interns: none ended here in the last %(n)s months.") % {"n": months}
        said = _("In the last %(months)s months %(hired)s of %(ended)s interns were hired: %(bonus)s more.") % {
            "months": months,
            "hired": self.hired,
            "ended": self.ended,
            "bonus": self.quota.bonus,
        }
        return f"{said} {what_counts(self.values)}"

    def _exempt(self) -> str:
        if not self.exempt:
            return ""
        return ngettext("%(n)s intern more does not count.", "%(n)s interns more do not count.", self.exempt) % {
            "n": self.exempt
        }


def what_counts(values) -> str:
    """Which hires bring more places."""
    return _("A contract of at least %(months)s months counts, of at least %(share)s %% of full time.") % {
        "months": values.whole("bonus.contract_months"),
        "share": number(values["bonus.part_time"]),
    }


def places_of(host, today: date) -> list[Places]:
    """The workplaces of `host` with their places from `today` on, in a constant number of queries."""
    values = rules.values(today)
    units = list(host.units.order_by("pk"))
    within = Span(today, today + AHEAD)
    rows = list(
        at_once(within)
        .filter(unit__in=units, kind__in=OUTSIDE_SCHOOL)
        .values_list("unit", "starts_on", "ends_on", "is_exempt")
    )
    lately = ended_and_hired(units, today, values)
    return [_places(unit, rows, within, *lately.get(unit.pk, (0, 0)), values) for unit in units]


def _places(unit, rows, within, ended, hired, values) -> Places:
    mine = [row for row in rows if row[0] == unit.pk]
    return Places(
        unit=unit,
        quota=rules.quota(
            headcount=unit.headcount, permanent_staff=unit.permanent_staff, ended=ended, hired=hired, rules=values
        ),
        taken=most_at_once([Span(row[1], row[2]) for row in mine if not row[3]], within),
        exempt=most_at_once([Span(row[1], row[2]) for row in mine if row[3]], within),
        ended=ended,
        hired=hired,
        values=values,
        today=within.first,
    )


def warnings_of(host, today: date) -> list[str]:
    """What stands in the way at the whole host."""
    found = []
    if host.insolvent_from:
        found.append(_("Insolvency proceedings against the host since %(day)s.") % {"day": day(host.insolvent_from)})
    if host.liability_until and host.liability_until < today:
        found.append(_("The liability insurance ran out on %(day)s.") % {"day": day(host.liability_until)})
    return found


def host_story(host) -> list[dict]:
    """Who entered and changed what of a host, the last first; fields by the names that people read."""
    names = {
        field.name: capfirst(field.verbose_name)
        for model in (HostTutor, OperatingUnit, Host)
        for field in model._meta.concrete_fields
    }
    events = Event.objects.filter(on_type=Host._meta.label_lower, on_id=str(host.pk)).select_related("by")
    return [
        {
            "at": event.at,
            "sentence": event.sentence,
            "by": event.by,
            "changed": ", ".join(str(names.get(name, name)) for name in event.fields),
        }
        for event in events.order_by("-at", "-id")[:60]
    ]
