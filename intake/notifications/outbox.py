"""The one way to the outbox: to a young person where they can be reached, to an operator by mail."""

from accounts.queries import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from migwork.links import absolute_url


def tell(person, *, key, template, context, now, topic, cause="", before=None, only=None):
    # Who asked us not to use their data is left alone, also by what was planned before.
    address = reach(person) if person.limited_at is None else None
    if address is None or only not in (None, address[0]):
        return None
    channel, to = address
    return queue(
        key=key,
        channel=channel,
        to=to,
        language=person.language,
        template=f"intake/messages/{template}",
        context={"person": person, "link": absolute_url("intake:my-plan"), **context},
        now=now,
        about=person.pk,
        cause=cause,
        topic=topic,
        before=before,
    )


def tell_operator(operator, *, key, template, context, now, cause=""):
    """Without a word about whom: they read it after signing in."""
    if not operator.email or not operator.is_active:
        return None
    return queue(
        key=key,
        channel=Channel.EMAIL,
        to=operator.email,
        language=operator.language,
        template=f"intake/messages/{template}",
        context=context,
        now=now,
        cause=cause,
    )
