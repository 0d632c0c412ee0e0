"""Whose account a SPID or CIE opens."""

from accounts.eid import Claims
from accounts.models import EIdentity, User, YoungPerson
from migwork.text import sort_key


def user_of(claims: Claims) -> User | None:
    """The account that these claims open; None if there is none that proved to be theirs."""
    linked = EIdentity.objects.select_related("user").filter(fiscal_code=claims.fiscal_code).order_by("first_at")
    same = EIdentity.objects.select_related("user").filter(provider=claims.provider, subject=claims.subject).first()
    if identity := same or linked.first():
        return identity.user
    person = _people_of(claims).filter(fiscal_code_verified_at__isnull=False, user__isnull=False).first()
    return person and person.user


def account_to_prove(claims: Claims) -> User | None:
    """An account that may be theirs: its person gave the same codice fiscale, or it has the same e-mail.

    Who says so has to prove it with the account's own code: nothing is joined by itself.
    """
    person = _people_of(claims).filter(user__is_active=True, fiscal_code_verified_at__isnull=True).first()
    if person:
        return person.user
    return User.objects.filter(is_active=True, email=claims.email).first() if claims.email else None


def record_of(claims: Claims) -> YoungPerson | None:
    """What the desk keeps of them, without an account: with the code verified, or given with the same name and day."""
    rows = _people_of(claims).filter(user=None)
    verified = rows.filter(fiscal_code_verified_at__isnull=False)
    given = rows.filter(birth_date=claims.birth_date, sort_key=sort_key(claims.last_name, claims.first_name))
    return verified.first() or given.order_by("created_at").first()


def _people_of(claims: Claims):
    return YoungPerson.objects.select_related("user").filter(
        fiscal_code=claims.fiscal_code, merged_into__isnull=True, anonymised_at__isnull=True
    )
