"""The page of one internship: to its promoter and to its intern."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships import queries, rules
from internships.actions import EVENTS
from internships.enums import InternshipState as S
from internships.forms.internships import StepForm
from internships.permissions import can_answer_concern
from internships.policies import Due, due
from internships.queries import days
from internships.showing import KINDS, next_step
from internships.showing.ends import intern_end, promoter_end
from internships.showing.life import intern_life, promoter_life
from internships.showing.papers import for_intern, for_promoter, waiting_for
from internships.timetable import weekly_hours
from internships.workflow import BY_DAYS, BY_PAPERS, INTERNSHIP, NEED_A_REASON

WAY = (S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED, S.RUNNING, S.COMPLETED)
# Somebody may begin another one in its place.
BROKEN_OFF = (S.ENDED_EARLY, S.CANCELLED)
# Steps that lead back to a place where one was.
BACK = ("resume", "take_papers_back")
# The button of each step, and what it means.
BUTTONS = {
    "agree": (gettext_lazy("It is agreed"), gettext_lazy("Host and young person want it. The young person is told.")),
    "start": (gettext_lazy("It has started"), gettext_lazy("The young person is told, and the plan shows it.")),
    "complete": (
        gettext_lazy("Complete it"),
        gettext_lazy("First check that the register is whole: it closes with this."),
    ),
    "cancel": (gettext_lazy("Cancel the internship"), ""),
}
# What the intern reads: where things stand, and what happens now.
WORDS = {
    S.PROPOSED: (
        gettext_lazy("We have an idea for you"),
        gettext_lazy("We are talking with the company. When it is agreed we write to you."),
    ),
    S.AGREED: (
        gettext_lazy("It's a yes!"),
        gettext_lazy("Now your training project is written: a part of it is yours. You read it all before you sign."),
    ),
    S.IN_SIGNATURE: (
        gettext_lazy("The papers are ready to sign"),
        gettext_lazy("Read them here, and ask about everything that is not clear. Nobody is in a hurry."),
    ),
    S.SIGNED: (
        gettext_lazy("All set"),
        gettext_lazy("Everybody has signed. Be there on the first day; your tutor waits for you."),
    ),
    S.RUNNING: (
        gettext_lazy("You are at work"),
        gettext_lazy("If something is not right, talk to your tutor or to us. It is never too early."),
    ),
    S.SUSPENDED: (
        gettext_lazy("It is on pause"),
        gettext_lazy("Your place is kept. Your tutor will tell you when it goes on."),
    ),
    S.COMPLETED: (
        gettext_lazy("You did it!"),
        gettext_lazy("Your plan shows it as done. Let's talk about what comes next."),
    ),
    S.ENDED_EARLY: (
        gettext_lazy("It ended early"),
        gettext_lazy("That happens. Talk with us: we look for the next step together."),
    ),
    S.CANCELLED: (
        gettext_lazy("This internship does not take place"),
        gettext_lazy("Nothing is lost: we look for another one together."),
    ),
}
INTERN_WAY = {
    S.PROPOSED: gettext_lazy("The idea"),
    S.AGREED: gettext_lazy("Agreed with the company"),
    S.IN_SIGNATURE: gettext_lazy("Papers to sign"),
    S.SIGNED: gettext_lazy("Ready to start"),
    S.RUNNING: gettext_lazy("At work"),
    S.COMPLETED: gettext_lazy("Completed"),
}


@dataclass
class Button:
    """A step that can be taken now."""

    verb: str
    label: str
    hint: str
    form: StepForm
    needs_reason: bool

    @property
    def refused(self) -> bool:
        return self.form.is_bound


def promoter_page(internship, user, *, may_work: bool, form: StepForm | None = None) -> dict:
    """For the promoter's staff and, without buttons, for operators and coordinators."""
    today = timezone.localdate()
    events, register = queries.story(internship), queries.register(internship)
    buttons = _buttons(internship, today, form) if may_work else []
    main = next((button for button in buttons if not button.needs_reason), None)
    what = due(internship, register["last"], today)
    may_answer = can_answer_concern(user, internship)
    values = rules.values(internship.starts_on)
    life = promoter_life(internship, today, values, may_work=may_work, may_answer=may_answer)
    if internship.state == S.SIGNED and life["missing"]:
        # Nobody presses a button that cannot work: first what is missing.
        main = None
        what = Due(
            _("Before it starts: %(what)s") % {"what": ", ".join(life["missing"])}, internship.starts_on <= today
        )
    papers = for_promoter(internship)
    if internship.state == S.AGREED:
        # Whose turn it is says more than that the papers are due.
        what = Due(papers.title, what.late)
    return {
        **_common(internship, register, events),
        "keeping": _keeping(internship, today, values, register["rows"], may_work),
        "steps": _steps(internship, events, {state: state.label for state in WAY}),
        "due": what,
        "main": main,
        "others": [button for button in buttons if button.needs_reason],
        "may_work": may_work,
        "may_record": may_work and internship.state == S.RUNNING,
        "may_reopen": may_work and internship.state in BROKEN_OFF and queries.can_be_served(internship.referral),
        "refused": form,
        "events": events,
        "life": life,
        "papers": papers,
        "to_sign": waiting_for(papers, user),
        "end": promoter_end(internship, register["hours"], values, may_work=may_work, may_answer=may_answer),
    }


