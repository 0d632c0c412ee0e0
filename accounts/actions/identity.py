"""Writes about who somebody is: codice fiscale, papers, SPID and CIE."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import fiscal_code
from accounts.actions.people import _locked_person, sign_up
from accounts.actions.telling import tell_owner
from accounts.eid import Claims
from accounts.enums import EidProvider, VerifiedBy
from accounts.models import EIdentity, User, YoungPerson
from accounts.permissions import can_edit_person, check, is_operator
from accounts.queries.eid import record_of, user_of
from foundation.privacy.actions import record
from migwork.errors import NotNow


@transaction.atomic
def set_fiscal_code(*, person, code, by, now, verified_by="") -> YoungPerson:
    """Note a codice fiscale, or take it away ("").

    By the young person or an operator. Verified only by an operator who saw it, or by SPID or CIE (`by` is
    then the person's account). A verified one stays: it decides which account SPID opens. NotNow where it would
    change, or where somebody else's with the same code was verified.
    """
    check(can_edit_person(by, person))
    check(verified_by != VerifiedBy.STAFF or is_operator(by))
    person = _locked_person.first(pk=person.pk)
    code = fiscal_code.cleaned(code)
    if code == person.fiscal_code and (not verified_by or person.fiscal_code_verified_at):
        return person
    if person.fiscal_code_verified_at and code != person.fiscal_code:
        raise NotNow(_("This codice fiscale was verified: it cannot be changed here."), code="verified")
    if code:
        fiscal_code.check(code)
    person.fiscal_code = code
    if verified_by:
        person.fiscal_code_verified_at, person.fiscal_code_verified_by = now, VerifiedBy(verified_by)
    try:
        with transaction.atomic():
            person.save(update_fields=["fiscal_code", "fiscal_code_verified_at", "fiscal_code_verified_by"])
    except IntegrityError as error:
        raise NotNow(
            _("Somebody else has this codice fiscale already, and it was verified."), code="somebody_else"
        ) from error
    record(
        verb="accounts.fiscal_code_set", by=by, now=now, on=person, about=person,
        fields=["fiscal_code", *(["fiscal_code_verified_at"] if verified_by else [])],
    )  # fmt: skip
    return person


@transaction.atomic
def enter_by_eid(*, claims: Claims, now) -> User | None:
    """The account that this SPID or CIE opens, with the identity noted at it; None if it opens none yet.

    It opens the account to which it is linked, the one to which another identity of the same codice fiscale
    is linked, and the one of the person whose codice fiscale, the same, was verified. By the sign-in itself.
    """
    user = user_of(claims)
    if user is not None and user.is_active:
        _note_identity(user, claims, now)
    return user


@transaction.atomic
def link_eid(*, user, claims: Claims, now, tell=True) -> EIdentity:
    """From now on this SPID or CIE opens `user`'s account, and its codice fiscale is verified. By `user`.

    They are told, unless the account was made just now (`tell`).
    NotNow where it opens another account already, or tells of somebody else than the account's person.
    """
    person = YoungPerson.objects.select_for_update().filter(user=user).first()
    if person is not None:
        if person.birth_date != claims.birth_date:
            raise NotNow(
                _("%(provider)s says another date of birth than your account. Come to Informagiovani with a document: "
                  "we sort it out together.") % {"provider": claims.provider_name},
                code="somebody_else",
            )  # fmt: skip
        set_fiscal_code(person=person, code=claims.fiscal_code, verified_by=VerifiedBy.EID, by=user, now=now)
        _fill_in(person, claims)
    return _note_identity(user, claims, now, tell=tell)


@transaction.atomic
def sign_up_by_eid(*, claims: Claims, tie, channel, address, language, notice="", now) -> tuple[User, bool]:
    """The account of a proven address, opened from now on by this SPID or CIE, and whether it is new.

    The desk's record of the same person gets the account. NotNow as link_eid. By whoever wrote the right code.
    """
    record_of_desk = record_of(claims)
    if record_of_desk is not None:
        record_of_desk = YoungPerson.objects.select_for_update().filter(pk=record_of_desk.pk, user=None).first()
    user, created = sign_up(
        first_name=claims.first_name,
        last_name=claims.last_name,
        birth_date=claims.birth_date,
        tie=tie,
        channel=channel,
        address=address,
        language=language,
        notice=notice,
        now=now,
        record_of_desk=record_of_desk,
    )
    link_eid(user=user, claims=claims, now=now, tell=not created)
    return user, created


def _fill_in(person, claims) -> None:
    """What stands in the code and was not known."""
    missing = {name: value for name, value in claims.said_by_code.items() if value and not getattr(person, name)}
    if missing:
        YoungPerson.objects.filter(pk=person.pk).update(**missing)


def _note_identity(user, claims, now, *, tell=True) -> EIdentity:
    """This identity at `user`, new or used again. Of a new one they are told: it may not have been them."""
    known = EIdentity.objects.select_for_update().filter(provider=claims.provider, subject=claims.subject).first()
    if known is not None:
        if known.user_id != user.pk or known.fiscal_code != claims.fiscal_code:
            raise NotNow(
                _("This %(provider)s opens another account already.") % {"provider": claims.provider_name},
                code="somebody_else",
            )
        known.last_at, known.level = now, claims.level
        known.save(update_fields=["last_at", "level"])
        return known
    identity = EIdentity.objects.create(
        user=user,
        provider=EidProvider(claims.provider),
        fiscal_code=claims.fiscal_code,
        subject=claims.subject,
        level=claims.level[:40],
        first_at=now,
        last_at=now,
    )
    record(verb="accounts.eid_linked", by=user, now=now, on=identity, about=user.person)
    if tell:
        _tell_of(identity, linked=True, now=now)
    return identity


def _tell_of(identity, *, linked: bool, now) -> None:
    context = {"linked": linked, "provider": identity.get_provider_display()}
    tell_owner(user=identity.user, name="eid_changed", context=context, now=now)


@transaction.atomic
def unlink_eid(*, identity, by, now) -> None:
    """Its SPID or CIE opens an account no longer, until it is linked again. By its owner, who is told.

    With the last one goes what they said of the codice fiscale: else the same SPID would come in by that. What
    staff have seen stays verified.
    """
    check(identity.user_id == by.pk)
    record(verb="accounts.eid_unlinked", by=by, now=now, on=identity, about=by.person)
    _tell_of(identity, linked=False, now=now)
    identity.delete()
    person = YoungPerson.objects.select_for_update().filter(user=by, fiscal_code_verified_by=VerifiedBy.EID).first()
    if person is not None and not EIdentity.objects.filter(user=by).exists():
        person.fiscal_code_verified_at, person.fiscal_code_verified_by = None, ""
        person.save(update_fields=["fiscal_code_verified_at", "fiscal_code_verified_by"])
