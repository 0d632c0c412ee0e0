"""All that is due of one internship on a day, the late first: what the board says of it. Pure: a row of it in."""

from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.enums import InternshipState as S
from internships.enums import ProjectState as P
from internships.enums import TodoKind
from internships.policies import ENDS_SOON, WAITS_AT_MOST, Due, due
from internships.workflow import AT_WORK
from migwork.months import add_months
from migwork.words import day_in_words

# So long before its day something to do is said on the board.
SOON = timedelta(days=7)
# So many days after its end a month that is still open is late.
CLOSED_WITHIN = timedelta(days=10)
TURNS = {
    P.PROMOTER: lambda: _("Training project: our turn since %(day)s"),
    P.HOST: lambda: _("Training project: the host’s turn since %(day)s"),
    P.INTERN: lambda: _("Training project: the young person’s turn since %(day)s"),
    P.READY: lambda: _("Training project written on %(day)s: ask for the signatures"),
}


def dues(row, today: date) -> list[Due]:
    """What is to be done, the late first; what merely goes its way stands alone, where nothing else is to be said."""
    found = [*_todo(row, today), *_papers(row, today), *_register(row, today)]
    step = None if row.state in (S.AGREED, S.IN_SIGNATURE) else due(row, row.last_day, today)
    if step and (step.late or not found or row.state not in (S.RUNNING, S.SIGNED)):
        found.insert(0, step)
    return sorted(found, key=lambda one: not one.late)


def _todo(row, today) -> list[Due]:
    if row.todo is None or row.todo_due > today + SOON:
        return []
    late = (today - row.todo_due).days
    said = {"what": TodoKind(row.todo).label, "day": _short(row.todo_due), "n": late}
    if late > 0:
        words = ngettext("%(what)s: late by %(n)s day", "%(what)s: late by %(n)s days", late) % said
    else:
        words = _("%(what)s: by %(day)s") % said
    if row.todos > 1:
        one, more = _("%(first)s, and one more thing to do"), _("%(first)s, and %(n)s more things to do")
        words = (one if row.todos == 2 else more) % {"first": words, "n": row.todos - 1}
    return [Due(words, late > 0)]


def _papers(row, today) -> list[Due]:
    late = row.starts_on <= today
    if row.state == S.AGREED:
        if row.project not in TURNS:
            return [due(row, None, today)]
        return [Due(TURNS[row.project]() % {"day": _short(localdate(row.project_since))}, late)]
    if row.state == S.IN_SIGNATURE:
        if not row.signers:
            return [due(row, None, today)]
        said = {"signed": row.signed, "all": row.signers, "day": _short(row.starts_on)}
        return [Due(_("%(signed)s of %(all)s signatures, all needed before %(day)s") % said, late)]
    return []


def _register(row, today) -> list[Due]:
    if row.state not in AT_WORK:
        return []
    found = []
    if row.disputed:
        words = ngettext("%(n)s day is disputed", "%(n)s days are disputed", row.disputed) % {"n": row.disputed}
        found.append(Due(words, late=True))
    if row.waiting:
        said = {"n": row.waiting, "day": _short(row.waiting_since)}
        words = ngettext(
            "%(n)s day to be confirmed, of %(day)s", "%(n)s days to be confirmed, since %(day)s", row.waiting
        )
        found.append(Due(words % said, row.waiting_since < today - WAITS_AT_MOST))
    if open_months := months_to_close(row.starts_on, row.ends_on, row.closed, today):
        words = ", ".join(day_in_words(first, "F Y") for first in open_months)
        late = add_months(open_months[0], 1) + CLOSED_WITHIN <= today
        found.append(Due(_("To close: %(months)s") % {"months": words}, late))
    if today < row.ends_on <= today + ENDS_SOON:
        left = (row.ends_on - today).days
        words = ngettext("Ends tomorrow", "Ends in %(n)s days, on %(day)s", left)
        found.append(Due(words % {"n": left, "day": _short(row.ends_on)}))
    return found


def months_to_close(starts_on: date, ends_on: date, closed, today: date) -> list[date]:
    """The months of a register that are over and open, the first first."""
    first, found = starts_on.replace(day=1), []
    while first < today.replace(day=1) and first <= ends_on:
        if first not in (closed or ()):
            found.append(first)
        first = add_months(first, 1)
    return found


def _short(day: date) -> str:
    return day_in_words(day, "j F")