def intern_page(internship, user) -> dict:
    """For the young person, in their own words."""
    title, now = WORDS[internship.state]
    events, register = queries.story(internship), queries.register(internship)
    return {
        **_common(internship, register, events),
        "title": title,
        "now": now,
        "steps": _steps(internship, events, INTERN_WAY),
        "step": next_step(internship) if internship.state in (S.AGREED, S.IN_SIGNATURE, S.SIGNED) else None,
        "end": intern_end(internship),
        "life": intern_life(internship, timezone.localdate()),
        "over": internship.state in (S.COMPLETED, S.ENDED_EARLY, S.CANCELLED),
        "says_days": internship.state == S.RUNNING,
        "has_allowance": internship.allowances.exists(),
        "papers": for_intern(internship, user),
    }


def _keeping(internship, today, values, rows, may_work) -> dict:
    """How the register is kept: the timetable, the months, the host's link."""
    plan, months = days.kept(internship, today, rows)
    slots = plan.version_on(max(today, internship.starts_on))
    link = internship.host_tutor.links.filter(revoked_at=None).first() if may_work else None
    return {
        "slots": slots,
        "weekly": weekly_hours(slots),
        "months": months,
        "this_month": today.replace(day=1),
        "link": link,
        "is_paid": values.is_for("allowance.full", internship.kind),
    }


def _common(internship, register, events) -> dict:
    return {
        "internship": internship,
        "person": internship.participation.person,
        "host": internship.unit.host,
        "kind": KINDS[internship.state],
        "register": register,
    }


def _steps(internship, events, labels) -> list[dict]:
    """The way from the idea to the end, with the day of each step taken; none when it broke off."""
    if internship.state in BROKEN_OFF:
        return []
    step_of = {f"internships.{EVENTS[step.verb]}": step.target for step in INTERNSHIP.steps if step.verb not in BACK}
    days = {step_of[event.verb]: timezone.localtime(event.at) for event in events if event.verb in step_of}
    days[S.PROPOSED] = timezone.localtime(internship.created_at)
    here = WAY.index(S.RUNNING if internship.state == S.SUSPENDED else internship.state)
    done = internship.state == S.COMPLETED
    return [
        {
            "label": labels[state],
            "state": "done" if place < here or done else "going" if place == here else "todo",
            "note": date_format(days[state], "j F Y") if state in days and place <= here else "",
        }
        for place, state in enumerate(WAY)
    ]


def _buttons(internship, today, refused: StepForm | None) -> list[Button]:
    buttons = []
    for verb in INTERNSHIP.verbs(internship.state):
        if verb in (*BY_DAYS, *BY_PAPERS) or (verb == "complete" and today < internship.ends_on):
            continue
        label, hint = BUTTONS[verb]
        mine = refused if refused and refused.data.get("verb") == verb else None
        form = mine or StepForm(initial={"verb": verb})
        form.auto_id = f"{verb}_%s"
        form.fields["reason"].required = verb in NEED_A_REASON  # as the action will ask: not "optional"
        buttons.append(Button(verb, label, hint, form, verb in NEED_A_REASON))
    return buttons
