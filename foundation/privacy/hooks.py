"""Where later rooms say what they hold about a person, when it must go, and let it go."""

from migwork.hooks import Hook

retention_due = Hook(
    """fn(rule, on) -> list of (about, due_on).

    The people whose data under `rule` (a RetentionRule) may no longer be kept on the day `on`
    or within its days of warning before. `about` is a person's id, `due_on` the day their term ends; None
    where that day is not known yet.
    Each room answers for the rules whose start it knows, and with an empty list for the others.
    """
)
retention_rows = Hook(
    """fn(rule, before, dry_run) -> {label of a model: how many rows}.

    Rows of the room whose term under `rule` runs from when they were written, written before `before`: let them
    go, in the caller's transaction; in a dry run only count them. {} for rules of others.
    """
)
hold = Hook(
    """fn(about) -> None.

    Lock what stands for this person until the transaction ends: nobody makes two records one, or takes them apart,
    while it is asked under which ids they were known.
    """
)
everybody_who_is = Hook("fn(about) -> list of the ids under which this person was known, their own last.")
retention_warn = Hook(
    """fn(about, rule, due_on, now) -> None.

    The data about this person end on `due_on`: tell them. Called once for each (about, rule, due_on),
    in the transaction that notes it; whoever cannot be reached is not told.
    """
)
faults_found = Hook(
    """fn(texts, now) -> None.

    The verification of the audit trail found these faults for the first time: tell whoever answers for people's
    data, in the transaction that notes it. The texts name nobody.
    """
)
rekey = Hook(
    """fn(rotate, now) -> {what: how many values were encrypted anew}.

    For what is encrypted in other places than the portal's encrypted fields. `rotate(token)` gives the new token,
    or None where there is nothing to do (migwork.crypto).
    """
)
anonymise = Hook(
    """fn(about, by, now) -> {label of a model: how many of its rows were changed or deleted}.

    Make what the room holds about this person anonymous, in the caller's transaction, by the registry's
    `erase` of each field. Figures must stay as they are. Safe to call twice.
    """
)
