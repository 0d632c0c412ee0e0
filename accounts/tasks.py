from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_sessions():
    """Delete sessions that have ended; those of abandoned sign-ups hold what somebody typed."""
    call_command("clearsessions")
