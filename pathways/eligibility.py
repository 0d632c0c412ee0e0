"""Why one can or can't enrol in a run, point by point: the same points for the page and for the action."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.enums import Education, Employment
from intake.enums import ActionKind, ParticipationState
from intake.workflow import OPEN_STATES
from migwork.errors import NotNow
from pathways.enums import OpportunityState, RunState

TALK, YOUR_DATA = gettext_lazy("Talk to us"), gettext_lazy("Your data")
# From no title to the highest.
IN_ORDER = list(Education)


@dataclass(frozen=True)
class Point:
    """One reason: does it speak for enrolling, and if not, does it forbid it?

    `page` is the name of the address where the young person can do something about it, `todo` the words of that link.
    """

    code: str
    ok: bool
    sentence: str
    forbids: bool = True
    page: str = ""
    todo: str = ""

    @property
    def stops(self) -> bool:
        return self.forbids and not self.ok


def points(run, participation, *, on, enrolment=None, plan_action=None, unsigned="") -> list[Point]:
    """All that decides whether this participation may ask for `run` on the day `on`.

    `run.opportunity` and `participation.person` are expected loaded; `participation`
    is None for somebody who takes no part in the activity's edition; `enrolment` is
    theirs in this run, if any; `unsigned` says which signature stops a minor (queries/signatures.py). Makes no query.
    """
    found = [_participation(run, participation)]
    if participation is not None:
        found.append(_age(run, participation.person))
        found += _brought(run.opportunity, participation)
    found += [_deadline(run, on), _places(run)]
    if unsigned:
        page, todo = "accounts:my-representatives", _("Who signs for you")
        found.append(Point("signature", ok=False, sentence=unsigned, page=page, todo=todo))
    if enrolment is not None:
        found.append(Point("again", ok=False, sentence=_("You are already on the list of this activity.")))
    if plan_action is not None:
        found.append(_plan(plan_action, participation))
    return found


def closed(run, *, on) -> str:
    """Why nobody at all can enrol any more, "" while somebody can."""
    point = _deadline(run, on)
    return "" if point.ok else point.sentence


def check(found: list[Point]) -> None:
    """NotNow with the first reason that forbids."""
    for point in found:
        if point.stops:
            raise NotNow(point.sentence, code=point.code)


def _participation(run, participation) -> Point:
    code = "participation"
    if participation is None or participation.edition_id != run.opportunity.edition_id:
        return Point(code, ok=False, sentence=_("This activity is for people who take part in another edition."))
    if participation.state not in OPEN_STATES:
        sentence = _("Your participation is closed. Write to Informagiovani if you want to start again.")
        return Point(code, ok=False, sentence=sentence, page="portal:talk", todo=TALK)
    return Point(code, ok=True, sentence=_("You take part in MiG-Work."))


def _age(run, person) -> Point:
    opportunity = run.opportunity
    ok = opportunity.min_age <= person.age_on(run.starts_on) <= opportunity.max_age
    context = {
        "min": opportunity.min_age,
        "max": opportunity.max_age,
        "age": person.age_on(run.starts_on),
        "day": date_format(run.starts_on, "l j F Y"),
    }
    if ok:
        return Point("age", ok=True, sentence=_("It is for ages %(min)s to %(max)s: yours is right.") % context)
    return Point(
        "age",
        ok=False,
        sentence=_("It is for ages %(min)s to %(max)s. The age on the first day, %(day)s: %(age)s.") % context,
    )


def _brought(opportunity, participation) -> list[Point]:
    """Situation, title, Italian, plan: a point for each that this activity asks for."""
    found, person = [], participation.person
    if opportunity.employment_in:
        found.append(_status(opportunity, person))
    if opportunity.min_education:
        found.append(_title(opportunity, person))
    if opportunity.italian_level:
        # Nobody is measured here: people know, or find out with somebody.
        level = opportunity.get_italian_level_display()
        sentence = _("For the lessons you need Italian: %(level)s. Not sure? Ask us.") % {"level": level}
        found.append(Point("language", ok=False, forbids=False, sentence=sentence, page="portal:talk", todo=TALK))
    if opportunity.wants_plan:
        found.append(_agreed(participation))
    return found


def _status(opportunity, person) -> Point:
    asked = ", ".join(str(Employment(value).label).lower() for value in opportunity.employment_in)
    if person.employment in opportunity.employment_in:
        return Point("status", ok=True, sentence=_("It is for your situation: %(asked)s.") % {"asked": asked})
    if person.employment:
        sentence = _("It is for: %(asked)s. Your data say: %(own)s. Has it changed? Correct it.")
        context = {"asked": asked, "own": person.get_employment_display()}
    else:
        sentence, context = _("It is for: %(asked)s. Tell us your situation first."), {"asked": asked}
    return Point("status", ok=False, sentence=sentence % context, page="accounts:my-data", todo=YOUR_DATA)


def _title(opportunity, person) -> Point:
    context = {"asked": opportunity.get_min_education_display(), "own": person.get_education_display()}
    if person.education and IN_ORDER.index(person.education) >= IN_ORDER.index(opportunity.min_education):
        return Point("title", ok=True, sentence=_("Your title is enough: %(own)s.") % context)
    if person.education:
        sentence = _("It takes at least: %(asked)s. Your data say: %(own)s. Have you another title? Add it.")
    else:
        sentence = _("It takes at least: %(asked)s. Tell us your title first.")
    return Point("title", ok=False, sentence=sentence % context, page="accounts:my-data", todo=YOUR_DATA)


def _agreed(participation) -> Point:
    if participation.state in (ParticipationState.PLAN_AGREED, ParticipationState.IN_PROGRESS):
        return Point("agreement", ok=True, sentence=_("You have an agreed plan."))
    sentence = _("For this one you first agree a plan with an operator: it takes one talk.")
    return Point("agreement", ok=False, sentence=sentence, page="portal:talk", todo=TALK)


def _deadline(run, on) -> Point:
    code = "deadline"
    day = date_format(run.enrol_by, "l j F Y")
    if run.state not in (RunState.PLANNED, RunState.RUNNING) or run.opportunity.state != OpportunityState.PUBLISHED:
        return Point(code, ok=False, sentence=_("This activity takes no more enrolments."))
    if on > run.enrol_by:
        return Point(code, ok=False, sentence=_("The last day to enrol was %(day)s.") % {"day": day})
    return Point(code, ok=True, sentence=_("You can enrol until %(day)s.") % {"day": day})


def _places(run) -> Point:
    left = run.places_left
    if left > 0:
        sentence = ngettext("%(n)s place is free.", "%(n)s places are free.", left) % {"n": left}
        return Point("places", ok=True, sentence=sentence)
    sentence = _("It is full now. You can join the waiting list: if a place becomes free, it is given in order.")
    return Point("places", ok=False, forbids=False, sentence=sentence)


def _plan(action, participation) -> Point:
    ok = (
        participation is not None
        and action.goal.plan.participation_id == participation.pk
        and action.kind == ActionKind.ACTIVITY
        and action.state in ("to_do", "doing")
    )
    if ok:
        return Point("plan", ok=True, sentence=_("It is part of your plan: “%(what)s”.") % {"what": action.title})
    return Point("plan", ok=False, sentence=_("This step of the plan is not waiting for an activity any more."))
