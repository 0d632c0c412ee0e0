"""How it goes with those who left."""

from datetime import timedelta

from django.utils import timezone

from intake.models import FollowUp
from migwork.signed import SignedKey

# A link answers that long after its day; then the moment it asks about is past.
OPEN_FOR = timedelta(days=60)
_key = SignedKey("intake.follow-up")


def follow_up_token(follow_up) -> str:
    """What stands for these questions in an address: the same each time, so that a reminder repeats the link."""
    return _key.token(follow_up.pk)


def follow_up_of(token: str) -> FollowUp | None:
    """The questions that this token opens; None for one that we did not make, or that were called off."""
    return FollowUp.objects.select_related("participation__person", "sheet").filter(pk=_key.key(token)).first()


def follow_up_is_past(follow_up, now) -> bool:
    """Whether the moment that is asked about is over."""
    return timezone.localdate(now) >= follow_up.due_on + OPEN_FOR


def follow_ups_of(participation) -> list[FollowUp]:
    """What was and will be asked after the end, with `is_open`: whether an answer can still be given."""
    rows = list(participation.follow_ups.order_by("due_on"))
    for row in rows:
        row.is_open = not row.answered_at and not follow_up_is_past(row, timezone.now())
    return rows
