"""States of a signature that was asked for and of each signer, and how sure a signature must be."""

from foundation.documents.enums import Assurance, SignatureState, SignerState
from migwork.workflow import Step, Workflow

SIGNATURE = Workflow(
    name="signature",
    states=SignatureState,
    initial=SignatureState.OPEN,
    steps=(
        Step("complete", (SignatureState.OPEN,), SignatureState.SIGNED),
        Step("refuse", (SignatureState.OPEN,), SignatureState.REFUSED),
        Step("cancel", (SignatureState.OPEN,), SignatureState.CANCELLED),
        Step("expire", (SignatureState.OPEN,), SignatureState.EXPIRED),
    ),
)

SIGNER = Workflow(
    name="signer",
    states=SignerState,
    initial=SignerState.WAITING,
    steps=(
        Step("sign", (SignerState.WAITING,), SignerState.SIGNED),
        Step("refuse", (SignerState.WAITING,), SignerState.REFUSED),
        Step("cancel", (SignerState.WAITING,), SignerState.CANCELLED),
    ),
)


def suffices(reached: Assurance, least: Assurance) -> bool:
    """Whether a signature that `reached` this assurance is enough where `least` is asked for.

    Paper is the way that is always open, so it is always enough; where paper is asked for, nothing else is.
    """
    return reached >= least
