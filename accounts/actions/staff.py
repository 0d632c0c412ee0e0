"""Every write about members of staff and the keys with which they come in."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import get_language

from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.privacy.actions import record


@transaction.atomic
def note_factor(*, user, authenticator, added, now) -> None:
    """Note that `user` added or took off a second factor, and tell them: it may not have been them."""
    record(verb="accounts.factor_added" if added else "accounts.factor_removed", by=user, now=now, on=user)
    _tell(user, "factor_changed", {"added": added, "app": authenticator.type == authenticator.Type.TOTP}, now)


def _tell(user, name, context, now) -> None:
    """A message to the address with which `user` signs in."""
    queue(
        key=f"accounts:{name}:{uuid4()}",
        channel=Channel.EMAIL if user.email else Channel.SMS,
        to=user.email or user.phone,
        language=user.language or get_language(),
        template=f"accounts/messages/{name}",
        context=context,
        now=now,
    )
