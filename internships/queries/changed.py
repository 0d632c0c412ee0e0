"""What the rules will say of a change that is still being typed. Saves nothing."""

from collections.abc import Mapping
from datetime import timedelta

from internships.enums import AmendmentKind
from internships.planning import last_day_after
from internships.queries.rules import ANEW, Changes, changes_of, findings_of, overridden_of, rules_of, still_asked
from internships.rules import Finding, Level, Span


def findings_of_change(internship, kind: str, data: Mapping) -> list[Finding]:
    """What stands in the way of `kind`, as far as `data` goes, and what is kept. `internship` is changed in memory."""
    values, anew = rules_of(internship), ANEW.get(kind, frozenset())
    stood = [] if kind == AmendmentKind.EXTENSION else findings_of(internship, values=values)
    known = {row for row in overridden_of(internship) if row[0] not in anew}
    changes = WOULD.get(kind, _fields)(internship, changes_of(internship), data)
    found = findings_of(internship, values=values, changes=changes)
    asked = still_asked(found, stood=stood, anew=anew)
    return [one for one in found if one.level == Level.PASS or (one in asked and (one.code, one.value) not in known)]


def _fields(internship, changes: Changes, data) -> Changes:
    for name in ("host_tutor", "promoter_tutor", "unit", "weekly_hours"):
        if value := data.get(name):
            setattr(internship, name, value)
    return changes


def _longer(internship, changes: Changes, data) -> Changes:
    last, before = data.get("ends_on"), internship.ends_on
    if last is None or last <= before:
        return changes
    internship.ends_on = last
    return Changes(changes.off, changes.extended_from or before)


def _suspended(internship, changes: Changes, data) -> Changes:
    first, last = data.get("starts_on"), data.get("ends_on")
    if first is None or last is None or last < first:
        return changes
    return _moved(internship, changes, None, Span(first, last))


def _back(internship, changes: Changes, data) -> Changes:
    held = max(changes.off, key=lambda span: span.first, default=None)
    on = data.get("on")
    if held is None or on is None:
        return changes
    return _moved(internship, changes, held, Span(held.first, on - timedelta(days=1)) if on > held.first else None)


def _moved(internship, changes, before: Span | None, after: Span | None) -> Changes:
    internship.ends_on = last_day_after(internship.ends_on, before=before, after=after)
    off = [span for span in changes.off if span != before]
    return Changes((*off, after) if after else tuple(off), changes.extended_from)


WOULD = {
    AmendmentKind.EXTENSION: _longer,
    AmendmentKind.SUSPENSION: _suspended,
    AmendmentKind.RETURN: _back,
}
