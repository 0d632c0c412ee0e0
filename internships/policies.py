"""What is due of an internship on a day, and whose turn it is: read from its state and dates, stored nowhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from internships.enums import InternshipState as S
from migwork.words import day_in_words

# A running internship's register is filled in at least so often.
REGISTER_EVERY = timedelta(days=7)
# The host answers a day within so long.
WAITS_AT_MOST = timedelta(days=7)
# Whoever begins within so many days and is not signed needs a hand.
SIGNED_BEFORE = timedelta(days=7)
# So long before the end one speaks of what comes after.
ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """A sentence for the promoter, and whether the day for it has passed."""

    sentence: str
    late: bool = False


def due(internship, last_day: date | None, today: date) -> Due | None:
    """What the promoter's staff do next; None when all is over. `last_day` is the last one in the register."""
    begins, ends = internship.starts_on, internship.ends_on
    match internship.state:
        case S.PROPOSED:
            return Due(_("Agree with the host and the young person"), begins <= today)
        case S.AGREED:
            return Due(_("Write the training project and ask for the signatures"), begins <= today)
        case S.IN_SIGNATURE:
            return Due(_("Collect the signatures before %(day)s") % {"day": _short(begins)}, begins <= today)
        case S.SIGNED if begins > today:
            return Due(_("It starts on %(day)s") % {"day": _short(begins)})
        case S.SIGNED:
            return Due(_("Start it: the first day is %(day)s") % {"day": _short(begins)}, begins < today)
        case S.RUNNING if ends <= today:
            return Due(_("Check the register and complete it"), ends < today)
        case S.RUNNING if today - (last_day or begins) > REGISTER_EVERY:
            return Due(_("Fill in the register"), True)
        case S.RUNNING:
            return Due(_("Until %(day)s") % {"day": _short(ends)})
        case S.SUSPENDED:
            return Due(_("Resume it or end it"), ends < today)
    return None


def _short(day: date) -> str:
    return day_in_words(day, "j F Y")
