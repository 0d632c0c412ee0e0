"""Talks on an accompanied path: arranged or held, with what was said and what there is to do until the next one."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from migwork.errors import NotNow
from pathways import permissions
from pathways.actions.paths import MOST_STEPS, check_days, check_open, locked_path, noted
from pathways.enums import PathState, StepKind
from pathways.models import PathStep, PathTalk
from pathways.notifications import paths as told
from pathways.paths import KINDS

MOST_TASKS = 8
LONGEST = PathStep._meta.get_field("title").max_length
# Two people who sit together may note the talk some minutes before its hour.
EARLY = timedelta(hours=1)


@transaction.atomic
def arrange_talk(*, path, kind, at, place="", by, now) -> PathTalk:
    """Agree on a day and an hour; tells the young person. By whoever accompanies."""
    path = _accompanied(path, kind, by)
    check_open(path)
    if at <= now:
        raise NotNow({"day": _("This hour is past. For a talk that was held, note it.")})
    _check_year(at, now)
    talk = PathTalk.objects.create(path=path, kind=kind, at=at, place=place, arranged_by=by, arranged_at=now)
    told.path_talk_arranged(talk, now=now)
    noted("talk_arranged", path, by, now)
    return talk


@transaction.atomic
def call_off_talk(*, talk, by, now) -> None:
    """It does not take place; tells the young person. By whoever accompanies."""
    path = locked_path(talk.path)
    permissions.check_can_accompany(by, path)
    talk = _locked(path, talk)
    if talk.held_at is not None:
        raise NotNow(_("This talk was held: it stays."), code="held")
    cancel(cause=f"path-talk:{talk.pk}", now=now)
    if talk.at > now:
        told.path_talk_called_off(talk, now=now)
    noted("talk_called_off", path, by, now)
    talk.delete()


@transaction.atomic
def note_talk(*, path, kind, at, said, tasks=(), due_on=None, talk=None, by, now) -> PathTalk:
    """Write down a talk that was held: what was said, and the tasks until next time, one line each.

    `talk` is the one that was arranged, if there was one. By whoever accompanies; the young person reads it, too.
    """
    path = _accompanied(path, kind, by)
    if talk is None:
        # The talk after the return may be noted when the path has ended.
        talk = PathTalk(path=path, kind=kind, arranged_by=by, arranged_at=now)
    else:
        talk = _locked(path, talk)
        if talk.held_at is not None:
            raise NotNow(_("This talk is written down already."), code="held")
    if at > now + EARLY:
        raise NotNow({"day": _("This hour has not come yet.")})
    _check_year(at, now)
    if not said.strip():
        raise NotNow({"said": _("Write at least a word.")})
    talk.kind, talk.at, talk.said, talk.held_at, talk.held_by = kind, at, said.strip(), now, by
    talk.save()
    cancel(cause=f"path-talk:{talk.pk}", now=now)
    tasks = [task.strip() for task in tasks if task.strip()]
    if tasks:
        _write_tasks(path, talk, tasks, due_on, by, now)
    noted("talk_noted", path, by, now)
    return talk


def _write_tasks(path, talk, tasks, due_on, by, now) -> None:
    if path.state == PathState.ENDED:
        raise NotNow({"tasks": _("This path has ended.")})
    there = path.steps.count()
    if len(tasks) > MOST_TASKS or there + len(tasks) > MOST_STEPS:
        raise NotNow({"tasks": _("At most %(most)s tasks: who has too many does none.") % {"most": MOST_TASKS}})
    if any(len(task) > LONGEST for task in tasks):
        raise NotNow({"tasks": _("A task fits into one line: shorten it.")})
    check_days(due_on, None, now)
    if due_on and due_on < timezone.localdate(now):
        raise NotNow({"due_on": _("This day is past.")})
    for number, task in enumerate(tasks):
        PathStep.objects.create(
            path=path,
            talk=talk,
            kind=StepKind.TASK,
            title=task,
            position=there + number,
            due_on=due_on,
            added_at=now,
            added_by=by,
        )


def _accompanied(path, kind, by):
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    if kind not in KINDS[path.kind].talks:
        raise NotNow({"kind": _("There is no such talk on this path.")})
    return path


def _locked(path, talk) -> PathTalk:
    talk = PathTalk.objects.select_for_update(of=("self",)).filter(path=path, pk=talk.pk).first()
    if talk is None:
        raise NotNow(_("This talk was called off in the meantime."), code="gone")
    talk.path = path
    return talk


def _check_year(at, now) -> None:
    if abs(at.year - now.year) > 5:
        raise NotNow({"day": _("Look at the year again.")})
