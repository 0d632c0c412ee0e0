"""Writes about the address by which somebody signs in, when they change it themselves."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.telling import tell_owner
from accounts.codes import CODE_SECONDS, digest
from accounts.models import User, YoungPerson
from accounts.permissions import check
from accounts.queries.people import users_at
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.privacy.actions import record
from migwork.errors import NotNow


@transaction.atomic
def send_contact_code(*, user, code, channel, address, now) -> None:
    """Send `user` the code that proves a new address. Whose the address may be already, only the message says."""
    queue(
        key=f"accounts:contact:{digest(str(user.pk), address, code)}",
        channel=channel,
        to=address,
        language=user.language,
        template="accounts/messages/contact_code",
        context={"code": code, "known": users_at(address).exists(), "minutes": CODE_SECONDS // 60},
        urgent=True,
        now=now,
    )


@transaction.atomic
def change_contact(*, user, channel, address, by, now) -> User:
    """From now on `user` signs in, and is written to, at this proven address. By `user`; the old one is told.

    Every session ends, but for the one that the page spares: who has come in by the old address is out.
    NotNow when it opens another account: two accounts are made one by people, never by a code.
    """
    check(user.pk == by.pk and by.is_active)
    user = User.objects.select_for_update().get(pk=user.pk)
    field = "email" if channel == Channel.EMAIL else "phone"
    if getattr(user, field) == address:
        return user
    old = (channel, getattr(user, field)) if getattr(user, field) else _other_way(user)
    _set(user, field, address, now)
    person = YoungPerson.objects.select_for_update().filter(user=user).first()
    if person is not None:
        setattr(person, field, address)
        person.save(update_fields=[field])
    record(verb="accounts.contact_changed", by=by, now=now, on=user, about=person, fields=[field])
    tell_owner(user=user, name="contact_changed", context={"email": field == "email"}, way=old, now=now)
    return user


def _other_way(user) -> tuple[str, str]:
    return (Channel.EMAIL, user.email) if user.email else (Channel.SMS, user.phone)


def _set(user, field, address, now) -> None:
    """The address at the account. Two who prove the same one at once: the second is told."""
    try:
        with transaction.atomic():
            setattr(user, field, address)
            user.phone_verified = user.phone_verified or field == "phone"
            user.sessions_valid_from = now
            user.save(update_fields=["email", "phone", "phone_verified", "sessions_valid_from"])
            if field == "email":
                EmailAddress.objects.filter(user=user).delete()
                EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    except IntegrityError as error:
        raise NotNow(
            _("This address opens another account already. If both are yours, tell us: we make them one."),
            code="taken",
        ) from error
