from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import representatives
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
