"""What the access table's world holds of signing."""

from foundation.documents.tokens import digest, new_token
from tests import factories


def make(*, young_person) -> dict:
    """A link to sign for `young_person`, with its token."""
    token = new_token()
    request = factories.SignatureRequestFactory(about=young_person.pk)
    link = factories.SigningLinkFactory(
        signer=factories.SignerFactory(request=request), token_digest=digest("link", token)
    )
    return {"signing_token": token, "signer": link.signer}
