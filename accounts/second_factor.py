"""Who has proved a second factor in this session. Members of staff do no work without one."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

# In the session of whoever need not prove one: the demo's people, who have neither telephone nor fingerprint.
MARK = "accounts_second_factor"
KEYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_proved(request) -> bool:
    """Whether a factor was shown in this session: at sign-in, when it was set up, or asked again."""
    if request.session.get(MARK):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def prove(request, authenticator) -> None:
    """Note that the key that was just set up was shown: its code was right, or the device answered."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def keys_of(user) -> list[Authenticator]:
    """The factors with which `user` can prove themselves; recovery codes are no factor on their own."""
    return list(Authenticator.objects.filter(user=user, type__in=KEYS).order_by("pk"))


# In the session of a young person who has just signed up: the home page offers a passkey until they say yes or no.
OFFER = "accounts_offer_passkey"


def offer(request) -> None:
    request.session[OFFER] = True


def is_offered(request) -> bool:
    return request.session.get(OFFER, False)


def stop_offering(request) -> bool:
    """Whether it was offered until now."""
    return request.session.pop(OFFER, False)
