"""What stands in the link of a host: its key, signed by the portal. Taken back in the database."""

from migwork.signed import SignedKey

_key = SignedKey("internships.host")


def token_of(link) -> str:
    return _key.token(link.pk)


def key_of(token: str):
    """The key of the HostLink; None for a token that the portal did not write."""
    return _key.key(token)
