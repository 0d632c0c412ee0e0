"""How sure a signature becomes: what somebody showed, against what their paper asks for."""

from dataclasses import dataclass
from datetime import datetime

from foundation.documents.enums import Assurance, ContactSource
from foundation.documents.models import Signer
from foundation.documents.tokens import digest, same
from foundation.documents.workflow import suffices


@dataclass(frozen=True)
class Proof:
    """What somebody showed besides the link: when they wrote the right code, whom SPID or CIE said they are."""

    code_at: datetime | None = None
    fiscal_code: str = ""
    provider: str = ""


# The link, and nothing else.
BARE = Proof()


def by_code(signer: Signer) -> Assurance:
    """What the link proves together with the code that went to the same signer.

    It makes sure only whom staff have seen, at an address that does not come from the minor:
    whoever typed their own number as their mother's would read her code.
    """
    if signer.identity_checked and signer.contact_from != ContactSource.MINOR:
        return Assurance.CHECKED
    return Assurance.LINK


def is_them(signer: Signer, proof: Proof) -> bool:
    """Whether SPID or CIE named the very person who is asked."""
    return bool(proof.fiscal_code) and same(signer.fiscal_code_digest, digest("fiscal-code", proof.fiscal_code))


def assurance_of(signer: Signer, proof: Proof, *, own_account: bool = False) -> Assurance:
    """How sure it is that this signer signs. One's own account was opened by a code, as a link is."""
    if is_them(signer, proof):
        return Assurance.EID
    return by_code(signer) if proof.code_at or own_account else Assurance.LINK


def may_answer(signer: Signer, proof: Proof, *, own_account: bool = False) -> bool:
    """Whether they have shown what can be asked of anybody: the code, unless the bare link is enough."""
    bare = signer.request.least_assurance <= Assurance.LINK
    return bare or own_account or bool(proof.code_at) or is_them(signer, proof)


def eid_is_enough(signer: Signer) -> bool:
    """Whether this signer could sign by SPID or CIE."""
    return suffices(Assurance.EID, Assurance(signer.request.least_assurance))


def code_is_enough(signer: Signer) -> bool:
    """Whether this signer can sign by link and code, or must come by another way."""
    return suffices(by_code(signer), Assurance(signer.request.least_assurance))
