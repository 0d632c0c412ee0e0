"""Back to study: what could be chosen, and the choice, with the papers that it asks for."""

from django.db import transaction
from django.utils.translation import gettext as _

from migwork.errors import NotNow
from pathways import permissions
from pathways.actions.paths import check_days, check_open, locked_path, noted, step_on, write_steps
from pathways.enums import PathKind, PathState, StepCode
from pathways.models import StudyOption
from pathways.paths import BY_THE_LAST_DAY, OF_ROUTE

MOST_OPTIONS = 12
ITALIAN = "IT"


@transaction.atomic
def add_option(*, path, route, school, course="", enrol_by=None, thoughts="", by, now) -> StudyOption:
    """Write down a school or course that is thought of. By whoever accompanies."""
    path = _choosing(path, by)
    if path.options.count() >= MOST_OPTIONS:
        raise NotNow(_("These are enough to choose from: take one out first."), code="many")
    _check_day(enrol_by, now)
    option = StudyOption.objects.create(
        path=path,
        route=route,
        school=school,
        course=course,
        enrol_by=enrol_by,
        thoughts=thoughts.strip(),
        added_at=now,
        added_by=by,
    )
    noted("option_added", path, by, now)
    return option


@transaction.atomic
def change_option(*, option, route, school, course="", enrol_by=None, thoughts="", by, now) -> StudyOption:
    """Mend what was written. By whoever accompanies; a new last day also moves what is due by it."""
    path = _choosing(option.path, by)
    option = _locked(path, option)
    _check_day(enrol_by, now)
    option.route, option.school, option.course = route, school, course
    option.enrol_by, option.thoughts = enrol_by, thoughts.strip()
    option.save()
    if option.is_chosen:
        _write_papers(path, option, by, now)
    noted("option_changed", path, by, now)
    return option


@transaction.atomic
def drop_option(*, option, by, now) -> None:
    """Take it out: it is not thought of any more. By whoever accompanies."""
    path = _choosing(option.path, by)
    option = _locked(path, option)
    if option.is_chosen:
        raise NotNow(_("This one is chosen: choose another one first."), code="chosen")
    noted("option_dropped", path, by, now)
    option.delete()


@transaction.atomic
def choose_option(*, option, by, now) -> StudyOption:
    """This one. By whoever accompanies, together with the young person; its papers come onto the list."""
    path = _choosing(option.path, by)
    option = _locked(path, option)
    path.options.filter(is_chosen=True).exclude(pk=option.pk).update(is_chosen=False)
    option.is_chosen = True
    option.save(update_fields=["is_chosen"])
    _write_papers(path, option, by, now)
    step_on(path, "choose", by=by, now=now)
    return option


def _write_papers(path, option, by, now) -> None:
    codes = list(OF_ROUTE[option.route])
    if path.participation.person.citizenship not in ("", ITALIAN):
        codes.insert(2, StepCode.PERMIT)
    due = dict.fromkeys(BY_THE_LAST_DAY, option.enrol_by) if option.enrol_by else {}
    write_steps(path, codes, due=due, by=by, now=now)


def _choosing(path, by):
    path = locked_path(path)
    permissions.check_can_accompany(by, path)
    check_open(path)
    if path.kind != PathKind.STUDY:
        raise NotNow(_("This is no path back to study."), code="kind")
    if path.state == PathState.UNDER_WAY:
        raise NotNow(_("The application is in: what was chosen stays as it is."), code="late")
    return path


def _locked(path, option) -> StudyOption:
    option = StudyOption.objects.select_for_update(of=("self",)).filter(path=path, pk=option.pk).first()
    if option is None:
        raise NotNow(_("Somebody has taken it off the list in the meantime."), code="gone")
    return option


def _check_day(day, now) -> None:
    try:
        check_days(day, None, now)
    except NotNow as refusal:
        raise NotNow({"enrol_by": refusal.messages}) from refusal
