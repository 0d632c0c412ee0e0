"""What beat wakes."""

from celery import shared_task
from django.utils import timezone

from intake import actions


@shared_task
def write_due_reminders(**kwargs):
    """Every five minutes: appointments of tomorrow, actions whose day is over."""
    actions.write_due_reminders(now=timezone.now())
