"""What owners of accounts are told when the ways into their account change: it may not have been them."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings

from accounts.models import User
from accounts.queries.people import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel


def tell_owner(*, user: User, name: str, context: dict, now: datetime, way: tuple[str, str] | None = None) -> None:
    """A message to where `user` signs in, or by `way`; but nothing goes home that may not."""
    person = user.person
    if person is not None and person.safe_contact:
        way = reach(person)
        if way is None:
            return
    channel, to = way or ((Channel.EMAIL, user.email) if user.email else (Channel.SMS, user.phone))
    queue(
        key=f"accounts:{name}:{uuid4()}",
        channel=channel,
        to=to,
        language=user.language or settings.LANGUAGE_CODE,
        template=f"accounts/messages/{name}",
        context=context,
        urgent=True,
        now=now,
    )
