"""What pages of accompanied paths show, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership
from foundation.privacy.models import Event
from migwork.signed import SignedKey
from pathways.enums import PathState, StepKind
from pathways.models import AccompaniedPath, PathCheck, PathStep, PathTalk
from pathways.paths import KINDS, OFFERED, state_in_words

# A link answers that long after its day; then the moment it asks about is past.
OPEN_FOR = timedelta(days=60)
SOON = timedelta(days=7)
EXPIRES_SOON = timedelta(days=60)
STORY = 40
SHAPES = {
    PathState.CHOOSING: "todo",
    PathState.PREPARING: "going",
    PathState.UNDER_WAY: "going",
    PathState.ENDED: "done",
}
_key = SignedKey("pathways.path-check")


# --- whether it lasted ---------------------------------------------------------------------


def check_token(check) -> str:
    """What stands for this question in an address: the same each time, so that a reminder repeats the link."""
    return _key.token(check.pk)


def check_of(token: str) -> PathCheck | None:
    """The question that this token opens; None for one that we did not make, or that was called off."""
    return PathCheck.objects.select_related("path__participation__person").filter(pk=_key.key(token)).first()


def check_is_past(check, now) -> bool:
    return timezone.localdate(now) >= check.due_on + OPEN_FOR


# --- finding a path ------------------------------------------------------------------------

_WHOLE = ("participation__person", "participation__edition", "participation__operator", "companion", "organisation")


def path_for(user, pk) -> AccompaniedPath | None:
    """The path with this key, if `user` may see it."""
    return AccompaniedPath.objects.visible_to(user).select_related(*_WHOLE).filter(pk=pk).first()


def latest_path(participation, kind) -> AccompaniedPath | None:
    """The one that goes on, else the last one."""
    rows = AccompaniedPath.objects.filter(participation=participation, kind=kind).select_related(*_WHOLE)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-began_at", "pk").first()


def own_path(person, kind) -> AccompaniedPath | None:
    """The young person's own, in whatever edition: the one that goes on, else the last one."""
    rows = AccompaniedPath.objects.filter(participation__person=person, kind=kind).select_related(*_WHOLE)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-began_at", "pk").first()


def paths_of(participation) -> list[AccompaniedPath]:
    """All of a way, what goes on first; each with `words` and `shape` for its state."""
    rows = list(
        AccompaniedPath.objects.filter(participation=participation)
        .select_related("companion")
        .order_by(F("ended_at").desc(nulls_first=True), "-began_at", "pk")
    )
    for row in rows:
        row.words, row.shape = how_far(row), SHAPES[row.state]
    return rows


def how_far(path) -> str:
    """Its state as it is called of its kind; of one that has ended, how."""
    return path.get_outcome_display() if path.outcome else state_in_words(path)


def accompanied_by(user, now) -> list[AccompaniedPath]:
    """Those that `user` accompanies: what goes on first, the earliest day first; with what is due and late."""
    today = timezone.localdate(now)
    late = Q(steps__done_on=None, steps__due_on__lt=today)
    rows = (
        AccompaniedPath.objects.filter(
            companion=user, participation__merged_into=None, participation__person__anonymised_at=None
        )
        .visible_to(user)
        .select_related("participation__person")
        .annotate(
            late=Count("steps", filter=late, distinct=True),
            next_due=Min("steps__due_on", filter=Q(steps__done_on=None, steps__due_on__gte=today)),
            next_talk=Min("talks__at", filter=Q(talks__held_at=None, talks__at__gte=now)),
        )
        .order_by(F("ended_at").desc(nulls_first=True), F("next_due").asc(nulls_last=True), "began_at", "pk")[:200]
    )
    rows = list(rows)
    for row in rows:
        row.words, row.shape = how_far(row), SHAPES[row.state]
    return rows


def companions(path) -> list[Membership]:
    """Who may accompany: operators, and staff of the partners of the edition; by where they work."""
    rows = Membership.objects.filter(
        role__in=(Role.OPERATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN),
        is_active=True,
        user__is_active=True,
        organisation__partnerships__edition=path.participation.edition_id,
    )
    return list(rows.select_related("user", "organisation").order_by("organisation__name", "user__name", "pk"))


# --- a path as a page shows it -------------------------------------------------------------


