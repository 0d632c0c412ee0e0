"""Abroad or as a volunteer: where and when, insurance, departure and return, and what was learnt."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import check
from foundation.privacy.actions import record
from intake import actions as intake
from intake.permissions import is_own
from migwork.calendar import check_year
from migwork.errors import NotNow
from pathways import permissions
from pathways.actions.paths import check_open, locked_path, noted, step_on, write_steps
from pathways.enums import PathKind, PathState, StepCode
from pathways.models import LearntSkill, Stay
from pathways.paths import ABROAD, BEFORE_LEAVING, OF_PROGRAMME, STAY_FIELDS


@transaction.atomic
def plan_stay(*, path, by, now, **fields) -> Stay:
    """Write down programme, host, days and insurance; what it takes comes onto the list. By whoever accompanies.

    Days and insurance can be mended also while they are away: stays grow longer.
    """
    path = _locked(path, by)
    for name in ("starts_on", "ends_on", "insured_until"):
        _check_year(fields[name], name, now)
    if fields["ends_on"] < fields["starts_on"]:
        raise NotNow({"ends_on": _("The last day cannot be before the first.")})
    if bool(fields["insurer"]) != bool(fields["insured_until"]):
        raise NotNow({"insurer": _("Write with whom they are insured, and until when.")})
    stay = Stay.objects.select_for_update(of=("self",)).filter(path=path).first() or Stay(path=path)
    for name in STAY_FIELDS:
        setattr(stay, name, fields[name])
    stay.changed_at = now
    stay.save()
    if path.state in (PathState.CHOOSING, PathState.PREPARING):
        _write_list(path, stay, by, now)
        step_on(path, "choose", by=by, now=now)
    else:
        noted("stay_changed", path, by, now)
    return stay


def _write_list(path, stay, by, now) -> None:
    codes = list(OF_PROGRAMME[stay.programme])
    person = path.participation.person
    if stay.programme in ABROAD and not person.is_of_age_on(stay.starts_on):
        codes.append(StepCode.PARENTS)
    # All is to be there a week before they leave, if that is still to come.
    by_then = stay.starts_on - BEFORE_LEAVING
    due = dict.fromkeys(codes, by_then) if by_then > timezone.localdate(now) else {}
    write_steps(path, codes, due=due, by=by, now=now)


@transaction.atomic
def say_what_was_learnt(*, path, words, by, now) -> Stay:
    """In the young person's own words. By the young person."""
    path = locked_path(path)
    check(is_own(by, path.participation))
    stay = _stay_that_began(path)
    if stay.learnt != words.strip():
        stay.learnt, stay.changed_at = words.strip(), now
        stay.save(update_fields=["learnt", "changed_at"])
        noted("learnt", path, by, now, fields=["learnt"])
    return stay


@transaction.atomic
def turn_into_skill(*, path, skill, level, evidence, by, now) -> LearntSkill:
    """Put what was learnt among the skills of the person's profile. By an operator, with the person beside them."""
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    _stay_that_began(path)
    intake.note_skill(person=path.participation.person, skill=skill, level=level, evidence=evidence, by=by, now=now)
    row, made = LearntSkill.objects.get_or_create(path=path, skill=skill, defaults={"added_at": now, "added_by": by})
    if made:
        record(verb="pathways.path_skill", by=by, now=now, on=path, about=path.participation.person_id)
    return row


def _stay_that_began(path) -> Stay:
    stay = Stay.objects.select_for_update(of=("self",)).filter(path=path).first()
    if stay is None or path.state not in (PathState.UNDER_WAY, PathState.ENDED):
        raise NotNow(_("What was learnt is said when the stay has begun."), code="early")
    return stay


def _locked(path, by):
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    check_open(path)
    if path.kind != PathKind.STAY:
        raise NotNow(_("This is no path abroad."), code="kind")
    return path


def _check_year(day, name, now) -> None:
    if day is not None:
        try:
            check_year(day, timezone.localdate(now))
        except ValidationError as slip:
            raise NotNow({name: slip.messages}) from slip
