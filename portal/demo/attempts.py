"""Savepoints where the demo counts on a refusal, and nowhere else.

Each action opens one, in case whoever calls it goes on after it failed. A way of the demo does that in few places, and
a third of the statements that load it would be savepoints.
"""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def few_savepoints():
    """One transaction, in which only `attempt` can be taken back by itself."""
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = True


@contextmanager
def attempt():
    """What is done within is undone if it is refused; the refusal goes on to the caller."""
    before, connection.features.uses_savepoints = connection.features.uses_savepoints, True
    try:
        with transaction.atomic():
            yield
    finally:
        connection.features.uses_savepoints = before
