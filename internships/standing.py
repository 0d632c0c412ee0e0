"""Where an application stands, in the young person's words: what was, what is, what comes next."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import ApplicationState as S
from internships.enums import HostAnswer, TurnedDown

# The shape beside each state's word.
KINDS = {
    S.DRAFT: "todo",
    S.SENT: "waiting",
    S.SHORTLISTED: "going",
    S.INVITED: "going",
    S.TAKEN: "done",
    S.TURNED_DOWN: "stop",
    S.WITHDRAWN: "stop",
    S.CLOSED: "stop",
}


@dataclass
class Standing:
    """One sentence for where it stands, one for what comes next, and the stations of the way."""

    kind: str
    title: str
    says: str
    steps: list[dict] = field(default_factory=list)


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "j F") if moment else ""


def interview_words(application) -> str:
    """Day, hour and place of the interview."""
    at = timezone.localtime(application.interview_at)
    said = {"day": date_format(at, "l j F"), "time": date_format(at, "H:i"), "place": application.interview_place}
    return _("%(day)s at %(time)s, %(place)s") % said


def standing(application, *, now: datetime, internship=None) -> Standing:
    title, says = _words(application, internship, now)
    over = application.state in (S.TURNED_DOWN, S.WITHDRAWN, S.CLOSED)
    steps = [] if application.state == S.DRAFT or over else _steps(application)
    return Standing(KINDS[application.state], title, says, steps)


def _words(application, internship, now) -> tuple[str, str]:
    offer = application.offer
    who = {"host": offer.unit.host, "promoter": offer.opportunity.organisation.short_name}
    paused = offer.run.paused_at is not None
    match application.state:
        case S.DRAFT:
            return _("You have not sent it yet"), _("It is kept here. Look at it once more, then send it.")
        case S.SENT if paused:
            title = _("Still without an answer: we are asking")
            says = _("%(host)s has not answered in time, so nobody else can apply now. Your application stays.")
        case S.SENT:
            title = _("Sent: now they read it")
            says = _("You need do nothing. We write to you as soon as there is an answer, whatever it is.")
        case S.SHORTLISTED if application.host_answer == HostAnswer.YES:
            title = _("%(host)s says yes!")
            says = _("Now %(promoter)s looks at days and papers, and writes to you.")
        case S.SHORTLISTED:
            title = _("You are on the shortlist")
            says = _("They want to know you better. Soon you hear when and where you meet.")
        case S.INVITED if application.interview_at <= now:
            title = _("Now they decide")
            says = _("You have met. We write to you as soon as there is an answer, whatever it is.")
        case S.INVITED:
            return interview_words(application), _(
                "Your interview. You can’t come? Tell %(promoter)s before: they find another moment."
            ) % who
        case S.TAKEN:
            title = _("They take you!")
            says = _("Now %(promoter)s prepares the papers with you.")
            if internship is not None:
                says = _("Your internship is being prepared: look at what comes next.")
        case S.TURNED_DOWN:
            says = _("It says nothing about what you are worth. There are other offers: we look together if you like.")
            return _("Not this time: %(reason)s") % {"reason": TurnedDown(application.reason).label}, says
        case S.WITHDRAWN:
            title, says = _("You took it back"), _("Nothing else happens with it.")
        case _closed:
            title = _("The offer was closed")
            says = _("It has nothing to do with you. There are other offers: we look together if you like.")
    return title % who, says % who


def _steps(application) -> list[dict]:
    state = application.state
    seen = application.answered_at is not None
    read = _("With the company since %s") % _day(application.host_asked_at) if application.host_asked_at else ""
    rows = [
        {"label": _("Sent in"), "state": "done", "note": _day(application.sent_at)},
        {"label": _("They read it"), "state": "done" if seen else "going", "note": read},
    ]
    talk = {S.SENT: "todo", S.SHORTLISTED: "going", S.INVITED: "going", S.TAKEN: "done"}[state]
    note = interview_words(application) if application.interview_at else ""
    rows.append({"label": _("You meet"), "state": talk, "note": note})
    rows.append({"label": _("The answer"), "state": "done" if state == S.TAKEN else "todo", "note": ""})
    return rows
