"""What people agree to apart from the service, and which partner may see them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import hooks
from accounts.enums import ConsentBy, ConsentState, GrantKind
from accounts.models import AccessGrant, Consent, Purpose, YoungPerson
from accounts.permissions import can_decide_on_own_data, check
from accounts.queries.sharing import OPTIONAL, audience_of
from foundation.privacy.actions import note_shown, record
from migwork.errors import NotNow
from programme.models import Organisation


def _locked(person) -> YoungPerson:
    return YoungPerson.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def give_consent(*, person, purpose: str, by, now: datetime) -> Consent:
    """Say yes to one optional purpose. By the person themselves, at the age from which they decide alone.

    Said twice it is one yes. A yes to an older wording is ended by one to the newer.
    """
    check(can_decide_on_own_data(by, person))
    person = _locked(person)
    wanted = Purpose.objects.get(code=purpose, code__in=OPTIONAL)
    if person.age_on(timezone.localdate(now)) < wanted.own_from_age:
        raise NotNow(_("For this a parent or guardian has to agree too."), code="minor")
    live = Consent.objects.filter(person=person, purpose=wanted, state__in=[ConsentState.ASKED, ConsentState.GIVEN])
    for consent in live:
        if consent.state == ConsentState.GIVEN and consent.version == wanted.version:
            return consent
        consent.state, consent.ended_at = ConsentState.ENDED, now
        consent.save(update_fields=["state", "ended_at"])
    consent = Consent.objects.create(
        person=person,
        purpose=wanted,
        version=wanted.version,
        state=ConsentState.GIVEN,
        asked_at=now,
        decided_at=now,
        by_whom=ConsentBy.SELF,
    )
    record(verb="accounts.consent_given", by=by, now=now, on=consent, about=person)
    return consent


@transaction.atomic
def withdraw_consent(*, person, purpose: str, by, now: datetime) -> bool:
    """Take back a yes, whoever gave it. By the person themselves. Whether there was one."""
    check(can_decide_on_own_data(by, person))
    person = _locked(person)
    consent = Consent.objects.filter(
        person=person, purpose__code=purpose, purpose__code__in=OPTIONAL, state=ConsentState.GIVEN
    ).first()
    if consent is None:
        return False
    consent.state, consent.ended_at = ConsentState.WITHDRAWN, now
    consent.save(update_fields=["state", "ended_at"])
    record(verb="accounts.consent_withdrawn", by=by, now=now, on=consent, about=person)
    return True


@transaction.atomic
def withdraw_access(*, person, organisation: Organisation, by, now: datetime) -> AccessGrant:
    """Let a partner no longer see what hangs on a referral. By the person themselves."""
    check(can_decide_on_own_data(by, person))
    person = _locked(person)
    grants = AccessGrant.objects.filter(person=person, organisation=organisation, what=GrantKind.REFERRAL)
    # Without a row the partner sees by the referral itself; a later referral is a new access.
    last = grants.filter(withdrawn_at=None).first() or AccessGrant(
        person=person, organisation=organisation, what=GrantKind.REFERRAL, given_at=now
    )
    last.withdrawn_at, last.withdrawn_by = now, by
    last.save()
    hooks.access_withdrawn.call(person=person, organisation=organisation, by=by, now=now)
    record(verb="accounts.access_withdrawn", by=by, now=now, on=last, about=person)
    return last


@transaction.atomic
def grant_access(*, person, organisation: Organisation, by, now: datetime) -> AccessGrant:
    """Let a partner see again what they saw before it was taken from them. By the person themselves."""
    check(can_decide_on_own_data(by, person))
    person = _locked(person)
    grants = AccessGrant.objects.filter(person=person, organisation=organisation, what=GrantKind.REFERRAL)
    if live := grants.filter(withdrawn_at=None).first():
        return live
    if not grants.exists():
        raise NotNow(_("You were never referred to this partner. Ask at Informagiovani."), code="never")
    grant = AccessGrant.objects.create(
        person=person, organisation=organisation, what=GrantKind.REFERRAL, given_at=now, given_by=by
    )
    hooks.access_given.call(person=person, organisation=organisation, by=by, now=now)
    record(verb="accounts.access_given", by=by, now=now, on=grant, about=person)
    return grant


@transaction.atomic
def notice_read(*, person, language: str, by, now: datetime) -> None:
    """Note that the person was shown the privacy notice in force. By themselves, with the button under it."""
    check(can_decide_on_own_data(by, person))
    note_shown(about=person, audience=audience_of(person, timezone.localdate(now)), language=language, now=now)
