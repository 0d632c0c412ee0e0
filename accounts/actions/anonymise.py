"""Taking a person's name out of the data, on request or when the time is over."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q

from accounts.models import (
    AccessGrant,
    ClaimCode,
    DataCopy,
    EIdentity,
    IdentityPaper,
    LegalRepresentative,
    Mark,
    PersonMerge,
    PrivacyRequest,
    Representation,
    SpecialCategory,
    User,
    YoungPerson,
)
from accounts.notifications import cause as invitations_to_sign
from accounts.permissions import can_handle_requests, check
from foundation.communications.enums import MessageState
from foundation.communications.models import OutgoingMessage
from foundation.privacy import actions as privacy
from foundation.privacy.actions import erase, record


@transaction.atomic
def anonymise_person(*, person, by, now: datetime) -> dict[str, int]:
    """Make `person` anonymous everywhere, for good; how many rows of which model changed. {} when they are already.

    By the privacy officer, or (None) by the rules of retention. Their account closes, what was to come is called off,
    figures and the audit trail stay. NotNow while a room needs the name.
    """
    check(by is None or can_handle_requests(by))
    return privacy.anonymise(about=person.pk, by=by, now=now)


def erase_person(*, about, by, now: datetime) -> dict[str, int]:
    """This room's part of it, for one id under which the person was known."""
    person = YoungPerson.objects.select_for_update(of=("self",)).select_related("user").get(pk=about)
    if person.anonymised_at:
        return {}
    representatives = list(person.representations.values_list("representative", flat=True))
    counts = erase(
        PersonMerge.objects.filter(Q(kept=person) | Q(merged=person)),
        ClaimCode.objects.filter(person=person),
        DataCopy.objects.filter(person=person),
        IdentityPaper.objects.filter(person=person),
        SpecialCategory.objects.filter(person=person),
        Mark.objects.filter(person=person),
        PrivacyRequest.objects.filter(person=person),
        AccessGrant.objects.filter(person=person),
    )
    if person.user:
        counts |= _close_account(person.user)
    counts |= _forget_messages(Q(about=None, to__in=_addresses(person)) | Q(cause=invitations_to_sign(person)))
    counts |= erase(YoungPerson.objects.filter(pk=person.pk))
    YoungPerson.objects.filter(pk=person.pk).update(anonymised_at=now)
    counts |= _forget_representatives(representatives)
    LogEntry.objects.filter(object_id__in=[str(person.pk), str(person.user_id)]).update(object_repr="")
    record(verb="accounts.person_anonymised", by=by, now=now, on=person, about=person)
    return counts


def _close_account(user) -> dict[str, int]:
    # Whoever is signed in is out with the next page: closed accounts hold no session.
    User.objects.filter(pk=user.pk).update(is_active=False)
    # Codes to sign in are written to an address, about nobody.
    return _forget_messages(Q(about=None, to__in=_addresses(user))) | erase(
        EmailAddress.objects.filter(user=user),
        Authenticator.objects.filter(user=user),
        SocialAccount.objects.filter(user=user),
        EIdentity.objects.filter(user=user),
        User.objects.filter(pk=user.pk),
    )


def _addresses(whose) -> list[str]:
    return [address for address in (whose.email, whose.phone) if address]


def _forget_messages(which: Q) -> dict[str, int]:
    """None of these messages leaves any more, and what they said is gone."""
    messages = OutgoingMessage.objects.filter(which)
    messages.filter(state=MessageState.QUEUED).update(state=MessageState.CANCELLED)
    return erase(messages)


def _forget_representatives(representatives) -> dict[str, int]:
    """Of those who sign for nobody else any more."""
    needed = Representation.objects.filter(representative__in=representatives, person__anonymised_at=None)
    return erase(
        LegalRepresentative.objects.filter(pk__in=representatives).exclude(pk__in=needed.values("representative"))
    )
