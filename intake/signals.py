"""Why somebody in an operator's list needs a look, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.queries.watching import of_age_on
from intake.enums import Signal
from migwork.words import day_in_words


def reasons(row, today) -> list[tuple[str, str]]:
    """(kind of status, sentence) for each signal of a row of queries.caseload(), the most pressing first."""
    return [_SAID[signal](row, today) for signal in row.signals]


def _message(row, today):
    return "warn", _("Wrote to you: unread")


def _silent(row, today):
    if row.heard_on is None:
        return "warn", _("Never heard from yet")
    days = (today - row.heard_on).days
    return "warn", ngettext("No contact for %(n)s day", "No contact for %(n)s days", days) % {"n": days}


def _overdue(row, today):
    number = row.overdue_steps
    return "warn", ngettext("%(n)s step overdue", "%(n)s steps overdue", number) % {"n": number}


def _review(row, today):
    return "waiting", _("Plan to look at again since %(day)s") % {"day": _day(row.review_on, today)}


def _unanswered(row, today):
    return "warn", _("Referral: an answer was due by %(day)s") % {"day": _day(row.expected_by, today)}


def _dropout(row, today):
    return "stop", _("Under 18, without a qualification, not enrolled")


def _eighteen(row, today):
    return "info", _("Turns 18 on %(day)s") % {"day": _day(of_age_on(row.birth_date), today)}


def _permit(row, today):
    day = {"day": _day(row.permit_until, today)}
    if row.permit_until < today:
        return "stop", _("Permit ended on %(day)s") % day
    return "warn", _("Permit ends on %(day)s") % day


def _day(day, today):
    return day_in_words(day, "j F" if day.year == today.year else "j F Y")


_SAID = {
    Signal.MESSAGE: _message,
    Signal.SILENT: _silent,
    Signal.OVERDUE: _overdue,
    Signal.REVIEW: _review,
    Signal.UNANSWERED: _unanswered,
    Signal.DROPOUT: _dropout,
    Signal.EIGHTEEN: _eighteen,
    Signal.PERMIT: _permit,
}
