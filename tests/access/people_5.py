"""What the access table's world holds of organisations and their members."""

from tests import factories


def make(*, partner) -> dict:
    """Somebody invited to `partner`."""
    return {"invitation": factories.InvitationFactory(organisation=partner)}
