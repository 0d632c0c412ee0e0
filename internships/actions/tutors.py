"""Who follows interns for a partner, and passing them on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.privacy.actions import record
from internships.models import Internship
from internships.queries.members import promoter_members
from internships.workflow import OPEN_STATES
from migwork.errors import NotNow


def what_tutor_holds(*, user, organisation) -> list[tuple[str, int]]:
    """The internships that `user` follows for this partner. For accounts.hooks.member_holds."""
    interns = _followed(user, organisation).count()
    return [(ngettext("Internship followed", "Internships followed", interns), interns)] if interns else []


def _followed(user, organisation):
    return Internship.objects.filter(promoter_tutor=user, promoter=organisation, state__in=OPEN_STATES)


@transaction.atomic
def pass_on_internships(*, user, organisation, to, by, now: datetime) -> None:
    """The internships that `user` follows pass to `to`. For accounts.hooks.member_leaves, which checked who may."""
    interns = list(_followed(user, organisation).select_for_update(of=("self",)).select_related("participation"))
    if interns and not promoter_members(organisation.pk).filter(user=to).exists():
        raise NotNow(_("Internships pass to staff of the partner: choose one."), code="to")
    for internship in interns:
        internship.promoter_tutor = to
        internship.save(update_fields=["promoter_tutor"])
        record(
            verb="internships.handed_over",
            by=by,
            now=now,
            on=internship,
            about=internship.participation.person_id,
            fields=["promoter_tutor"],
        )
