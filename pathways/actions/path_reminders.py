"""What beat looks for on accompanied paths: days that come near, documents that expire, talks of tomorrow, checks.

Each occasion is told once, however often one looks.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from intake.actions.participation import locked
from intake.actions.reminders import FROM_HOUR, LAST_HOUR, batches, without_message
from migwork.calendar import bounds_of
from migwork.errors import NotNow
from pathways import permissions
from pathways.enums import CheckAnswer, PathState
from pathways.models import PathCheck, PathStep, PathTalk
from pathways.notifications import paths as told
from pathways.queries.paths import OPEN_FOR, check_is_past

SOON = timedelta(days=7)
# A document takes weeks to be renewed.
EXPIRES_SOON = timedelta(days=60)
LATE = timedelta(days=14)
REMIND_AFTER = timedelta(days=7)


def remind_of_paths(*, now) -> int:
    """Write what is due by `now` to the outbox; how many. Safe to run twice, and after hours of silence."""
    here = timezone.localtime(now)
    if not FROM_HOUR <= here.hour < LAST_HOUR:
        return 0
    return _remind_of_steps(here.date(), now) + _remind_of_talks(here.date(), now) + _ask(here.date(), now)


def _of_people(prefix):
    """Paths that go on, of people whose data may be used."""
    return Q(
        **{
            f"{prefix}participation__merged_into": None,
            f"{prefix}participation__person__limited_at": None,
            f"{prefix}participation__person__anonymised_at": None,
        }
    )


def _remind_of_steps(today, now) -> int:
    rows = PathStep.objects.filter(_of_people("path__")).exclude(path__state=PathState.ENDED)
    to_do = rows.filter(done_on=None).select_related("path__participation__person")
    done = rows.filter(expires_on__gte=today, expires_on__lte=today + EXPIRES_SOON, done_on__isnull=False)
    occasions = (
        ("soon", to_do.filter(due_on__gte=today, due_on__lte=today + SOON), "due_on"),
        ("late", to_do.filter(due_on__lt=today, due_on__gte=today - LATE), "due_on"),
        ("expires", done.select_related("path__participation__person"), "expires_on"),
    )
    written = 0
    for occasion, found, when in occasions:
        for batch in batches(found.order_by(when, "pk"), when):
            for step in without_message(batch, lambda step, o=occasion: told.path_step_key(step, o)):
                written += _tell_of_step(step.pk, occasion, now)
    return written


@transaction.atomic
def _tell_of_step(pk, occasion, now) -> bool:
    step = (
        PathStep.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("path__participation__person")
        .filter(pk=pk)
        .first()
    )
    if step is None or (occasion == "expires") == (step.done_on is None):
        return False
    return told.path_step_due(step, occasion, now=now) is not None


def _remind_of_talks(today, now) -> int:
    """The day before; not of what was agreed on that very day."""
    start, end = bounds_of(today + timedelta(days=1))
    rows = PathTalk.objects.filter(_of_people("path__"), held_at=None, at__gte=start, at__lt=end)
    rows = rows.filter(arranged_at__lt=bounds_of(today)[0]).select_related("path__participation__person")
    return sum(
        told.path_talk_soon(talk, now=now) is not None
        for batch in batches(rows.order_by("at", "pk"), "at")
        for talk in without_message(batch, told.path_talk_key)
    )


def _ask(today, now) -> int:
    """Whether it lasted; and once more a week later, to who has not answered."""
    due = PathCheck.objects.unanswered().filter(_of_people("path__"), due_on__lte=today, due_on__gt=today - OPEN_FOR)
    due = due.filter(Q(asked_at=None) | Q(asked_at__lte=now - REMIND_AFTER))
    return sum(_ask_one(check.pk, now) for batch in batches(due.order_by("due_on", "pk"), "due_on") for check in batch)


@transaction.atomic
def _ask_one(pk, now) -> bool:
    check = (
        PathCheck.objects.unanswered()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("path__participation__person")
        .filter(pk=pk)
        .first()
    )
    if check is None:
        return False
    written = told.path_check(check, again=check.asked_at is not None, now=now)
    if check.asked_at is None:
        # Also without an address: the path then says that somebody may telephone.
        check.asked_at = now
        check.save(update_fields=["asked_at"])
    return written is not None


@transaction.atomic
def answer_check(*, check, answer, by=None, now) -> PathCheck:
    """Keep the answer. By who holds the link (`by` None), or by whoever accompanies, for one who told them."""
    participation = locked(check.path.participation, also_merged=True)
    check = PathCheck.objects.select_for_update(of=("self",)).select_related("path").filter(pk=check.pk).first()
    if by is not None and check is not None:
        permissions.check_can_accompany(by, check.path)
    if check is None or check.answered_at or check_is_past(check, now):
        raise NotNow(_("This question is closed. Thank you all the same."), code="closed")
    if answer not in CheckAnswer.values:
        raise NotNow({"answer": _("Choose what comes nearest.")})
    check.answer, check.answered_at, check.by = answer, now, by
    check.save(update_fields=["answer", "answered_at", "by"])
    cancel(cause=f"path-check:{check.pk}", now=now)
    record(verb="pathways.path_check_answered", by=by, now=now, on=check.path, about=participation.person_id)
    return check
