"""The accompanied path: beginning, who goes along, what is ticked off, and the end.

The row of the person's way is locked first, then the path's: as everywhere in the portal.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake.actions.participation import locked, note_contact
from intake.workflow import OPEN_STATES
from migwork.errors import NotNow
from migwork.months import add_months
from pathways import permissions
from pathways.enums import PathState, StepKind
from pathways.models import AccompaniedPath, PathCheck, PathStep
from pathways.paths import CHECKED, KINDS, WITH_REASON, kind_of_step
from pathways.readiness import missing_for, missing_for_outcome
from pathways.workflow import PATH

MOST_STEPS = 60


@transaction.atomic
def begin_path(*, participation, kind, by, now) -> AccompaniedPath:
    """Begin a path with somebody. By an operator, who then goes along; a business idea also by the young person."""
    participation = locked(participation)
    permissions.check_can_begin_path(by, participation, kind)
    if participation.state not in OPEN_STATES:
        raise NotNow(_("This way has ended. Open it again first."), code="closed")
    if participation.paths.open().filter(kind=kind).exists():
        raise NotNow(_("Such a path is open already: go on with that one."), code="open")
    offices = by.organisations_as(Role.OPERATOR)
    path = AccompaniedPath.objects.create(
        participation=participation,
        kind=kind,
        state=PATH.initial,
        state_since=now,
        companion=by if offices else None,
        organisation_id=offices[0] if offices else None,
        began_at=now,
        began_by=by,
    )
    noted("begun", path, by, now)
    return path


@transaction.atomic
def hand_path(*, path, membership, by, now) -> AccompaniedPath:
    """Say who accompanies from now on: `membership` is theirs, as an operator or at a partner. By an operator."""
    path = locked_path(path)
    permissions.check_can_hand_path(by, path)
    check_open(path)
    if not membership.is_active or not membership.user.is_active or membership.role not in COMPANIONS:
        raise NotNow(_("They no longer work here. Choose somebody else."), code="membership")
    if (path.companion_id, path.organisation_id) == (membership.user_id, membership.organisation_id):
        return path
    path.companion_id, path.organisation_id = membership.user_id, membership.organisation_id
    path.save(update_fields=["companion", "organisation"])
    noted("handed", path, by, now, fields=["companion"])
    return path


COMPANIONS = (Role.OPERATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


@transaction.atomic
def move_path(*, path, verb, by, now) -> AccompaniedPath:
    """One step on ("choose", "start"), where nothing else has to be said. By whoever accompanies."""
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    if missing := missing_for(path, verb, timezone.localdate(now)):
        raise NotNow(missing)
    step_on(path, verb, by=by, now=now)
    return path


@transaction.atomic
def end_path(*, path, outcome, on, reason="", words="", by, now) -> AccompaniedPath:
    """Say how it ended, and when that came about. By whoever accompanies. Later one is asked whether it lasted."""
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    target = PATH.target(path.state, "end")
    if outcome not in KINDS[path.kind].outcomes:
        raise NotNow({"outcome": _("A path of this kind cannot end like that.")})
    if (outcome in WITH_REASON) != bool(reason):
        raise NotNow(
            {"reason": _("Say why.") if outcome in WITH_REASON else _("A reason is only for what was given up.")}
        )
    if on > timezone.localdate(now):
        raise NotNow({"on": _("This day has not come yet.")})
    if on < timezone.localdate(path.began_at):
        raise NotNow({"on": _("The path had not begun yet.")})
    if missing := missing_for_outcome(path, outcome):
        raise NotNow({"outcome": missing})
    path.state = target
    path.outcome, path.outcome_on, path.reason, path.words = outcome, on, reason, words.strip()
    path.ended_at, path.ended_by, path.state_since = now, by, now
    path.save()
    call_off(path, now)
    if outcome in CHECKED:
        PathCheck.objects.create(path=path, due_on=add_months(on, CHECKED[outcome]))
    noted("ended", path, by, now, fields=["outcome"])
    return path


@transaction.atomic
def reopen_path(*, path, by, now) -> AccompaniedPath:
    """It was not the end. By whoever accompanies; what would have been asked later is asked no more."""
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    if path.participation.paths.open().filter(kind=path.kind).exists():
        raise NotNow(_("Such a path is open already: go on with that one."), code="open")
    path.state = PATH.target(path.state, "reopen")
    path.state_since = now
    path.outcome = path.reason = path.words = ""
    path.outcome_on = path.ended_at = path.ended_by = None
    path.save()
    for check in path.checks.unanswered():
        cancel(cause=f"path-check:{check.pk}", now=now)
        check.delete()
    noted("reopened", path, by, now)
    return path


@transaction.atomic
def add_step(*, path, kind, title, due_on=None, expires_on=None, by, now) -> PathStep:
    """Write something onto the list. By the young person, or whoever accompanies."""
    path = locked_path(path)
    permissions.check_can_walk(by, path)
    check_open(path)
    if path.steps.count() >= MOST_STEPS:
        raise NotNow(_("The list is long enough: do some of it first."), code="many")
    check_days(due_on, expires_on, now)
    step = PathStep.objects.create(
        path=path,
        kind=kind,
        title=title,
        position=path.steps.count(),
        due_on=due_on,
        expires_on=expires_on if kind == StepKind.DOCUMENT else None,
        added_at=now,
        added_by=by,
    )
    noted("step_added", path, by, now)
    return step


@transaction.atomic
def change_step(*, step, done, due_on=None, expires_on=None, by, now) -> PathStep:
    """Tick it off or not, give it a day, say when the document expires. By the young person, or whoever accompanies."""
    path = locked_path(step.path)
    permissions.check_can_walk(by, path)
    check_open(path)
    step = _locked_step(path, step)
    check_days(due_on, expires_on, now)
    if expires_on and step.kind != StepKind.DOCUMENT:
        raise NotNow({"expires_on": _("Only a document expires.")})
    today = timezone.localdate(now)
    if done and expires_on and expires_on < today:
        raise NotNow({"expires_on": _("This document is no longer good: renew it, then tick it off.")})
    was_done = step.done_on is not None
    changed = [name for name, value in (("due_on", due_on), ("expires_on", expires_on)) if getattr(step, name) != value]
    step.due_on, step.expires_on = due_on, expires_on
    if done != was_done:
        step.done_on, step.done_by = (today, by) if done else (None, None)
    if not changed and done == was_done:
        return step
    step.save()
    if done:
        cancel(cause=f"path-step:{step.pk}", now=now)
    verb = "step_changed" if done == was_done else "step_done" if done else "step_undone"
    noted(verb, path, by, now, fields=changed)
    return step


def tick_step(*, step, done, by, now) -> PathStep:
    """Tick it off, or not after all; its days stay. By the young person, or whoever accompanies."""
    step.refresh_from_db(fields=["due_on", "expires_on"])
    return change_step(step=step, done=done, due_on=step.due_on, expires_on=step.expires_on, by=by, now=now)


@transaction.atomic
def drop_step(*, step, by, now) -> None:
    """Take it off the list. By whoever accompanies; the young person what they wrote themselves."""
    path = locked_path(step.path)
    permissions.check_can_drop_step(by, step)
    check_open(path)
    step = _locked_step(path, step)
    cancel(cause=f"path-step:{step.pk}", now=now)
    noted("step_dropped", path, by, now)
    step.delete()


# --- for the other files of this subject ---------------------------------------------------


def locked_path(path) -> AccompaniedPath:
    """The path's row, after that of the person's way."""
    participation = locked(path.participation)
    path = AccompaniedPath.objects.select_for_update(of=("self",)).get(pk=path.pk)
    path.participation = participation
    return path


def check_open(path) -> None:
    if path.state == PathState.ENDED:
        raise NotNow(_("This path has ended."), code="ended")


def step_on(path, verb, *, by, now) -> None:
    """Move a locked path by `verb`."""
    before = path.state
    path.state = PATH.target(path.state, verb)
    if path.state != before:
        path.state_since = now
    path.save(update_fields=["state", "state_since"])
    noted(verb, path, by, now)


def write_steps(path, codes, *, due=None, by, now) -> None:
    """Put the steps of a choice on the list, each once; `due` gives {code: day}."""
    due = due or {}
    there = {step.code: step for step in path.steps.all() if step.code}
    position = path.steps.count()
    for number, code in enumerate(codes):
        if code not in there:
            PathStep.objects.create(
                path=path,
                kind=kind_of_step(code),
                code=code,
                position=position + number,
                due_on=due.get(code),
                added_at=now,
                added_by=by,
            )
        elif due.get(code) and there[code].done_on is None:
            PathStep.objects.filter(pk=there[code].pk).update(due_on=due[code])


def call_off(path, now) -> None:
    """What is over is reminded of no more: talks that were not held go, and what was written about them."""
    for talk in path.talks.filter(held_at=None, steps=None):
        cancel(cause=f"path-talk:{talk.pk}", now=now)
        talk.delete()
    for step in path.steps.filter(done_on=None):
        cancel(cause=f"path-step:{step.pk}", now=now)


def check_days(due_on, expires_on, now) -> None:
    """Slips of a year are refused beside their field."""
    for name, day in (("due_on", due_on), ("expires_on", expires_on)):
        # A passport is good for ten years.
        if day is not None and abs(day.year - timezone.localdate(now).year) > 15:
            raise NotNow({name: _("Look at the year again.")})


def _locked_step(path, step) -> PathStep:
    step = PathStep.objects.select_for_update(of=("self",)).filter(path=path, pk=step.pk).first()
    if step is None:
        raise NotNow(_("Somebody has taken it off the list in the meantime."), code="gone")
    step.path = path
    return step


def noted(what, path, by, now, fields=()) -> None:
    """The event of the path; whatever the desk does on it counts as a contact."""
    if by is not None and by.pk != path.participation.person.user_id:
        note_contact(path.participation, now)
    record(verb=f"pathways.path_{what}", by=by, now=now, on=path, about=path.participation.person_id, fields=fields)


# --- when a member of staff leaves ---------------------------------------------------------


def _accompanied(user, organisation):
    return AccompaniedPath.objects.open().filter(companion=user, organisation=organisation)


def what_companion_holds(*, user, organisation) -> list[tuple[str, int]]:
    """On how many paths `user` goes along there. For accounts.hooks.member_holds."""
    count = _accompanied(user, organisation).count()
    return [(ngettext("Person accompanied", "People accompanied", count), count)] if count else []


@transaction.atomic
def pass_on_paths(*, user, organisation, to, by, now) -> None:
    """They pass to `to`. For accounts.hooks.member_leaves, which checked who may."""
    for path in _accompanied(user, organisation).select_related("participation").order_by("participation", "pk"):
        path.participation = locked(path.participation, also_merged=True)
        path.companion = to
        path.save(update_fields=["companion"])
        record(
            verb="pathways.path_handed",
            by=by,
            now=now,
            on=path,
            about=path.participation.person_id,
            fields=["companion"],
        )
