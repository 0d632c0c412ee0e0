"""Who may take part in an edition. The edition's data decide; this only reads them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from migwork.errors import NotNow
from programme.enums import Tie
from programme.models import Edition


@dataclass(frozen=True)
class Reason:
    """Why somebody may not take part: a code for code, a sentence for people."""

    code: str
    sentence: str


class NotEligible(NotNow):
    """The person may not take part. Carries every reason and where else they can turn."""

    def __init__(self, edition: Edition, reasons: list[Reason]):
        super().__init__([reason.sentence for reason in reasons], code="not_eligible")
        self.edition = edition
        self.reasons = reasons


def age_on(birth_date: date, day: date) -> int:
    """Completed years on `day` (born on 29 February: a year older on 1 March of other years)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def reasons_against(edition: Edition, *, birth_date: date, tie: str, on: date) -> list[Reason]:
    """Every reason why this person may not enter `edition` on the day `on`; none when they may.

    The age counts on the day the participation opens: turning too old later excludes nobody.
    """
    reasons = []
    age = age_on(birth_date, on)
    ages = {"min": edition.min_age, "max": edition.max_age}
    if age < edition.min_age:
        reasons.append(
            Reason("too_young", _("MiG-Work is for people from %(min)s to %(max)s: you need to be %(min)s.") % ages)
        )
    elif age > edition.max_age:
        reasons.append(
            Reason("too_old", _("MiG-Work is for people from %(min)s to %(max)s, until the next birthday.") % ages)
        )
    if tie not in edition.ties or tie == Tie.NONE:
        words = {"territory": edition.territory, "ties": _verbs(edition.ties)}
        reasons.append(Reason("tie", _("It is for people who %(ties)s in %(territory)s.") % words))
    return reasons


def check(edition: Edition, *, birth_date: date, tie: str, on: date) -> None:
    """NotEligible, with every reason, unless this person may enter `edition` on the day `on`."""
    if reasons := reasons_against(edition, birth_date=birth_date, tie=tie, on=on):
        raise NotEligible(edition, reasons)


def _verbs(ties: list[str]) -> str:
    """['lives', 'studies', 'works'] → "live, study or work"."""
    words = {Tie.LIVES: _("live"), Tie.STUDIES: _("study"), Tie.WORKS: _("work")}
    *first, last = [word for tie, word in words.items() if tie in ties]
    return " ".join([", ".join(first), _("or"), last]) if first else last
