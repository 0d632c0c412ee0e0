"""Referrals to outside services, and the links by which those answer."""

from datetime import timedelta

from intake.enums import ReferralState
from intake.models import OutsideReferral
from intake.workflow import OPEN_STATES
from migwork.signed import SignedKey

# How long a service that accepted can tell by its link how it went.
LINK_LASTS = timedelta(days=90)
_key = SignedKey("intake.outside")


def token_of(referral) -> str:
    """What stands in the service's link: the referral, signed by the portal."""
    return _key.token(referral.pk)


def referral_of_token(token: str) -> OutsideReferral | None:
    """The referral of such a link; None for one that the portal did not write."""
    return _with_all(OutsideReferral.objects.filter(pk=_key.key(token))).first()


def is_live(referral, now) -> bool:
    """Whether the link still shows whom it is about: asked or accepted, not too long ago, and the person is there.

    Of who has left the service is asked nothing any more; one that accepted before may still tell how it went.
    """
    way, person = referral.participation, referral.participation.person
    in_force = referral.state == ReferralState.ACCEPTED or (
        referral.state == ReferralState.SENT and way.state in OPEN_STATES
    )
    return in_force and now < referral.sent_at + LINK_LASTS and not (person.limited_at or person.anonymised_at)


def outside_referrals_of(participation) -> list[OutsideReferral]:
    """All of the person, latest first."""
    return list(participation.outside_referrals.select_related("sent_by", "typed_by"))


def outside_referral_for(user, pk) -> OutsideReferral | None:
    """One that `user` may see, with all that its page shows."""
    return _with_all(OutsideReferral.objects.visible_to(user).filter(pk=pk)).first()


def _with_all(rows):
    return rows.select_related("participation__person", "participation__operator", "sent_by", "typed_by")
