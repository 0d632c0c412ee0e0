"""Where later rooms join in when people come and go."""

from migwork.hooks import Hook

person_registered = Hook(
    """A young person was registered, in the same transaction: fn(person, edition, channel, by, now).

    `by` is None when they signed up themselves, else the member of staff who did it.
    """
)
