"""When something may be done for a minor: whose yes each purpose takes, and what is still missing."""

from dataclasses import dataclass
from typing import Literal

from accounts.enums import ConsentState

Gap = Literal["", "nobody", "second", "ask", "waiting", "refused"]


@dataclass(frozen=True)
class Need:
    """How many representatives must say yes (0: the person decides alone), and what is missing of that."""

    how_many: int
    gap: Gap

    @property
    def is_met(self) -> bool:
        return self.gap == ""


def how_many_yes(purpose, *, age: int, live: int) -> int:
    """The yeses of representatives that `purpose` takes at this age from somebody with `live` representatives."""
    if age >= purpose.own_from_age:
        return 0
    if purpose.both_parents and live == 2:
        return 2
    return purpose.representatives


def what_is_needed(purpose, *, age: int, live: int, state: str = "") -> Need:
    """What is missing for `purpose`. `state` is that of the latest consent to it, "" if it was never asked."""
    how_many = how_many_yes(purpose, age=age, live=live)
    if how_many == 0 or state == ConsentState.GIVEN:
        return Need(how_many, "")
    if state == ConsentState.ASKED:
        return Need(how_many, "waiting")
    if live == 0:
        return Need(how_many, "nobody")
    if live < how_many:
        return Need(how_many, "second")
    return Need(how_many, "refused" if state == ConsentState.REFUSED else "ask")


def waits_for_a_guardian(purpose, *, age: int, live: int) -> bool:
    """Whether this has to wait until somebody is there who may sign."""
    return purpose.blocks_without_guardian and live == 0 and how_many_yes(purpose, age=age, live=live) > 0
