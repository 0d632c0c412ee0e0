"""A code on paper, with which somebody takes over the record that the desk made of them."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import ClaimCode, User, YoungPerson
from accounts.permissions import can_make_claim_code, check
from foundation.privacy.actions import record
from migwork.errors import NotNow

# Without those that look alike on paper. Twelve of them: 59 bits.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 12, 4
# Whoever holds the paper mistypes their birth date once or twice; whoever found it must not try them all.
MOST_ATTEMPTS = 5


def digest_of(code: str) -> str:
    """What stands for a code where it must not be readable; however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("accounts.claim", plain, algorithm="sha256").hexdigest()


@transaction.atomic
def make_claim_code(*, person, by, now) -> str:
    """A new code for the record's owner, which is told this once; an earlier one is good no more. By an operator."""
    check(can_make_claim_code(by))
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    _check_free(person)
    ClaimCode.objects.filter(person=person, used_at=None, cancelled_at=None).update(cancelled_at=now)
    code = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    made = ClaimCode.objects.create(
        person=person,
        code_digest=digest_of(code),
        made_at=now,
        made_by=by,
        ends_at=now + timedelta(days=settings.CLAIM_DAYS),
    )
    record(verb="accounts.claim_code_made", by=by, now=now, on=made, about=person)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _check_free(person):
    """NotNow when there is nothing to take over."""
    if person.user_id is not None:
        raise NotNow(_("This person has an account already."), code="account")
    if person.merged_into_id or person.anonymised_at:
        raise NotNow(_("This record is not in use any more."), code="gone")


def _live(now):
    return ClaimCode.objects.filter(
        used_at=None, cancelled_at=None, ends_at__gt=now, attempts__lt=MOST_ATTEMPTS, person__user=None
    ).filter(person__merged_into=None, person__anonymised_at=None)


@transaction.atomic
def try_claim_code(*, code, birth_date, now) -> ClaimCode | None:
    """The live code that was written together with its owner's birth date; nothing is used up by it.

    None for whatever is wrong. With a wrong birth date the attempt counts, and after five the code is dead.
    """
    found = _live(now).select_for_update(of=("self",)).select_related("person").filter(code_digest=digest_of(code))
    claim = found.first()
    if claim is None:
        return None
    if claim.person.birth_date != birth_date:
        ClaimCode.objects.filter(pk=claim.pk).update(attempts=F("attempts") + 1)
        return None
    return claim


@transaction.atomic
def claim(*, code: ClaimCode, user: User, now) -> YoungPerson:
    """Give the record to `user`, whose address was proven, and use the code up. By the owner of the paper.

    NotNow when the code died meanwhile, or when the account is somebody's already.
    """
    if user.person or user.active_memberships or user.is_superuser:
        raise NotNow(
            _("This e-mail or number opens another account already. Write one that is yours alone, or come by."),
            code="account",
        )
    live = _live(now).select_for_update(of=("self",)).filter(pk=code.pk).first()
    if live is None:
        raise NotNow(_("The code on paper is no longer good. Ask us for a new one."), code="code")
    person = YoungPerson.objects.select_for_update().get(pk=live.person_id)
    _check_free(person)
    person.user = user
    person.email, person.phone = _own(person, "email", user.email), _own(person, "phone", user.phone)
    person.save(update_fields=["user", "email", "phone"])
    live.used_at, live.used_by = now, user
    live.save(update_fields=["used_at", "used_by"])
    record(verb="accounts.person_claimed", by=user, now=now, on=person, about=person, fields=["email", "phone"])
    return person


def _own(person, name, proven) -> str:
    """The address that was proven; else the one that the desk wrote down, unless others of the family use it too."""
    known = getattr(person, name)
    if proven or not known:
        return proven or ""
    shared = YoungPerson.objects.filter(**{f"{name}__iexact": known}).exclude(pk=person.pk).exists()
    return "" if shared or User.objects.filter(**{f"{name}__iexact": known}).exists() else known
