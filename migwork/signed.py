"""Keys of rows in addresses that open without signing in: signed by the portal, the same each time, and nameless."""

import base64
import binascii
from uuid import UUID

from django.core import signing


class SignedKey:
    """Turns a row's key into a token and back; `salt` keeps the tokens of one kind of page from opening another."""

    def __init__(self, salt: str):
        self._signer = signing.Signer(salt=salt, sep=".")

    def token(self, pk: UUID) -> str:
        return self._signer.sign(base64.urlsafe_b64encode(pk.bytes).rstrip(b"=").decode())

    def key(self, token: str) -> UUID | None:
        """The key in `token`; None for one that the portal did not write."""
        try:
            return UUID(bytes=base64.urlsafe_b64decode(self._signer.unsign(token) + "=="))
        except (signing.BadSignature, ValueError, binascii.Error):
            return None
