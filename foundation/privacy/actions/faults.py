"""What is wrong with the chain of seals: noted, told once, settled by whoever answers for people's data."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from foundation.privacy import hooks
from foundation.privacy.actions.recording import record
from foundation.privacy.models import ChainFault


@transaction.atomic
def note_faults(*, faults: Iterable, now: datetime) -> list[ChainFault]:
    """Note what a verification found, and tell of what is new; the new ones. By the portal itself."""
    texts = list(dict.fromkeys(str(fault) for fault in faults))
    known = set(ChainFault.objects.filter(text__in=texts).values_list("text", flat=True))
    new = ChainFault.objects.bulk_create([ChainFault(text=text, found_at=now) for text in texts if text not in known])
    if new:
        record(verb="privacy.fault_found", by=None, now=now, on=new[0])
        hooks.faults_found.call(texts=[fault.text for fault in new], now=now)
    return new


@transaction.atomic
def settle_faults(*, by, now: datetime) -> int:
    """Note that `by` has seen to all that is open; how many. The caller has asked whether `by` may."""
    open_faults = list(ChainFault.objects.select_for_update(of=("self",)).filter(settled_at=None))
    if open_faults:
        ChainFault.objects.filter(pk__in=[fault.pk for fault in open_faults]).update(settled_at=now, settled_by=by)
        record(verb="privacy.faults_settled", by=by, now=now, on=open_faults[0], fields=["settled_at"])
    return len(open_faults)
