"""Making a person anonymous: what the register says of each field, done to every row that every room holds."""

from datetime import datetime
from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from foundation.privacy import hooks, registry
from foundation.privacy.enums import Erase

IN_PLACE = {Erase.BLANK, Erase.COARSEN, Erase.DETACH}


@transaction.atomic
def anonymise(*, about, by, now: datetime) -> dict[str, int]:
    """Make this person anonymous in every room; how many rows of which model were changed or deleted.

    Under all ids by which they were known. Events stay, and with them the chain of seals; figures stay as they
    were. What may not happen yet a room refuses (NotNow), and then nothing has happened. Safe to call twice.
    The caller has asked whether `by` may.
    """
    counts = {}
    hooks.hold.call(about=about)
    for known_as in hooks.everybody_who_is.call(about=about) or [[about]]:
        for each in known_as:
            for found in hooks.anonymise.call(about=each, by=by, now=now):
                for label, count in found.items():
                    counts[label] = counts.get(label, 0) + count
    return {label: count for label, count in sorted(counts.items()) if count}


def erase(*querysets: models.QuerySet) -> dict[str, int]:
    """Do to these rows what the register says of their fields. In the caller's transaction."""
    counts = {}
    for rows in querysets:
        label = rows.model._meta.label
        fields = registry.of(rows.model)
        gone = any(field.erase == Erase.DELETE_ROW for field in fields.values())
        counts[label] = counts.get(label, 0) + (_delete(rows) if gone else _blank(rows, fields))
    return counts


def _delete(rows) -> int:
    files = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for row in rows if files else ():
        for name in files:
            _delete_file(getattr(row, name))
    return rows.delete()[0]


def _blank(rows, fields) -> int:
    changing = {name: field for name, field in fields.items() if field.erase in IN_PLACE}
    changed = 0
    for row in rows.select_for_update(of=("self",)):
        values = {}
        for name, field in changing.items():
            column = rows.model._meta.get_field(name)
            left = left_in_place(column, field, row)
            if getattr(row, column.attname) != left:
                values[column.attname] = left
                if isinstance(column, models.FileField):
                    _delete_file(getattr(row, name))
        if values:
            rows.model._base_manager.filter(pk=row.pk).update(**values)
            changed += 1
    return changed


def left_in_place(column: models.Field, field: registry.Field, row):
    """What stands in `column` of `row` once it is erased."""
    if field.to is not None:
        return field.to(row) if callable(field.to) else field.to
    if column.null:
        return None
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, ArrayField):
        return []
    if isinstance(column, models.JSONField):
        return {}
    return ""


def _delete_file(file) -> None:
    """After the commit: what is rolled back keeps its file."""
    if file:
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
