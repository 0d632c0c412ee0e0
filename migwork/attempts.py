"""For views with a button and no form: do it, and say at the top of the next page what came of it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError


def attempt(request, act: Callable[[], object], done: str = "") -> bool:
    """Do `act`; say `done`, or the sentences why not. Whether it was done."""
    try:
        act()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return False
    if done:
        messages.success(request, done)
    return True
