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


@shared_task
def ask_evaluations(**kwargs):
    """Each hour of the day: intern and host of what has just ended say how it was."""
    actions.ask_evaluations(now=timezone.now())


@shared_task
def remind_evaluations(**kwargs):
    """Each morning: once more, to who was asked a week ago and has not answered."""
    actions.remind_evaluations(now=timezone.now())


@shared_task
def ask_later(**kwargs):
    """Each morning: who ended an internship six months ago says what they do now."""
    actions.ask_later(now=timezone.now())


@shared_task
def watch_applications(**kwargs):
    """Each morning: applications that nobody answers, offers that pause for it, and what is kept no longer."""
    actions.watch_applications(now=timezone.now())
    actions.forget_old_applications(now=timezone.now())
