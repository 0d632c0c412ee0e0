"""Thin tasks of the outbox; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from foundation.communications import actions


@shared_task
def send_message(*, message_id: str) -> None:
    """Send one message, started after the commit that wrote it."""
    actions.send_message(message_id=message_id, now=timezone.now())


@shared_task
def sweep_outbox() -> None:
    """Every 30 seconds: send what is due and still here."""
    actions.sweep(now=timezone.now())


@shared_task
def send_digests() -> None:
    """Every 15 minutes: put together the digests that are due."""
    actions.send_digests(now=timezone.now())
