"""What the access table's world holds around a young person and a partner, subject by subject."""

from foundation.documents.tokens import digest, new_token
from tests import factories


def ways_in_and_papers(person) -> dict:
    """How they sign in with SPID or CIE, and a paper of theirs."""
    return {
        "eidentity": factories.EIdentityFactory(user=person.user),
        "paper": factories.IdentityPaperFactory(person=person),
    }


def signing(person) -> dict:
    """Who signs for them, a link with its token, and a consent that waits for their own yes."""
    token = new_token()
    asked = factories.ConsentFactory(person=person)
    request = factories.SignatureRequestFactory(about=person.pk, on_id=str(asked.pk))
    link = factories.SigningLinkFactory(
        signer=factories.SignerFactory(request=request), token_digest=digest("link", token)
    )
    purpose = factories.PurposeFactory()
    return {
        "signing_token": token,
        "signer": link.signer,
        "representation": factories.RepresentationFactory(person=person),
        "purpose": purpose,
        "consent_to_confirm": factories.ConsentFactory(person=person, purpose=purpose),
    }


def asked_about_data(person) -> dict:
    """What they asked about their data, and a copy of these."""
    return {
        "privacy_request": factories.PrivacyRequestFactory(person=person),
        "data_copy": factories.DataCopyFactory(person=person, ready=True),
    }


def protected_note(person) -> dict:
    return {"special_note": factories.SpecialCategoryFactory(person=person)}


def invited(partner) -> dict:
    """Somebody invited to work at `partner`."""
    return {"invitation": factories.InvitationFactory(organisation=partner)}
