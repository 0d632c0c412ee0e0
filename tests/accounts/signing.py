"""What tests about minors and their representatives share: Amina of sixteen, her mother, the mother's answer."""

from accounts import actions
from accounts.enums import PaperType, RepresentativeKind
from accounts.models import LegalRepresentative
from foundation.documents import actions as documents
from foundation.documents.policies import Proof

PDF = b"%PDF-1.7"


def mother(**changes):
    data = {"kind": RepresentativeKind.PARENT, "first_name": "Fatima", "last_name": "Verdi"}
    return {**data, "email": "fatima@example.org", "phone": "+393331234567", **changes}


def named(minor, by, now, **changes) -> LegalRepresentative:
    return actions.add_representative(person=minor, **mother(**changes), by=by, now=now).representative


def checked(minor, operator, now, **changes) -> LegalRepresentative:
    representative = named(minor, operator, now, **changes)
    return actions.check_identity(
        representative=representative,
        paper=PaperType.ID_CARD,
        email=representative.email,
        phone=representative.phone,
        by=operator,
        now=now,
    )


def answer(signer, now, yes=True):
    """The signer's answer by the newest link, with the code written."""
    link = signer.links.get(replaced_at=None)
    proof = Proof(code_at=now)
    if yes:
        documents.sign(signer=signer, link=link, proof=proof, now=now)
    else:
        documents.refuse(signer=signer, link=link, proof=proof, reason="Troppo lontano", now=now)
