"""Where later rooms say who writes their forms, and which questions their rules read; in AppConfig.ready()."""

from migwork.hooks import Hook

may_edit = Hook(
    """fn(user, key) -> bool.

    Whether `user` may write the next version of the form `key`. One yes is enough.
    """
)
read_by_rules = Hook(
    """fn(key) -> {question key: (set of answers the rule knows, sentence)}.

    Questions of the form `key` that a rule reads: they and these answers may be reworded, not taken out.
    """
)
