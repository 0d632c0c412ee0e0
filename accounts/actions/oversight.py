"""What the privacy officer watches over: that the record of what was done holds."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.actions.requests import write_to_officers
from accounts.permissions import can_handle_requests, check
from foundation.privacy import actions as privacy
from migwork.links import absolute_url


def tell_of_faults(*, texts, now: datetime) -> None:
    """Tell the officers of faults in the chain of seals that were never found before (privacy.hooks.faults_found)."""
    key = sha256("\n".join(texts).encode()).hexdigest()[:24]
    link = absolute_url("accounts:privacy-request-list")
    context = {"count": len(texts), "link": link}
    write_to_officers("chain_fault", f"chain:{key}", context, cause="chain", now=now)


@transaction.atomic
def settle_faults(*, by, now: datetime) -> int:
    """Put away the notice of the faults that are open, having seen to them. By the privacy officer; how many."""
    check(can_handle_requests(by))
    return privacy.settle_faults(by=by, now=now)
