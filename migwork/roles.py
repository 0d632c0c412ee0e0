"""In which role of the database web and worker work: one that can add events and never change them.

Tables belong to the owner, who migrates. `act_as_application()` is called by the processes that serve people
(migwork.wsgi, Celery), never by manage.py. Who may do what is granted after each migration
(foundation.privacy.grants). See docs/adr/0010-two-roles-and-seals.md.
"""

import logging

from django.conf import settings
from django.db import Error
from django.db.backends.signals import connection_created

logger = logging.getLogger("migwork.roles")
_said = set()


def act_as_application() -> None:
    """From now on every new connection of this process takes the application's role, and the first one says so."""
    connection_created.connect(_take_role, dispatch_uid="migwork.roles")


def act_as_owner() -> None:
    """Undo it, for connections to come."""
    connection_created.disconnect(dispatch_uid="migwork.roles")
    _said.clear()


def _take_role(connection, **kwargs):
    role = settings.DATABASE_ROLE
    if role == "none":
        _say(logging.WARNING, "the database's owner: events are held by triggers alone (MIGWORK_DATABASE_ROLE=none)")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")
    except Error:
        _say(
            logging.WARNING,
            "the database's owner, for the role %s is missing or not granted: events are held by triggers alone. "
            "Have a superuser run what “manage.py privacy roles --sql” prints",
            role,
        )
    else:
        _say(logging.INFO, "role %s: events can be added, never changed", role)


def _say(level, text, *values):
    if text not in _said:
        _said.add(text)
        logger.log(level, "This process works on the database as " + text + ".", *values)
