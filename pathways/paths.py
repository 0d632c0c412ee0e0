"""The three paths on which somebody is accompanied, as data: their words, outcomes, talks, and what comes by itself."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from pathways.enums import (
    PathKind,
    PathOutcome,
    PathState,
    PathTalkKind,
    StayProgramme,
    StepCode,
    StepKind,
    StudyRoute,
)

State, Outcome, Talk, Code = PathState, PathOutcome, PathTalkKind, StepCode


@dataclass(frozen=True)
class Kind:
    """What a kind of path is called and made of.

    `page` is the young person's own page of it, `person_page` where an operator begins one with them.
    """

    page: str
    person_page: str
    mine: Any
    begin: Any
    states: dict
    outcomes: tuple
    talks: tuple
    # What a state is reached by, as a button says it.
    buttons: dict = field(default_factory=dict)


KINDS = {
    PathKind.STUDY: Kind(
        page="pathways:my-study",
        person_page="pathways:person-study",
        begin=_("Begin: back to study"),
        mine=_("Back to study"),
        states={
            State.CHOOSING: _("Choosing what and where"),
            State.PREPARING: _("Getting the papers ready"),
            State.UNDER_WAY: _("Waiting for the school’s answer"),
            State.ENDED: _("Ended"),
        },
        outcomes=(Outcome.ENROLLED, Outcome.NOT_ADMITTED, Outcome.DROPPED),
        talks=(Talk.TALK, Talk.TOGETHER),
        buttons={"start": _("The application is in")},
    ),
    PathKind.STAY: Kind(
        page="pathways:my-stay",
        person_page="pathways:person-stay",
        begin=_("Begin: abroad or volunteering"),
        mine=_("Leaving: abroad or volunteering"),
        states={
            State.CHOOSING: _("Choosing where to"),
            State.PREPARING: _("Getting ready"),
            State.UNDER_WAY: _("Away"),
            State.ENDED: _("Ended"),
        },
        outcomes=(Outcome.STAYED, Outcome.BACK_EARLY, Outcome.NOT_SELECTED, Outcome.DROPPED),
        talks=(Talk.TALK, Talk.BEFORE, Talk.DURING, Talk.AFTER),
        buttons={"start": _("They have left")},
    ),
    PathKind.VENTURE: Kind(
        page="pathways:my-venture",
        person_page="pathways:person-venture",
        begin=_("Begin: a business of their own"),
        mine=_("My business idea"),
        states={
            State.CHOOSING: _("Working on the idea"),
            State.PREPARING: _("Trying it out"),
            State.UNDER_WAY: _("About to open"),
            State.ENDED: _("Ended"),
        },
        outcomes=(Outcome.VAT_NUMBER, Outcome.COMPANY, Outcome.EMPLOYED, Outcome.DROPPED),
        talks=(Talk.TALK,),
        buttons={"choose": _("The idea stands: try it out"), "start": _("It works: get ready to open")},
    ),
}
# Those on which one goes along today.
OFFERED = (PathKind.STUDY, PathKind.STAY, PathKind.VENTURE)
# These say why.
WITH_REASON = (Outcome.DROPPED, Outcome.BACK_EARLY)
# After these one is asked again, so many months later.
CHECKED = {Outcome.ENROLLED: 6}

_PAPERS = (Code.ID_CARD, Code.TAX_CODE)
# What each route usually asks for; an operator takes out what is not needed, and adds what is.
OF_ROUTE = {
    StudyRoute.CPIA: (*_PAPERS, Code.PLACEMENT_TEST, Code.ASK),
    StudyRoute.EVENING: (*_PAPERS, Code.LAST_TITLE, Code.OPEN_DAY, Code.ASK),
    StudyRoute.IEFP: (*_PAPERS, Code.LAST_TITLE, Code.PHOTOS, Code.OPEN_DAY, Code.ASK),
    StudyRoute.ITS: (*_PAPERS, Code.LAST_TITLE, Code.ADMISSION, Code.ASK),
    StudyRoute.UNIVERSITY: (*_PAPERS, Code.LAST_TITLE, Code.ISEE, Code.ADMISSION, Code.ASK),
    StudyRoute.ITALIAN: (*_PAPERS, Code.PLACEMENT_TEST, Code.ASK),
    StudyRoute.RECOGNITION: (*_PAPERS, Code.FOREIGN_TITLE, Code.APPLY),
}
# To go with these one leaves Italy.
ABROAD = (StayProgramme.ESC, StayProgramme.ERASMUS_VET, StayProgramme.YOUTH_EXCHANGE, StayProgramme.WORK_CAMP)
_TRAVEL = (Code.TRAVEL_DOCUMENT, Code.EHIC)
OF_PROGRAMME = {
    StayProgramme.ESC: (Code.APPLY, *_TRAVEL, Code.AGREEMENT, Code.TICKETS),
    StayProgramme.ERASMUS_VET: (Code.APPLY, *_TRAVEL, Code.AGREEMENT, Code.TICKETS),
    StayProgramme.YOUTH_EXCHANGE: (Code.APPLY, *_TRAVEL, Code.TICKETS),
    StayProgramme.CIVIL_SERVICE: (*_PAPERS, Code.APPLY, Code.AGREEMENT),
    StayProgramme.WORK_CAMP: (Code.APPLY, *_TRAVEL, Code.TICKETS),
    StayProgramme.ACTIVE_CITIZENSHIP: (*_PAPERS, Code.AGREEMENT),
}
# What is written down of a stay.
STAY_FIELDS = ("programme", "host", "place", "starts_on", "ends_on", "contact", "insurer", "policy", "insured_until")
# All of it is to be there so long before the first day.
BEFORE_LEAVING = timedelta(days=7)
_TO_DO = {Code.PLACEMENT_TEST, Code.OPEN_DAY, Code.ADMISSION, Code.ASK, Code.APPLY, Code.TICKETS}
# What has a last day where the choice has one.
BY_THE_LAST_DAY = (Code.ASK, Code.APPLY)

MILESTONES = (Code.CUSTOMERS, Code.TRIAL, Code.NUMBERS, Code.LEGAL_FORM, Code.FIRST_SALE)


@dataclass(frozen=True)
class Part:
    """A part of an idea sheet: what it is called, the question that it answers, and what helps to answer it."""

    label: Any
    question: Any
    hint: Any


# By the name of the field that holds it, in the order in which one usually gets there.
PARTS_OF_IDEA = {
    "problem": Part(
        _("The problem"),
        _("What is it that does not work today, and for whom?"),
        _("Think of somebody you know who had this problem last week."),
    ),
    "customers": Part(
        _("The customers"),
        _("Who would pay for it?"),
        _("Not everybody: the first ten. Where are they, how old, what do they do?"),
    ),
    "value": Part(
        _("What they gain"),
        _("Why would they choose you?"),
        _("What gets quicker, cheaper, nicer, safer for them."),
    ),
    "channels": Part(
        _("How you reach them"),
        _("How do they hear of you, and how do they get it?"),
        _("Word of mouth, a market, a page, a shop that shows it."),
    ),
    "costs": Part(
        _("What it costs"),
        _("What do you have to spend, once and every month?"),
        _("Tools, rent, material, insurance, your own time. Rough figures will do."),
    ),
    "revenue": Part(
        _("What comes in"),
        _("At what price, how many a month?"),
        _("Price times customers, less the costs: is something left for you?"),
    ),
}


def kind_of_step(code) -> str:
    """Of a step that comes by itself."""
    if code in MILESTONES:
        return StepKind.MILESTONE
    return StepKind.TASK if code in _TO_DO else StepKind.DOCUMENT


def state_in_words(path) -> str:
    """How far a path is, as it is called of its kind."""
    return str(KINDS[path.kind].states[path.state])
