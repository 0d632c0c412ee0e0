"""What has to be there before a path goes a step on, in sentences: asked by actions, shown by pages."""

from django.utils.translation import gettext as _

from pathways.enums import PathKind, PathOutcome, PathState, PathTalkKind, StepKind


def missing_for(path, verb, on) -> list[str]:
    """What is missing before `verb`; nothing where it may be done."""
    return _MISSING.get((path.kind, verb), lambda path, on: [])(path, on)


def missing_for_outcome(path, outcome) -> str:
    """What has to come before the path can end like that; "" where it can."""
    if outcome == PathOutcome.ENROLLED and not path.options.filter(is_chosen=True).exists():
        return _("Choose first where: the school they are enrolled in.")
    if outcome in (PathOutcome.STAYED, PathOutcome.BACK_EARLY) and path.state != PathState.UNDER_WAY:
        return _("They have not left yet.")
    if outcome == PathOutcome.STAYED and not _held(path, PathTalkKind.AFTER):
        return _("Write down the talk after the return first.")
    return ""


def to_leave(path, stay) -> list[str]:
    """What has to be there before somebody leaves: what is missing abroad is hard to mend."""
    missing = [] if stay.is_insured else [_("The insurance does not cover the whole stay.")]
    for step in path.steps.filter(kind=StepKind.DOCUMENT):
        if step.done_on is None:
            missing.append(_("Still to get: %(what)s.") % {"what": step.name})
        elif step.expires_on and step.expires_on < stay.ends_on:
            missing.append(_("It expires before the last day: %(what)s.") % {"what": step.name})
    if not _held(path, PathTalkKind.BEFORE):
        missing.append(_("The meeting before departure was not held."))
    return missing


def _held(path, kind) -> bool:
    return path.talks.filter(kind=kind, held_at__isnull=False).exists()


def _no_school(path, on):
    return [_("Choose one of the schools.")]


def _no_stay(path, on):
    return [_("Write down where and when.")]


def _leave(path, on):
    stay = getattr(path, "stay", None)
    if stay is None:
        return _no_stay(path, on)
    missing = to_leave(path, stay)
    return missing or ([_("The first day has not come yet.")] if stay.starts_on > on else [])


def _first_parts(path, on):
    idea = getattr(path, "idea", None)
    written = idea is not None and all((idea.problem, idea.customers, idea.value))
    return [] if written else [_("First write which problem, for which customers, and what they gain.")]


_MISSING = {
    (PathKind.STUDY, "choose"): _no_school,
    (PathKind.STAY, "choose"): _no_stay,
    (PathKind.STAY, "start"): _leave,
    (PathKind.VENTURE, "choose"): _first_parts,
}
