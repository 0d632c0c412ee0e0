"""What beat starts for the catalogue."""

from celery import shared_task
from django.utils import timezone

from pathways import actions


@shared_task
def refresh_next_starts(**kwargs):
    """Each night: activities whose enrolment has closed move down to their next date."""
    actions.refresh_next_starts(now=timezone.now())
