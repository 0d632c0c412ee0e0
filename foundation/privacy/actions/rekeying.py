"""Writing anew, under the newest key, whatever is encrypted."""

from datetime import datetime

from django.apps import apps
from django.db import connection, transaction

from foundation.privacy import hooks
from migwork.crypto import EncryptedTextField, rotate

BATCH = 500


def rekey(*, now: datetime) -> dict[str, int]:
    """Encrypt anew under settings.FIELD_KEYS[0] what an older key encrypted; how many values of which field.

    In batches, each a transaction of its own: it may be stopped and run again, and people go on working.
    Afterwards the older keys can be taken out of the settings. InvalidToken for what no key opens.
    """
    counts = {}
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                counts[f"{model._meta.label}.{field.name}"] = _rekey_column(model, field)
    for found in hooks.rekey.call(rotate=rotate, now=now):
        counts |= found
    return {label: count for label, count in sorted(counts.items()) if count}


def _rekey_column(model, field) -> int:
    quote = connection.ops.quote_name
    table, key, column = quote(model._meta.db_table), quote(model._meta.pk.column), quote(field.column)
    read = (
        f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' {{beyond}} ORDER BY {key} LIMIT {BATCH} FOR UPDATE"  # noqa: S608
    )
    write = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"  # noqa: S608
    count, last = 0, None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            beyond, values = (f"AND {key} > %s", [last]) if last is not None else ("", [])
            cursor.execute(read.format(beyond=beyond), values)
            rows = cursor.fetchall()
            anew = [(token, pk) for pk, old in rows if (token := rotate(old))]
            if anew:
                cursor.executemany(write, anew)
        count += len(anew)
        if len(rows) < BATCH:
            return count
        last = rows[-1][0]
