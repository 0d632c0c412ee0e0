"""Places offered to who waits, and the links by which they answer."""

from migwork.signed import SignedKey
from pathways.models import Enrolment

_key = SignedKey("pathways.offer")


def offer_token(enrolment) -> str:
    """What stands in the link of an offer: the enrolment, signed by the portal. It outlives the offer and says so."""
    return _key.token(enrolment.pk)


def enrolment_of_token(token: str) -> Enrolment | None:
    """The enrolment of such a link; None for one that the portal did not write, and for who is nobody any more."""
    rows = Enrolment.objects.filter(pk=_key.key(token), participation__person__anonymised_at=None)
    return rows.select_related("run__opportunity__organisation", "participation__person").first()
