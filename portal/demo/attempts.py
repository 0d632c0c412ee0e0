"""Savepoints where the demo counts on a refusal, and nowhere else.

Each action opens one, in case whoever calls it goes on after it failed. A way of the demo does that in few places, and
more than a quarter of the statements that load it were savepoints.
"""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def few_savepoints():
    """One transaction, in which only `attempt` can be taken back by itself."""
    with transaction.atomic(), _savepoints(False):
        yield


@contextmanager
def attempt():
    """What is done within is undone if it is refused; the refusal goes on to the caller."""
    with _savepoints(True), transaction.atomic():
        yield


@contextmanager
def _savepoints(are_used):
    """What Django asks before it opens one."""
    before, connection.features.uses_savepoints = connection.features.uses_savepoints, are_used
    try:
        yield
    finally:
        connection.features.uses_savepoints = before
