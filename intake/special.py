"""For what the desk may ask for data that the law protects most."""

from accounts.enums import SpecialPurpose
from intake.enums import ActionKind, ActionState, ReferralPurpose
from intake.models import PlanAction, Referral


def special_purposes(person) -> set[str]:
    """See accounts.hooks.special_purposes: the rules on internships hold of whom the plan or a partner leads to one."""
    steps = PlanAction.objects.filter(goal__plan__participation__person=person, kind=ActionKind.INTERNSHIP)
    sent = Referral.objects.filter(participation__person=person, purpose=ReferralPurpose.INTERNSHIP)
    if steps.exclude(state=ActionState.DROPPED).exists() or sent.in_force().exists():
        return {SpecialPurpose.INTERNSHIP}
    return set()
