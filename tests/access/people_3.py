"""What the access table's world holds of signing."""

from foundation.documents.tokens import digest, new_token
from tests import factories


def make(*, young_person) -> dict:
    """Who signs for `young_person`, a link with its token, and a consent that waits for their own yes."""
    token = new_token()
    asked = factories.ConsentFactory(person=young_person)
    request = factories.SignatureRequestFactory(about=young_person.pk, on_id=str(asked.pk))
    link = factories.SigningLinkFactory(
        signer=factories.SignerFactory(request=request), token_digest=digest("link", token)
    )
    purpose = factories.PurposeFactory()
    return {
        "signing_token": token,
        "signer": link.signer,
        "representation": factories.RepresentationFactory(person=young_person),
        "purpose": purpose,
        "consent_to_confirm": factories.ConsentFactory(person=young_person, purpose=purpose),
    }
