"""Thin tasks of signing; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from foundation.documents import actions, queries
from foundation.privacy.actions import note_faults


@shared_task
def expire_requests() -> None:
    """Every hour: close what was not signed in its time."""
    actions.expire(now=timezone.now())


@shared_task
def remind_signers() -> None:
    """Every morning: write once more to who has not answered for a week."""
    actions.remind(now=timezone.now())


@shared_task
def check_documents() -> None:
    """Every Sunday night: whether each kept document is the one that was made. What is not is told, once."""
    # By number alone: a title may name a person, and who looks after the record reads it there.
    faults = [f"Document {document.protocol_number} is not the file that was made." for document in queries.altered()]
    note_faults(faults=faults, now=timezone.now())
