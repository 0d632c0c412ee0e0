"""What was referred to a partner."""

from intake.models import (
    Referral,
)
from intake.queries.desk import PAGE


def referrals_for(user, *, state=None, before=None) -> list[Referral]:
    """The referrals that `user` may see, newest first; one more than a page shows."""
    rows = Referral.objects.visible_to(user).select_related("participation__person", "organisation", "plan_action")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(sent_at__lt=before)
    return list(rows.order_by("-sent_at", "pk")[: PAGE + 1])
