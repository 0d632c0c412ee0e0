"""Reads that every page repeats, rows new and changed: Django writes their SQL once, then only the values change.

To write the SQL of a queryset takes Django several times as long as PostgreSQL takes to answer
it (docs/adr/0008-prepared-reads.md). Only for reads whose shape never changes; any other stays a queryset.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import AutoField
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import get_related_populators
from psycopg.sql import Literal

# A value of each kind that no query holds for another reason: it marks where the real one goes.
_MARKS = {
    UUID: lambda n: UUID(int=n + 1),
    datetime: lambda n: datetime(1001, 1, 1, tzinfo=UTC) + timedelta(days=n),
    date: lambda n: date(1002, 1, 1) + timedelta(days=n),
    int: lambda n: 31_700 + n,
    str: lambda n: f"<value {n}>",
}


class Prepared:
    """A queryset whose SQL is kept.

    `build(**values)` makes the queryset of whole instances, `select_related()` and `only()`
    included, or of `values_list()` rows, filtered by `values`: keys, text, numbers, moments and days, never None
    and never lists. Called with values of the same kinds it gives a list of the instances (or
    tuples), always fresh from the database::

        _of_person = Prepared(lambda person: Participation.objects.filter(person=person))
        _of_person(person=person.pk)

    A search of which each condition may be missing leaves its value out: each set of conditions has its own SQL.
    Yes and no (bool) are such conditions too: part of the SQL, no place in it.

    `plan_once`: write the constants into the SQL. PostgreSQL then sees also without the values that an index of
    the rows of one state fits, and need not plan the statement anew each time: for many joins over few rows.
    """

    def __init__(self, build, *, plan_once=False):
        self.build, self.plan_once = build, plan_once
        self._kept = {}

    def __call__(self, **values) -> list:
        kinds = tuple(
            (name, value if isinstance(value, bool) else str if isinstance(value, str) else type(value))
            for name, value in values.items()
        )
        read = self._kept.get(kinds)
        if read is None:
            read = self._kept[kinds] = _Read(self.build, kinds, self.plan_once)
        return read.rows(values)

    def first(self, **values):
        """The first instance, or None."""
        return next(iter(self(**values)), None)


def insert(instance):
    """Save a new `instance` of a model without parents, as save(force_insert=True) but for signals."""
    model = type(instance)
    left = tuple(f for f in _by_database(model) if isinstance(getattr(instance, f.attname), DatabaseDefault))
    fields, sql = _insertion(model, left)
    values = [field.get_db_prep_save(field.pre_save(instance, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        instance.pk, *given = cursor.fetchone()
    for field, value in zip(left, given, strict=True):
        setattr(instance, field.attname, value)
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
    return instance


# The commit of the statement that returns this does not wait until the disk has it.
_WITHOUT_THE_DISK = " RETURNING set_config('synchronous_commit', 'off', true)"


def insert_for_each(instance, name: str, values: list, *, waits: bool = True) -> None:
    """Save a new row like `instance` for each of `values` of its field `name`: one statement, nothing read back.

    Unless it `waits`, the rows may reach the disk some tenths of a second later: a machine that fails meanwhile
    loses them, and nothing else. Inside of a transaction that does, they wait with it.
    """
    fields, sql = _insertion_for_each(type(instance), name)
    if not waits and not connection.in_atomic_block:
        sql += _WITHOUT_THE_DISK
    row = [
        values if field.name == name else field.get_db_prep_save(field.pre_save(instance, add=True), connection)
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, row)


def update(instance, *names: str) -> None:
    """Save these fields of an `instance` that is stored, as save(update_fields=names) but for signals."""
    fields, sql = _change(type(instance), names)
    values = [field.get_db_prep_save(field.pre_save(instance, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if not cursor.rowcount:
            raise DatabaseError(f"there is no {instance._meta.label} {instance.pk} any more")


@cache
def _change(model, names):
    """The fields of these names, the key after them, and the statement that changes them."""
    fields, pk, quote = [model._meta.get_field(name) for name in names], model._meta.pk, connection.ops.quote_name
    changed = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table = quote(model._meta.db_table)
    return [*fields, pk], f"UPDATE {table} SET {changed} WHERE {quote(pk.column)} = %s"  # noqa: S608


@cache
def _by_database(model):
    """The fields for which the database has a default of its own."""
    return [field for field in model._meta.local_concrete_fields if field.has_db_default()]


@cache
def _insertion(model, left):
    """The fields that a new row brings along, and the statement that gives back its key and what was `left` out."""
    fields, into = _columns(model, left)
    back = ", ".join(connection.ops.quote_name(field.column) for field in (model._meta.pk, *left))
    return fields, f"{into} VALUES ({', '.join(['%s'] * len(fields))}) RETURNING {back}"


@cache
def _insertion_for_each(model, name):
    """The same for many rows: the values of the field `name` come as an array."""
    fields, into = _columns(model, tuple(_by_database(model)))
    each = f"unnest(%s::{model._meta.get_field(name).db_type(connection)}[])"
    return fields, f"{into} VALUES ({', '.join(each if field.name == name else '%s' for field in fields)})"


def _columns(model, left):
    """The fields of a new row but for its key and what is `left` out, and the beginning of its statement."""
    fields = [f for f in model._meta.local_concrete_fields if not isinstance(f, AutoField) and f not in left]
    quote = connection.ops.quote_name
    return fields, f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in fields)})"


class _Place:
    """A place of a statement: for a constant, or for one of the values."""

    def __init__(self, marks, param):
        self.constant = param
        # Numbers come in psycopg's own types (Int2, Int8): they are ints that say their size.
        self.name = next(
            (name for name, mark in marks.items() if isinstance(param, type(mark)) and param == mark), None
        )
        self.wrap = type(param) if isinstance(param, int) else None

    def value(self, values):
        if self.name is None:
            return self.constant
        value = values[self.name]
        return self.wrap(value) if self.wrap else value


def _with_constants(sql, places):
    """The statement with its constant words and numbers written into it, and the places that are left."""
    start, *others = sql.split("%s")
    written, left = [start], []
    for place, after in zip(places, others, strict=True):
        if place.name is None and isinstance(place.constant, str | int):
            written += [Literal(place.constant).as_string().replace("%", "%%"), after]
        else:
            left.append(place)
            written += ["%s", after]
    return "".join(written), left


class _Read:
    """One SQL statement, and how its rows become instances."""

    def __init__(self, build, kinds, plan_once):
        flags = {name: kind for name, kind in kinds if isinstance(kind, bool)}
        marks = {name: _MARKS[kind](n) for n, (name, kind) in enumerate(kinds) if name not in flags}
        query = build(**marks, **flags).query
        self.compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        self.places = [_Place(marks, param) for param in params]
        missing = set(marks) - {place.name for place in self.places}
        if missing:
            raise ValueError(f"the query has no place for {', '.join(sorted(missing))}")
        if plan_once:
            self.sql, self.places = _with_constants(self.sql, self.places)
        select, klass = self.compiler.select, self.compiler.klass_info
        self.converters = self.compiler.get_converters([column[0] for column in select])
        # Rows of values, perhaps of nothing but counts, are no instances.
        self.model = None if query.values_select or klass is None else klass["model"]
        if self.model is None:
            return
        fields = klass["select_fields"]
        self.start, self.end = fields[0], fields[-1] + 1
        self.attributes = [column[0].target.attname for column in select[self.start : self.end]]
        self.related = get_related_populators(klass, select, DEFAULT_DB_ALIAS)
        self.annotations = self.compiler.annotation_col_map or {}

    def rows(self, values) -> list:
        params = [place.value(values) for place in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        if self.model is None:
            return [tuple(row) for row in rows] if self.converters else rows
        found = []
        for row in rows:
            instance = self.model.from_db(DEFAULT_DB_ALIAS, self.attributes, row[self.start : self.end])
            for populator in self.related:
                populator.populate(row, instance)
            for name, place in self.annotations.items():
                setattr(instance, name, row[place])
            found.append(instance)
        return found
