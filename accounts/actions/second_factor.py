"""The secrets of second factors, which allauth keeps in a column of its own, encrypted under our keys."""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

# By what name each kind of factor keeps what is encrypted.
SECRETS = ("secret", "seed")
CODES = "migrated_codes"
# The step of time of the newest code that was used.
LAST = "last_counter"


@transaction.atomic
def use_up_code(*, app: Authenticator, code: str) -> bool:
    """Whether this right code of `app` is newer than all that were used before; from now on it is used.

    allauth remembers a code for half a minute, but takes it for a minute and a half, as clocks go wrong: who looked
    over a shoulder would come in after its owner. By whoever signs in.
    """
    app = Authenticator.objects.select_for_update().get(pk=app.pk)
    secret = decrypt(app.data["secret"])
    newest = max(
        (
            counter
            for counter in yield_hotp_counters_from_time()
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
        ),
        default=None,
    )
    if newest is None or newest <= app.data.get(LAST, 0):
        return False
    app.data[LAST] = newest
    app.save(update_fields=["data"])
    return True


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
