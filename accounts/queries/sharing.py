"""Which partner sees what of a person, and what a person agreed to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, gettext_lazy

from accounts import hooks
from accounts.enums import ConsentState, GrantKind
from accounts.models import AccessGrant, Consent, Purpose, YoungPerson
from foundation.privacy.enums import Audience
from foundation.privacy.models import NoticeShown
from foundation.privacy.queries import current_notice
from foundation.questionnaires.queries import words
from programme.models import Organisation

# What is asked apart from the service, and never needed for it.
OPTIONAL = ("newsletter", "image")
# What the person says yes to, in words for them; the purpose's own text is for those who sign for a minor.
ASKED = {
    "newsletter": gettext_lazy("I'd like to get news about activities, at most once a week."),
    "image": gettext_lazy(
        "You may take and publish photos and videos of the activities in which I can be recognised, on the City's and "
        "the partners' sites and social pages, to tell about the project."
    ),
}


@dataclass(frozen=True)
class Shared:
    """A partner sees a person: why (`what`), since when, what exactly. `how_to_end`: where it is not ended here."""

    organisation: Organisation
    what: str
    since: datetime
    sees: str
    url: str = ""
    how_to_end: str = ""

    @property
    def can_withdraw(self) -> bool:
        return self.what == GrantKind.REFERRAL


def who_sees_what(person: YoungPerson) -> list[Shared]:
    """Which partner sees what now, the newest first."""
    rows = [row for room in hooks.sharing.call(person=person) for row in room]
    return sorted(rows, key=lambda row: row.since, reverse=True)


def withdrawn_access(person: YoungPerson) -> list[AccessGrant]:
    """The partners from whom the person took their access and did not give it back."""
    rows = AccessGrant.objects.filter(person=person, what=GrantKind.REFERRAL).select_related("organisation")
    latest = {}
    for row in rows.order_by("given_at", "pk"):
        latest[row.organisation_id] = row
    return [row for row in latest.values() if row.withdrawn_at]


@dataclass(frozen=True)
class Choice:
    """One optional purpose and how the person's answer stands (`consent` None: never asked)."""

    purpose: Purpose
    consent: Consent | None
    alone: bool

    @property
    def name(self) -> str:
        return words(self.purpose.name, get_language()).capitalize()

    @property
    def text(self) -> str:
        return ASKED[self.purpose.code]

    @property
    def given(self) -> bool:
        return self.consent is not None and self.consent.state == ConsentState.GIVEN

    @property
    def asked(self) -> bool:
        return self.consent is not None and self.consent.state == ConsentState.ASKED


def optional_consents(person: YoungPerson, on: date) -> list[Choice]:
    """The purposes that are asked apart from the service, with this person's last answer to each."""
    last = {}
    for consent in Consent.objects.filter(person=person, purpose__code__in=OPTIONAL).order_by("asked_at", "pk"):
        last[consent.purpose_id] = consent
    purposes = {purpose.code: purpose for purpose in Purpose.objects.filter(code__in=OPTIONAL)}
    age = person.age_on(on)
    return [
        Choice(purposes[code], last.get(purposes[code].pk), age >= purposes[code].own_from_age)
        for code in OPTIONAL
        if code in purposes
    ]


def audience_of(person: YoungPerson, on: date) -> str:
    """The notice that is written for somebody of this age."""
    return Audience.ADULT if person.is_of_age_on(on) else Audience.MINOR


def notice_is_new(person: YoungPerson, on: date) -> bool:
    """Whether the notice in force was never shown to this person in the version for their age."""
    return not NoticeShown.objects.filter(
        about=person.pk, version=current_notice(), audience=audience_of(person, on)
    ).exists()
