"""Addresses that open without signing in: what they carry is signed, not secret, and says nothing about a person."""

from uuid import UUID

from django.core import signing

from intake.models import FollowUp

SALT = "intake.follow-up"


def follow_up_token(follow_up) -> str:
    """What stands for these questions in an address: the same each time, so that a reminder repeats the link."""
    return signing.Signer(salt=SALT).sign(follow_up.pk.hex).replace(":", ".")


def follow_up_of(token: str) -> FollowUp | None:
    """The questions that this token opens; None for one that we did not make, or that were called off."""
    try:
        key = UUID(hex=signing.Signer(salt=SALT).unsign(token.replace(".", ":")))
    except (signing.BadSignature, ValueError):
        return None
    return FollowUp.objects.select_related("participation__person", "sheet").filter(pk=key).first()
