"""Where later rooms join in the catalogue: registered in their AppConfig.ready()."""

from migwork.hooks import Hook

joining = Hook(
    """fn(opportunity, user, on) -> {"template", "action", "runs"} with what the template needs, or None.

    How one joins an activity that is given by application: stands on its page where others have their dates. "action"
    is (address, words) of the one thing to do there, or None; "runs": those that still take people. For families of
    which there are none: no query.
    """
)
managing = Hook(
    """fn(opportunity, user) -> {"template", "edit_url"} with what the template needs, or None.

    What stands on the partner's page of such an activity in place of its dates, and where it is changed.
    """
)
taken_off = Hook(
    """fn(opportunity, by, now): the activity is off the catalogue, in the same transaction.

    `by` is None where nobody had looked at it for long.
    """
)


def first(hook: Hook, **kwargs) -> dict | None:
    """What the first of the functions answers that has something to say."""
    return next((found for found in hook.call(**kwargs) if found), None)
