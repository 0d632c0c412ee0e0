"""The links of hosts: made, sent again, taken back."""

from datetime import datetime

from django.db import transaction

from foundation.privacy.actions import record
from internships import notifications
from internships.models import HostLink, HostTutor
from internships.permissions import check_can_keep_links


@transaction.atomic
def send_host_link(*, tutor, by, now: datetime) -> HostLink:
    """Send the tutor of a host their link, by mail or SMS; the one they have, or a first one. By a promoter's staff."""
    tutor = HostTutor.objects.select_for_update(of=("self",)).select_related("host").get(pk=tutor.pk)
    check_can_keep_links(by, tutor)
    link = tutor.links.filter(revoked_at=None).first()
    if link is None:
        link = HostLink.objects.create(tutor=tutor, created_at=now, created_by=by)
        record(verb="internships.link_made", by=by, now=now, on=link)
    link.sent_at = now
    link.save(update_fields=["sent_at"])
    notifications.send_link(link, now=now)
    return link


@transaction.atomic
def revoke_host_link(*, link, by, now: datetime) -> HostLink:
    """Take a host's link back: it opens nothing any more, and the next one is another. By a promoter's staff."""
    link = HostLink.objects.select_for_update(of=("self",)).select_related("tutor__host").get(pk=link.pk)
    check_can_keep_links(by, link.tutor)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now, by
        link.save(update_fields=["revoked_at", "revoked_by"])
        record(verb="internships.link_revoked", by=by, now=now, on=link)
    return link
