"""What the application's role may do, granted anew after each migration by the tables' owner."""

import logging

from django.conf import settings
from django.db import Error, connection, transaction

logger = logging.getLogger("migwork.roles")

# Nobody in the application's role changes or removes what these hold.
ONLY_ADDED_TO = ["privacy_event", "privacy_seal", "privacy_sealedevent"]
# Rows that come and, after their term, go: never changed.
NEVER_CHANGED = ["privacy_access"]
# Of an advisory lock: two migrations of one cluster must not grant at once.
LOCK = 5_341_002


def statements(role: str, *, create: bool = True) -> list[str]:
    """The SQL that makes the role and grants what it may, as a superuser or an owner with CREATEROLE runs it."""
    name = connection.ops.quote_name(role)
    making = [
        # Roles are of the whole cluster: another database may have made it, or be making it just now.
        f"DO $$ BEGIN CREATE ROLE {name} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
        f"DO $$ BEGIN IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN "
        f"EXECUTE 'GRANT {name} TO ' || quote_ident(current_user); END IF; END $$",
    ]
    return (making if create else []) + [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(ONLY_ADDED_TO)} FROM {name}",
        f"REVOKE UPDATE, TRUNCATE ON {', '.join(NEVER_CHANGED)} FROM {name}",
        f"REVOKE ALL ON django_migrations FROM {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
    ]


def grant(**kwargs) -> None:
    """After each migration. An owner who may not make roles says what to run, and goes on."""
    role = settings.DATABASE_ROLE
    if role == "none" or "privacy_sealedevent" not in connection.introspection.table_names():
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            for statement in statements(role):
                cursor.execute(statement)
    except Error as error:
        logger.warning(
            "The role %s could not be made or granted (%s). Have a superuser run what "
            "“manage.py privacy roles --sql” prints; until then events are held by triggers alone.",
            role,
            str(error).strip().splitlines()[0],
        )
