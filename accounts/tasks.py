from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import representatives


@shared_task
def clear_sessions():
    """Delete sessions that have ended; those of abandoned sign-ups hold what somebody typed."""
    call_command("clearsessions")


@shared_task
def hand_over_at_18():
    """Just after midnight: who turned eighteen signs for themselves."""
    representatives.hand_over_at_18(now=timezone.now())
