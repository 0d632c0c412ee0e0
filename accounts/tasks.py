from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import actions
from accounts.actions import representatives
from accounts.enums import CopyState
from accounts.models import DataCopy
from foundation.privacy import actions as privacy
from foundation.privacy.models import RetentionRule


@shared_task
def clear_sessions():
    """Delete sessions that have ended; those of abandoned sign-ups hold what somebody typed."""
    call_command("clearsessions")


@shared_task
def hand_over_at_18():
    """Just after midnight: who turned eighteen signs for themselves."""
    representatives.hand_over_at_18(now=timezone.now())


@shared_task
def run_retention(**kwargs):
    """Every night: warn those whose data end, and take the names of those whose time is over out of the data."""
    now = timezone.now()
    today = timezone.localdate(now)
    for rule in RetentionRule.objects.in_force(today):
        privacy.run_retention(rule=rule, on=today, dry_run=False, by=None, now=now)


@shared_task
def build_copy(*, copy_id: str, **kwargs):
    """Make one copy of somebody's data, unless another worker is at it."""
    actions.build_copy(copy_id=UUID(copy_id), now=timezone.now())


@shared_task
def resume_copies(**kwargs):
    """Every minute: take up the copies that a crash or a broker that was away left waiting."""
    waiting = DataCopy.objects.filter(state=CopyState.WAITING, asked_at__lte=timezone.now() - timedelta(seconds=30))
    for pk in waiting.values_list("pk", flat=True):
        build_copy.delay(copy_id=str(pk))


@shared_task
def forget_copies(**kwargs):
    """Every night: take away the copies whose seven days are over."""
    actions.forget_copies(now=timezone.now())


@shared_task
def remind_of_requests(**kwargs):
    """Every morning: tell the privacy officers which terms are about to end."""
    actions.remind_of_requests(now=timezone.now())


@shared_task
def remind_of_papers(**kwargs):
    """Every morning: tell whose identity paper or permit is about to end."""
    actions.remind_of_papers(now=timezone.now())
