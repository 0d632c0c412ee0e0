"""Rows into tables by COPY: the database's own constraints hold, Django's Python is left out."""

from django.db import connection


def copy(model, fields, rows):
    """Write `rows` (tuples in the order of `fields`, names as in the model) into the table of `model`.

    Fields that are not named get the model's default, the same for all rows; a key that the
    database counts itself, and what has a default of the database's own, is left to it. Returns the number of rows.
    """
    named = [model._meta.get_field(name) for name in fields]
    rest = [f for f in model._meta.concrete_fields if f not in named and not _by_database(f)]
    constants = tuple(f.get_db_prep_save(f.get_default(), connection) for f in rest)
    columns = ", ".join(f'"{f.column}"' for f in [*named, *rest])
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as out,
    ):
        for row in rows:
            out.write_row(row + constants)
            count += 1
    return count


def _by_database(field):
    return field.get_internal_type() in AUTO or field.has_db_default()


AUTO = {"AutoField", "BigAutoField", "SmallAutoField"}
