"""What follows from the answers of an interview, and why: NEET, and for how long somebody has been out of work.

Pure: answers, age and day in, sentences out. The questions are found by their keys, which a coordinator
who rewords them does not change (see RULES).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Education, Employment
from migwork.months import add_months

INTERVIEW_KEY = "first-interview"
OCCUPATION, SINCE, TITLE = "occupation", "searching_since", "title"
# The questions of the interview that rules read, with the answers they know and what for.
RULES = {
    OCCUPATION: (frozenset(Employment.values), gettext_lazy("From its answer the portal derives who is NEET.")),
    SINCE: (frozenset(), gettext_lazy("From its answer the portal derives who has been out of work for long.")),
    TITLE: (frozenset(Education.values), gettext_lazy("Its answer is kept in the person’s record.")),
}
# Of whom one says so: the European figure and the wider one of the region.
NEET_AGES = ((15, 29), (15, 34))
NEITHER = frozenset({Employment.UNEMPLOYED, Employment.INACTIVE})
# Months of search after which somebody has been out of work for long; below this age sooner.
LONG, LONG_IF_YOUNG, YOUNG = 12, 6, 25


def questions_read(key: str) -> dict:
    """For foundation.questionnaires.hooks.read_by_rules: what must stay in the form of the interview."""
    return RULES if key == INTERVIEW_KEY else {}


@dataclass(frozen=True)
class Derived:
    """One thing that follows: what is said, whether it holds (None: not known yet), and why."""

    label: str
    holds: bool | None
    why: str
    question: str

    @property
    def word(self) -> str:
        return {True: _("Yes"), False: _("No"), None: _("Not known yet")}[self.holds]


def derive(answers: dict, *, age: int, on: date) -> list[Derived]:
    """All that follows from `answers` (question key → answer) of somebody of this age, on the day `on`."""
    found = [neet(answers.get(OCCUPATION), age)]
    if answers.get(OCCUPATION) == Employment.UNEMPLOYED:
        found.append(long_out_of_work(answers.get(SINCE), age, on))
    return found


def neet(occupation: str | None, age: int) -> Derived:
    """Neither employed nor in education or training; said of people from 15 to 29, and from 15 to 34."""
    label = _("NEET (neither in work nor in education or training)")
    if occupation not in Employment.values:
        why = _("The question what somebody does now has no answer yet.")
        return Derived(label, None, why, OCCUPATION)
    said = Employment(occupation).label
    if occupation not in NEITHER:
        return Derived(label, False, _("Because the answer was: %(said)s.") % {"said": said}, OCCUPATION)
    bands = [f"{low}–{high}" for low, high in NEET_AGES if low <= age <= high]
    if not bands:
        why = _("The answer was: %(said)s. But at %(age)s one is not counted: it is said of people from 15 to 34.")
        return Derived(label, False, why % {"said": said, "age": age}, OCCUPATION)
    why = _("Because the answer was: %(said)s. At %(age)s it counts in the figures for the ages %(bands)s.")
    told = {"said": said, "age": age, "bands": _(" and ").join(bands)}
    return Derived(label, True, why % told, OCCUPATION)


def long_out_of_work(since: str | date | None, age: int, on: date) -> Derived:
    """Looking for work for twelve months, or for six when under 25."""
    label = _("Out of work for long")
    months = LONG_IF_YOUNG if age < YOUNG else LONG
    since = parse_date(since) if isinstance(since, str) else since
    if since is None:
        return Derived(label, None, _("It is not written yet since when they have been looking for work."), SINCE)
    rule = _("from %(months)s months on") % {"months": months}
    if age < YOUNG:
        rule = _("from %(months)s months on, because they are under 25") % {"months": months}
    long = add_months(since, months) <= on
    why = _("They have been looking for long enough: it counts %(rule)s.")
    if not long:
        why = _("They have not been looking for long enough: it counts %(rule)s.")
    return Derived(label, long, why % {"rule": rule}, SINCE)
