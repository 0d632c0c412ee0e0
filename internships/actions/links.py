"""The links of hosts: made, sent again, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import notifications
from internships.actions.locks import locked_by_promoter
from internships.models import HostLink, HostTutor, RegisterDay
from internships.permissions import check_can_keep_links
from internships.workflow import AT_WORK
from migwork.errors import NotNow


@transaction.atomic
def send_host_link(*, tutor, by, now: datetime) -> HostLink:
    """Send the tutor of a host their link, by mail or SMS; the one they have, or a first one. By a promoter's staff."""
    tutor = _locked(tutor)
    check_can_keep_links(by, tutor)
    link = _link_of(tutor, by, now)
    notifications.send_link(link, now=now)
    return link


@transaction.atomic
def remind_host(*, internship, by, now: datetime) -> HostLink:
    """Write to the host's tutor that days wait for an answer, with their link. By the promoter's staff.

    One message tells of all their interns: whoever was written to today is not written to again.
    """
    internship = locked_by_promoter(internship, by)
    tutor = _locked(internship.host_tutor)
    waiting = RegisterDay.objects.waiting().filter(internship__state__in=AT_WORK)
    if not waiting.filter(internship=internship).exists():
        raise NotNow(_("No day waits for the host."), code="none")
    link = tutor.links.filter(revoked_at=None).first()
    if link and link.sent_at and timezone.localdate(link.sent_at) == timezone.localdate(now):
        raise NotNow(_("The tutor at the host was written to today already, of all their interns."), code="today")
    link = _link_of(tutor, by, now)
    notifications.remind_of_days(link, waiting.filter(internship__unit__host=tutor.host_id).count(), now=now)
    person = internship.participation.person_id
    record(verb="internships.host_reminded", by=by, now=now, on=internship, about=person)
    return link


def _locked(tutor) -> HostTutor:
    return HostTutor.objects.select_for_update(of=("self",)).select_related("host").get(pk=tutor.pk)


def _link_of(tutor, by, now) -> HostLink:
    """The link that the tutor has, or a first one, which is being sent now."""
    link = tutor.links.filter(revoked_at=None).first()
    if link is None:
        link = HostLink.objects.create(tutor=tutor, created_at=now, created_by=by)
        record(verb="internships.link_made", by=by, now=now, on=link)
    link.sent_at = now
    link.save(update_fields=["sent_at"])
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
