"""Writes about who somebody is: codice fiscale, papers, SPID and CIE."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import fiscal_code
from accounts.actions.people import _locked_person
from accounts.enums import VerifiedBy
from accounts.models import YoungPerson
from accounts.permissions import can_edit_person, check, is_operator
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
