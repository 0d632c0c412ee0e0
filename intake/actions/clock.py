"""The clock of referrals: whoever has not answered is reminded once before the day on which an answer is due."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from intake import notifications
from intake.enums import ReferralState
from intake.models import OutsideReferral, Referral
from intake.workflow import OPEN_STATES


def remind_of_referrals(*, now) -> int:
    """Remind partners and outside services; how many. By the portal itself, safe to run twice.

    What is late is a signal in the operator's list, see queries.caseload().
    """
    told = 0
    for model, tell in ((Referral, notifications.referral_reminder), (OutsideReferral, notifications.outside_reminder)):
        today = timezone.localdate(now)
        soon = today + timedelta(days=settings.REFERRAL_REMINDER_DAYS)
        rows = model.objects.filter(
            state=ReferralState.SENT,
            answer_by__range=(today, soon),
            reminded_at=None,
            participation__merged_into=None,
            participation__state__in=OPEN_STATES,
            participation__person__limited_at=None,
            participation__person__anonymised_at=None,
        )
        for pk in rows.order_by("answer_by", "pk").values_list("pk", flat=True):
            told += _remind(model, pk, tell, now)
    return told


@transaction.atomic
def _remind(model, pk, tell, now) -> bool:
    rows = model.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=pk, state=ReferralState.SENT, reminded_at=None).first()
    if row is None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    tell(row, now=now)
    return True