@dataclass
class PathView:
    """A path with all that hangs on it."""

    path: AccompaniedPath
    steps: list[PathStep]
    talks: list[PathTalk]
    today: date
    now: datetime
    checks: list = field(default_factory=list)

    @property
    def kind(self):
        return KINDS[self.path.kind]

    @property
    def is_open(self) -> bool:
        return self.path.state != PathState.ENDED

    @property
    def words(self) -> str:
        return how_far(self.path)

    @property
    def stations(self) -> list[dict]:
        """The states of the path, for the step list."""
        order = list(PathState)
        here = order.index(self.path.state)
        last = self.path.get_outcome_display() if self.path.outcome else KINDS[self.path.kind].states[PathState.ENDED]
        return [
            {
                "label": last if state == PathState.ENDED else KINDS[self.path.kind].states[state],
                "state": "done" if number < here or self.path.outcome else "going" if number == here else "todo",
            }
            for number, state in enumerate(order)
        ]

    @property
    def documents(self) -> list[PathStep]:
        return [step for step in self.steps if step.kind == StepKind.DOCUMENT]

    @property
    def to_do(self) -> list[PathStep]:
        return [step for step in self.steps if step.kind == StepKind.TASK]

    @property
    def milestones(self) -> list[PathStep]:
        return [step for step in self.steps if step.kind == StepKind.MILESTONE]

    @property
    def done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)

    @property
    def next_step(self) -> PathStep | None:
        """Not done yet, the earliest day first."""
        todo = [step for step in self.steps if step.done_on is None]
        return min(todo, key=lambda step: (step.due_on or date.max, step.position), default=None)

    @property
    def coming(self) -> list[PathTalk]:
        return [talk for talk in self.talks if talk.held_at is None]

    @property
    def held(self) -> list[PathTalk]:
        return [talk for talk in reversed(self.talks) if talk.held_at is not None]

    @property
    def open_check(self):
        return next((check for check in self.checks if check.is_open), None)


def view_of(path, now) -> PathView:
    """The path with steps, talks and checks: three queries. Each step says how it stands: `hint`, `shape`, `word`."""
    today = timezone.localdate(now)
    steps = list(path.steps.order_by("position", "added_at", "pk"))
    for step in steps:
        step.path = path
        _mark(step, today)
    checks = list(path.checks.all()) if path.state == PathState.ENDED else []
    for check in checks:
        check.is_open = not check.answered_at and not check_is_past(check, now)
        check.is_due = check.is_open and check.due_on <= today
    talks = list(path.talks.select_related("held_by", "arranged_by").prefetch_related("steps"))
    return PathView(path=path, steps=steps, talks=talks, today=today, now=now, checks=checks)


def _mark(step, today) -> None:
    step.needs_renewal = step.expires_on is not None and step.expires_on <= today + EXPIRES_SOON
    hints = []
    if step.done_on is None and step.due_on:
        hints.append(_("by %(day)s") % {"day": date_format(step.due_on, "l j F")})
    if step.expires_on:
        day = {"day": date_format(step.expires_on, "j F Y")}
        hints.append(_("expired on %(day)s") % day if step.expires_on < today else _("good until %(day)s") % day)
    step.hint = " · ".join(hints)
    if step.done_on is not None:
        expired = step.expires_on is not None and step.expires_on < today
        step.shape, step.word = ("warn", _("No longer good")) if expired else ("done", _("Done"))
        if not expired and step.needs_renewal:
            step.shape, step.word = "warn", _("Expires soon")
    elif step.due_on and step.due_on < today:
        step.shape, step.word = "warn", _("Day past")
    elif step.due_on and step.due_on <= today + SOON:
        step.shape, step.word = "going", _("Soon")
    else:
        step.shape, step.word = "todo", _("To do")


def story_of(path) -> list[Event]:
    """What happened on it, newest first."""
    rows = Event.objects.filter(on_type=path._meta.label_lower, on_id=str(path.pk))
    return list(rows.select_related("by").order_by("-at", "-pk")[:STORY])


# --- home, plan, and the person's file -----------------------------------------------------


def beside_plan(participation) -> list[dict]:
    """The paths that go on, as lines for the young person's home and plan. One query; none for who has none."""
    if not participation.may_have("paths"):
        return []
    return [
        {
            "title": KINDS[path.kind].mine,
            "url": reverse(KINDS[path.kind].page),
            "hint": "",
            "state": state_in_words(path),
            "kind": SHAPES[path.state],
        }
        for path in AccompaniedPath.objects.open().filter(participation=participation).order_by("began_at", "pk")
    ]


def next_steps(participation, now) -> list[dict]:
    """The next talk and the next day of what goes on: two queries; none for who has no path."""
    if not participation.may_have("paths"):
        return []
    open_paths = Q(path__participation=participation) & ~Q(path__state=PathState.ENDED)
    talks = PathTalk.objects.filter(open_paths, held_at=None, at__gt=now).select_related("path__companion")
    steps = PathStep.objects.filter(open_paths, done_on=None, due_on__isnull=False).select_related("path")
    found = [
        {
            "at": talk.at,
            "title": talk.get_kind_display(),
            "detail": talk.place,
            "url": reverse(KINDS[talk.path.kind].page),
            "label": _("See what it is about"),
        }
        for talk in talks.order_by("at", "pk")[:1]
    ]
    return found + [
        {
            "at": step.due_on,
            "title": step.name,
            "detail": KINDS[step.path.kind].mine,
            "url": reverse(KINDS[step.path.kind].page),
            "label": _("See the list"),
        }
        for step in steps.order_by("due_on", "position", "pk")[:1]
    ]


def may_begin(paths) -> list[str]:
    """The kinds of which none of these goes on."""
    going = {path.kind for path in paths if path.state != PathState.ENDED}
    return [kind for kind in OFFERED if kind not in going]
