"""Thin tasks of signing; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from foundation.documents import actions


@shared_task
def expire_requests() -> None:
    """Every hour: close what was not signed in its time."""
    actions.expire(now=timezone.now())


@shared_task
def remind_signers() -> None:
    """Every morning: write once more to who has not answered for a week."""
    actions.remind(now=timezone.now())
