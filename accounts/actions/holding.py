"""Holding every record of a person, in the one order in which all who need several lock them."""

from django.db import transaction
from django.db.models import Q

from accounts.models import YoungPerson


def hold(about) -> None:
    """Lock all records of the person `about`, lowest key first, to the end of the transaction.

    While we wait, a merge may make more of them. Then we let go and begin anew: whoever takes one more out of
    turn may wait for somebody who waits for them. Nobody merges what is held.
    """
    known = _records_of(about)
    while True:
        with transaction.atomic():
            list(YoungPerson.objects.select_for_update().filter(pk__in=known).order_by("pk").values_list("pk"))
            found = _records_of(about)
            if found <= known:
                return
            # Back to the savepoint, which gives the locks back.
            transaction.set_rollback(True)
        known = found


def _records_of(about) -> set:
    """The keys of the record that stayed and of those merged into it."""
    kept = YoungPerson.objects.filter(pk=about).values_list("merged_into", flat=True).first() or about
    return set(YoungPerson.objects.filter(Q(pk=kept) | Q(merged_into=kept)).values_list("pk", flat=True))
