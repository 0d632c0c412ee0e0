"""What nobody looked at for long: asked about once, then taken off the catalogue."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import hooks, notifications, permissions
from pathways.enums import OpportunityState
from pathways.models import Opportunity
from pathways.workflow import OPPORTUNITY


@transaction.atomic
def check_activity(*, opportunity, by, now) -> Opportunity:
    """Say that a published activity is still right as it stands. By whoever may edit it."""
    opportunity = Opportunity.objects.select_for_update().defer("search").get(pk=opportunity.pk)
    permissions.check_can_edit_activity(by, opportunity)
    if opportunity.state != OpportunityState.PUBLISHED:
        raise NotNow(_("It is not in the catalogue: publish it first."), code="state")
    opportunity.checked_on, opportunity.asked_check_on = timezone.localdate(now), None
    opportunity.save(update_fields=["checked_on", "asked_check_on"])
    record(verb="pathways.opportunity_checked", by=by, now=now, on=opportunity, fields=["checked_on"])
    return opportunity


def keep_catalogue_fresh(*, now) -> tuple[int, int]:
    """Ask about what has become stale, once; take off what was asked about in vain. How many of each."""
    today = timezone.localdate(now)
    answered_by = today - timedelta(days=settings.ACTIVITY_CHECK_NOTICE_DAYS)
    stale = Opportunity.objects.stale(today)
    # New dates are an answer, too: should it become stale again, it is asked about anew.
    asked = Opportunity.objects.published().filter(asked_check_on__isnull=False)
    asked.exclude(pk__in=stale.values("pk")).update(asked_check_on=None)
    gone = sum(_with_lock(_take_off, pk, now) for pk in _keys(stale.filter(asked_check_on__lte=answered_by)))
    told = sum(_with_lock(_ask, pk, now) for pk in _keys(stale.filter(asked_check_on=None)))
    return told, gone


def _keys(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _with_lock(step, pk, now) -> bool:
    """Do `step` with one activity, unless somebody has just looked at it."""
    with transaction.atomic():
        rows = Opportunity.objects.stale(timezone.localdate(now)).select_for_update(of=("self",)).defer("search")
        opportunity = rows.filter(pk=pk).first()
        if opportunity is None:
            return False
        step(opportunity, now)
        return True


def _ask(opportunity, now):
    opportunity.asked_check_on = timezone.localdate(now)
    opportunity.save(update_fields=["asked_check_on"])
    record(verb="pathways.opportunity_asked", by=None, now=now, on=opportunity, fields=["asked_check_on"])
    notifications.activity_to_check(opportunity, now=now)


def _take_off(opportunity, now):
    opportunity.state = OPPORTUNITY.target(opportunity.state, "expire")
    opportunity.save(update_fields=["state"])
    record(verb="pathways.opportunity_expire", by=None, now=now, on=opportunity, fields=["state"])
    hooks.taken_off.call(opportunity=opportunity, by=None, now=now)
