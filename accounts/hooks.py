"""Where later rooms join in when people come and go."""

from migwork.hooks import Hook

person_registered = Hook(
    """A young person was registered, in the same transaction: fn(person, edition, channel, by, now).

    `by` is None when they signed up themselves, else the member of staff who did it.
    """
)

person_returned = Hook(
    """Somebody already known signed up again, and today's edition is for them: fn(person, edition, now).

    In the same transaction. They may be in that edition already, or only in an earlier one.
    """
)
days_that_count = Hook(
    """fn(person) -> list of days.

    The days on which the person's age was judged or is counted. Made anonymous, they stay as old on
    each of them, so that no figure changes.
    """
)
