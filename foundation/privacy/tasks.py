"""Sealing by itself; each task is safe to run twice."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation.privacy import actions, queries

# Of its own: whoever runs the portal sends it to where the database's keepers cannot write.
kept = logging.getLogger("migwork.seals")


@shared_task
def seal(**kwargs):
    """Every minute: seal what happened since."""
    actions.seal(now=timezone.now())


@shared_task
def keep_hash(**kwargs):
    """After midnight: the last hash of the day before, into the log and so out of the database."""
    day = timezone.localdate() - timedelta(days=1)
    if last := queries.last_hash_of(day):
        kept.warning("SEAL %s %s", day.isoformat(), last)


@shared_task
def verify_chain(**kwargs):
    """Every night: whether the chain of seals holds. Each fault into the log, as an error; new ones are told."""
    faults = queries.verify()
    for fault in faults:
        kept.error("SEAL FAULT %s", fault)
    actions.note_faults(faults=faults, now=timezone.now())
