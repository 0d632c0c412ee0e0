"""What the law wants done by which day. Pure: facts in, dates out; the numbers come from the rule set."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from internships.enums import AmendmentKind, InternshipKind, TodoKind
from migwork.months import add_months

# Of these it is asked what became of the intern.
OUTSIDE_SCHOOL = (InternshipKind.EXTRACURRICULAR, InternshipKind.SUMMER)
# What became of an intern is written within a month. After six months they are asked themselves; whoever has not
# answered a month later hears from the promoter.
OUTCOME_WITHIN, LATER_AFTER, LATER_WITHIN = 1, 6, 1
# These are done on pages of their own, without a receipt, and then leave the list.
AT_THE_END = (TodoKind.OUTCOME, TodoKind.LATER)


@dataclass(frozen=True)
class Change:
    """An amendment, as far as days go."""

    pk: object
    kind: str
    on: date
    last_before: date
    last_after: date


@dataclass(frozen=True)
class Facts:
    """What the dates hang on. `ended_on` is the day of an early end, `over_on` the last one, however it ended."""

    kind: str
    is_public: bool
    starts_on: date
    ended_on: date | None = None
    over_on: date | None = None
    has_outcome: bool = False
    has_later: bool = False
    changes: list[Change] = field(default_factory=list)
    # Of accidents: the key, and the day from which the insurer counts.
    accidents: list[tuple[object, date]] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    kind: str
    due_on: date
    amendment: object = None
    accident: object = None

    @property
    def key(self):
        return (self.kind, self.amendment, self.accident)


def wanted(facts: Facts, values) -> list[Wanted]:
    """All that is to be done for this internship, with its days. `values` are the numbers of the rule set."""
    todos = [Wanted(TodoKind.INSURANCE, facts.starts_on - timedelta(days=1))]
    owes_notices = values.is_for("notice.before", facts.kind)

    def notice(kind, on, private: date, **source):
        if owes_notices:
            todos.append(Wanted(kind, _next_month(on, values) if facts.is_public else private, **source))

    before = timedelta(days=values.whole("notice.before"))
    notice(TodoKind.NOTICE_START, facts.starts_on, facts.starts_on - before)
    if values.is_for("registration", facts.kind):
        due = facts.starts_on + timedelta(days=values.whole("registration"))
        todos.append(Wanted(TodoKind.REGISTRATION, due))
    within = timedelta(days=values.whole("notice.change"))
    for change in facts.changes:
        if change.last_after > change.last_before:
            notice(TodoKind.NOTICE_EXTENSION, change.on, change.on + within, amendment=change.pk)
            todos.append(Wanted(TodoKind.INSURANCE_EXTENSION, change.last_before, amendment=change.pk))
        if change.kind == AmendmentKind.SITE:
            notice(TodoKind.NOTICE_SITE, change.on, change.on + within, amendment=change.pk)
    if facts.ended_on:
        notice(TodoKind.NOTICE_END, facts.ended_on, facts.ended_on + within)
    for pk, on in facts.accidents:
        due = on + timedelta(days=values.whole("accident"))
        todos.append(Wanted(TodoKind.ACCIDENT, due, accident=pk))
    if facts.over_on and facts.kind in OUTSIDE_SCHOOL:
        todos += _after_the_end(facts)
    return todos


def _after_the_end(facts: Facts) -> list[Wanted]:
    todos = []
    if not facts.has_outcome:
        todos.append(Wanted(TodoKind.OUTCOME, add_months(facts.over_on, OUTCOME_WITHIN)))
    if not facts.has_later:
        todos.append(Wanted(TodoKind.LATER, add_months(facts.over_on, LATER_AFTER + LATER_WITHIN)))
    return todos


def _next_month(day: date, values) -> date:
    """The day of the next month by which public bodies give notice."""
    return add_months(day.replace(day=1), 1).replace(day=values.whole("notice.public_day"))
