"""What is different in a plan since the young person last agreed to it, in words."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import ActionKind, ActionState, AppointmentKind, Project
from intake.models import Plan, PlanAction, PlanSignature


class Mark(TextChoices):
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Different now")
    OUT = "out", gettext_lazy("Taken out")


@dataclass(frozen=True)
class Change:
    """One difference: what it is about, and for what has changed the lines "before → now"."""

    mark: Mark
    title: str
    lines: tuple[str, ...] = ()


@dataclass
class PlanChanges:
    """All differences since `since`, the day of the last agreement."""

    since: date
    changes: list[Change] = field(default_factory=list)


def plan_content(plan) -> dict:
    """The plan as data, kept with each signature: later versions are compared with it."""
    steps = PlanAction.objects.filter(goal__plan=plan).exclude(state=ActionState.DROPPED).select_related("goal")
    goals = {step.goal_id: step.goal for step in steps}
    return {
        "words": {Project.PROFESSIONAL: plan.professional_project, Project.LIFE: plan.life_project},
        "review_on": plan.review_on.isoformat() if plan.review_on else "",
        "goals": [{"id": str(goal.pk), "title": goal.title, "project": goal.project} for goal in goals.values()],
        "steps": [
            {
                "id": str(step.pk),
                "title": step.title,
                "kind": step.kind,
                "talk": step.talk,
                "due_on": step.due_on.isoformat(),
                "hours": str(step.hours_planned.normalize()),
            }
            for step in steps
        ],
    }


def plan_changes(plan: Plan) -> PlanChanges | None:
    """What differs from the version agreed to last; None where none was, or where its content was not kept."""
    if plan.version == 1:
        return None
    signature = (
        PlanSignature.objects.filter(plan=plan, as_operator=False, version__lt=plan.version)
        .order_by("-version")
        .first()
    )
    if signature is None or signature.content is None:
        return None
    before, now = signature.content, plan_content(plan)
    changes = [
        *_words(before["words"], now["words"]),
        *_rows(before["goals"], now["goals"], _goal_lines),
        *_rows(before["steps"], now["steps"], _step_lines, _when),
    ]
    if before["review_on"] != now["review_on"]:
        lines = (_arrow(_day(before["review_on"]), _day(now["review_on"])),)
        changes.append(Change(Mark.CHANGED, _("The day on which we look at it again"), lines))
    return PlanChanges(timezone.localdate(signature.at), changes)


def _words(before, now):
    for project in Project:
        was, is_now = before.get(project, ""), now[project]
        if was != is_now:
            mark = Mark.CHANGED if was and is_now else Mark.NEW if is_now else Mark.OUT
            yield Change(mark, project.label, (_arrow(_quoted(was), _quoted(is_now)),) if was else (_quoted(is_now),))


def _rows(before, now, lines_of, more=lambda row: ()):
    """Differences of two lists of rows with ids, in the order of the plan; what is gone comes last."""
    earlier = {row["id"]: row for row in before}
    for row in now:
        was = earlier.pop(row["id"], None)
        if was is None:
            yield Change(Mark.NEW, row["title"], more(row))
        elif lines := tuple(lines_of(was, row)):
            yield Change(Mark.CHANGED, row["title"], lines)
    for row in earlier.values():
        yield Change(Mark.OUT, row["title"])


def _goal_lines(was, row):
    if was["title"] != row["title"]:
        yield _arrow(_quoted(was["title"]), _quoted(row["title"]))
    if was["project"] != row["project"]:
        yield _arrow(Project(was["project"]).label, Project(row["project"]).label)


def _step_lines(was, row):
    if was["title"] != row["title"]:
        yield _arrow(_quoted(was["title"]), _quoted(row["title"]))
    if _kind(was) != _kind(row):
        yield _arrow(_kind(was), _kind(row))
    if was["due_on"] != row["due_on"]:
        yield _("by %(day)s") % {"day": _arrow(_day(was["due_on"]), _day(row["due_on"]))}
    if was["hours"] != row["hours"]:
        yield _("%(planned)s hours") % {"planned": _arrow(_number(was["hours"]), _number(row["hours"]))}


def _when(row):
    return (_("by %(day)s") % {"day": _day(row["due_on"])},)


def _kind(row):
    return AppointmentKind(row["talk"]).label if row["talk"] else ActionKind(row["kind"]).label


def _arrow(before, now):
    return f"{before} → {now}" if before and now else before or now


def _quoted(text):
    return f"“{text}”" if text else ""


def _day(iso):
    return formats.date_format(date.fromisoformat(iso), "j F") if iso else ""


def _number(text):
    return formats.localize(float(text)) if "." in text else str(int(float(text)))
