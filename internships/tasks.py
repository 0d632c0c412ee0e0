"""What beat wakes for internships."""

from celery import shared_task
from django.utils import timezone

from internships import actions


@shared_task
def follow_suspensions(**kwargs):
    """Each night: internships that stand still from this day on, and those that go on."""
    actions.follow_suspensions(now=timezone.now())


@shared_task
def remind_of_todos(**kwargs):
    """Each morning: notices, insurance, registrations that come due or are late."""
    actions.remind_of_todos(now=timezone.now())
