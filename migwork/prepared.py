"""Reads that every page repeats: Django writes their SQL once per process, then only the values change.

To write the SQL of a queryset takes Django several times as long as PostgreSQL takes to answer
it (docs/adr/0008-prepared-reads.md). Only for reads whose shape never changes; any other stays a queryset.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.query import get_related_populators

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
    included, filtered by `values`: keys, text, moments and days, never None and never lists. Called with
    values of the same kinds it gives a list of the instances, always fresh from the database::

        _of_person = Prepared(lambda person: Participation.objects.filter(person=person))
        _of_person(person=person.pk)
    """

    def __init__(self, build):
        self.build = build
        self._kept = {}

    def __call__(self, **values) -> list:
        kinds = tuple((name, str if isinstance(value, str) else type(value)) for name, value in values.items())
        read = self._kept.get(kinds)
        if read is None:
            read = self._kept[kinds] = _Read(self.build, kinds)
        return read.rows(values)

    def first(self, **values):
        """The first instance, or None."""
        return next(iter(self(**values)), None)


class _Read:
    """One SQL statement, and how its rows become instances."""

    def __init__(self, build, kinds):
        marks = {name: _MARKS[kind](n) for n, (name, kind) in enumerate(kinds)}
        self.compiler = build(**marks).query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        # For each place of the statement the name of its value, or its constant.
        names = {(type(mark), mark): name for name, mark in marks.items()}
        self.places = [(names.get((type(param), param)) if type(param) in _MARKS else None, param) for param in params]
        missing = set(marks) - {name for name, _constant in self.places}
        if missing:
            raise ValueError(f"the query has no place for {', '.join(sorted(missing))}")
        select, klass = self.compiler.select, self.compiler.klass_info
        self.model = klass["model"]
        fields = klass["select_fields"]
        self.start, self.end = fields[0], fields[-1] + 1
        self.attributes = [column[0].target.attname for column in select[self.start : self.end]]
        self.related = get_related_populators(klass, select, DEFAULT_DB_ALIAS)
        self.annotations = self.compiler.annotation_col_map or {}
        self.converters = self.compiler.get_converters([column[0] for column in select])

    def rows(self, values) -> list:
        params = [constant if name is None else values[name] for name, constant in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        found = []
        for row in rows:
            instance = self.model.from_db(DEFAULT_DB_ALIAS, self.attributes, row[self.start : self.end])
            for populator in self.related:
                populator.populate(row, instance)
            for name, place in self.annotations.items():
                setattr(instance, name, row[place])
            found.append(instance)
        return found
