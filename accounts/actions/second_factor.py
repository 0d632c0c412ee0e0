"""The secrets of second factors, which allauth keeps in a column of its own, encrypted under our keys."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

# By what name each kind of factor keeps what is encrypted.
SECRETS = ("secret", "seed")
CODES = "migrated_codes"


@transaction.atomic
def rekey_second_factors(*, rotate, now: datetime) -> dict[str, int]:
    """Encrypt the secrets anew with `rotate`; how many."""
    count = 0
    for factor in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        anew = {name: token for name in SECRETS if (token := factor.data.get(name) and rotate(factor.data[name]))}
        codes = factor.data.get(CODES)
        if codes:
            anew[CODES] = [rotate(code) or code for code in codes]
        if anew and anew != {CODES: codes}:
            factor.data |= anew
            factor.save(update_fields=["data"])
            count += 1
    return {"mfa.Authenticator.data": count}
