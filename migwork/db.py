"""The ground of every model: primary keys, and database constraints turned into sentences."""

import uuid
from contextlib import contextmanager
from functools import lru_cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Func
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _
from psycopg import ClientCursor
from psycopg.sql import Literal


class UUIDModel(models.Model):
    """Personal records have keys that cannot be guessed or counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class ClockTimestamp(Func):
    """The database's own clock at the very moment, also within a transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


def sentence_of(error: IntegrityError) -> str:
    """The sentence that belongs to the constraint which `error` broke.

    The constraint's own `violation_error_message` where it has one, else a general one.
    """
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return _("This was changed by someone else in the meantime, or is there already. Look again and retry.")


def as_validation_error(error: IntegrityError) -> ValidationError:
    """`error` as what a form can show."""
    return ValidationError(sentence_of(error))


@lru_cache(maxsize=256)
def written_out(sql: str, params: tuple) -> str:
    """`sql` with its values as literals, quoted by the driver, for a larger statement with values of its own.

    A statement that is kept prepared is planned once for all values of its places, without knowing them; what is
    written out is known to the planner: periods, states, the edition.
    """
    connection.ensure_connection()
    literals = (Literal(value).as_string(connection.connection).replace("%", "%%") for value in params)
    return sql.replace("%%", "%%%%") % tuple(literals)


@contextmanager
def unprepared_cursor():
    """A cursor whose statements are planned for their values, not once for all of them.

    Statements that come back are kept prepared (settings: prepare_threshold), which
    spares planning them. For the few that read much or little depending on their values, one plan for all is a bad one.
    """
    connection.ensure_connection()
    driver = connection.connection
    threshold, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        driver.prepare_threshold = threshold


def analyse() -> None:
    """Let the planner count the rows of all tables now, also those that the open transaction wrote.

    After much was written at once: until PostgreSQL comes round by itself it takes full tables for empty ones, and
    joins them row by row. A table that is being counted or vacuumed this moment is passed over: waiting for it from
    an open transaction can deadlock, as the other may be waiting for what we have counted.
    """
    tables = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}")


def with_values(sql: str, params) -> str:
    """A whole statement with its values written into it, to be kept: PostgreSQL then plans it once per connection.

    With places for its values a statement of many joins is planned anew each time it comes. Only where the same
    values come again and again, as those of one organisation do.
    """
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, params)
