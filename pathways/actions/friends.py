"""Bring a friend: one's own link, and a count of whom it helped that says nothing about them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import permissions
from pathways.enums import OpportunityState
from pathways.models import Enrolment, FriendLink


@transaction.atomic
def make_friend_link(*, opportunity, person, by, now) -> FriendLink:
    """A link of one's own to a published activity; the same one when there is one. By the young person."""
    permissions.check_can_share(by, person)
    if opportunity.state != OpportunityState.PUBLISHED:
        raise NotNow(_("This activity is not in the catalogue."), code="unpublished")
    link, is_new = FriendLink.objects.get_or_create(person=person, opportunity=opportunity, defaults={"made_at": now})
    if is_new:
        record(verb="pathways.friend_link_made", by=by, now=now, on=link, about=person)
    return link


@transaction.atomic
def end_friend_link(*, link, by, now) -> None:
    """Forget the link and its count; whoever opens it still reads the activity. By the young person."""
    permissions.check_can_share(by, link.person)
    record(verb="pathways.friend_link_ended", by=by, now=now, on=link, about=link.person_id)
    link.delete()


def count_friend(*, token, enrolment, now) -> bool:
    """Note that somebody who came by a link asked for a place, not who. In the transaction of their enrolment.

    Not one's own link, and nobody twice for one activity.
    """
    opportunity = enrolment.run.opportunity_id
    links = FriendLink.objects.select_for_update(of=("self",)).filter(token=token, opportunity=opportunity)
    link = links.exclude(person=enrolment.participation.person_id).first()
    theirs = Enrolment.objects.filter(
        participation__person=enrolment.participation.person_id, run__opportunity=opportunity
    )
    if link is None or theirs.exclude(pk=enrolment.pk).exists():
        return False
    link.count(timezone.localdate(now))
    link.save(update_fields=["helped", "lately", "lately_on"])
    return True
