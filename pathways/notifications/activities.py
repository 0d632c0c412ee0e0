"""What the staff of a partner are told about their activities."""

from datetime import timedelta

from django.conf import settings

from accounts.enums import Role
from accounts.models import User
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from migwork.links import absolute_url


def activity_returned(opportunity, *, now):
    """It was sent back to be changed: what to change is read on its page."""
    _tell_partner(opportunity, f"returned:{now.isoformat()}", "activity_returned", now)


def activity_to_check(opportunity, *, now):
    """Nobody looked at it for long: is it still right?"""
    day = opportunity.asked_check_on + timedelta(days=settings.ACTIVITY_CHECK_NOTICE_DAYS)
    _tell_partner(opportunity, f"check:{opportunity.asked_check_on}", "activity_to_check", now, day=day)


def _tell_partner(opportunity, occasion, template, now, **context):
    staff = User.objects.filter(
        is_active=True,
        email__isnull=False,
        memberships__organisation=opportunity.organisation_id,
        memberships__is_active=True,
        memberships__role__in=[Role.PARTNER_STAFF, Role.PARTNER_ADMIN],
    ).distinct()
    for user in staff.order_by("pk"):
        queue(
            key=f"pathways:activity:{opportunity.pk}:{occasion}:{user.pk}",
            channel=Channel.EMAIL,
            to=user.email,
            language=user.language,
            template=f"pathways/messages/{template}",
            context={
                "title": opportunity.title,
                "url": absolute_url("pathways:activity-detail", opportunity.slug),
                **context,
            },
            now=now,
            cause=f"activity:{opportunity.pk}",
        )
