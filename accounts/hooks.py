"""Where later rooms join in when people come and go."""

from collections.abc import Callable
from dataclasses import dataclass

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

file_addresses = Hook(
    """fn(person, user) -> the address of the person's file that this member of staff may open, or "".

    So that the desk's pages of accounts lead back to where one came from.
    """
)

member_holds = Hook(
    """fn(user, organisation) -> list of (sentence, count), the count not nought.

    What is in the hands of this member of staff at this organisation and would be left without anybody.
    """
)

member_leaves = Hook(
    """A member of staff leaves an organisation, in the same transaction: fn(user, organisation, to, by, now).

    What member_holds told of passes to `to`, a colleague in a like role. NotNow when a part of it cannot.
    """
)

_folds: dict[str, "Fold"] = {}
_names: dict[str, str] = {}


@dataclass(frozen=True)
class Fold:
    """How two rows of two records that are made one become one: the merged row points to the kept one by `into`.

    What hangs on the merged row moves to the kept one, and `fills(kept_row, merged_row)` gives the
    values that the kept one takes over.
    """

    model: str
    into: str
    fills: Callable


def fold(model: str, *, into: str, fills: Callable) -> None:
    """Rows of `model` ("intake.Participation") can be folded when two records of a person are made one."""
    _folds[model] = Fold(model, into, fills)


def fold_of(model) -> Fold | None:
    """How rows of this model are folded, if they can be."""
    return _folds.get(model._meta.label)


def call_in_merges(**names) -> None:
    """What people read for rows of a model in the table of a merge: `call_in_merges(**{"intake.Plan": _("plans")})`."""
    _names.update(names)


def name_in_merges(model) -> str:
    """What a merge's table calls the rows of this model."""
    return str(_names.get(model._meta.label, model._meta.verbose_name_plural))


sharing = Hook(
    """fn(person) -> list of accounts.queries.Shared: which partner sees what of this person, and by which right."""
)
access_withdrawn = Hook(
    """fn(person, organisation, by, now): the person no longer wants this partner to see them by referrals.

    In the same transaction. From then on the partner finds nothing of what hangs on a referral.
    """
)
access_given = Hook(
    """fn(person, organisation, by, now): the person lets this partner see them again, as before it was withdrawn."""
)
who_follows = Hook(
    """fn(person) -> list of the members of staff in whose hands this person is now.

    They are told what somebody has to take on, such as a signature that nobody gave in time.
    """
)
consent_denied = Hook(
    """fn(consent, now) -> whether the person hears of it in a message of its own.

    Whoever signs for a minor did not consent to this purpose, or took their yes back. In the same transaction,
    the consent's row locked: what rests on it ends here.
    """
)
special_purposes = Hook(
    """fn(person) -> set of accounts.enums.SpecialPurpose: for what data that the law protects may be asked of them now.

    No purpose, no question: where no room names one, nothing of the kind can be written down.
    """
)
