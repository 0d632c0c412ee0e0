"""How two ways of one person in the same edition become one, when their two records are made one."""

from django.utils.translation import gettext_lazy as _

from intake.enums import ParticipationState
from intake.models import Participation, Plan, Reception
from intake.workflow import OPEN_STATES

NAMES = {
    "intake.Participation": _("ways in an edition"),
    "intake.Reception": _("first talks"),
    "intake.Appointment": _("appointments"),
    "intake.CallRequest": _("calls they asked for"),
    "intake.Interview": _("interviews"),
    "intake.FollowUp": _("questions after the end"),
    "intake.Note": _("notes"),
    "intake.QueueEntry": _("days at the desk"),
    "intake.GroupEntry": _("lists of groups"),
    "intake.StreetContact": _("meetings on the street"),
    "intake.Plan": _("plans"),
    "intake.Referral": _("referrals to partners"),
    "intake.OutsideReferral": _("referrals to outside services"),
    "intake.Handover": _("handovers to another operator"),
    "intake.PersonSkill": _("skills"),
    "intake.Cv": _("CVs"),
    "intake.CvEntry": _("entries of CVs"),
}
ENDING = ("state", "state_since", "closed_at", "ending", "outcome")


def fills(kept: Participation, merged: Participation) -> dict:
    """What the kept way takes over: the earlier beginning, the later contact, and how far the other had come.

    A way that goes on wins over one that had ended. Where both have a plan, the kept one's says how far it is.
    """
    values = {"opened_at": min(kept.opened_at, merged.opened_at)}
    contacts = [at for at in (kept.last_contact_at, merged.last_contact_at) if at]
    if contacts:
        values["last_contact_at"] = max(contacts)
    if kept.operator_id is None:
        values["operator_id"] = merged.operator_id
    if _is_further(merged, kept):
        values |= {name: getattr(merged, name) for name in ENDING}
    elif kept.state == ParticipationState.REGISTERED and Reception.objects.filter(participation=merged).exists():
        # The other had ended, but whoever was received then need not be received again.
        values["state"] = ParticipationState.RECEIVED
    return {name: value for name, value in values.items() if getattr(kept, name) != value}


def _is_further(merged, kept) -> bool:
    if merged.state not in OPEN_STATES:
        return False
    if kept.state not in OPEN_STATES:
        return True
    own_plan = Plan.objects.filter(participation=kept).exists()
    return not own_plan and OPEN_STATES.index(merged.state) > OPEN_STATES.index(kept.state)
