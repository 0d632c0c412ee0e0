"""Reads about who signs for a minor, and what is signed or missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import policies
from accounts.enums import ConsentState
from accounts.models import Consent, Purpose, Representation, YoungPerson
from accounts.models.people import OF_AGE
from foundation.documents.enums import SignerState
from foundation.documents.models import SignatureRequest, Signer
from migwork.prepared import Prepared
from programme.eligibility import age_on


def in_words(translations: dict) -> str:
    """A text of the data in the language of the page, else in Italian."""
    return translations.get(get_language() or "it") or translations["it"]


def live_representations(person) -> list[Representation]:
    """Who signs for this person now, one or two, in their order."""
    return _live_representations(person=person.pk)


_live_representations = Prepared(
    lambda person: (
        Representation.objects.filter(person=person, ended_at=None).select_related("representative").order_by("order")
    )
)


def signing_for(person) -> ArraySubquery:
    """Name and kind of each of them, to be read along with `person`, a key in another query."""
    live = Representation.objects.filter(person=person, ended_at=None).order_by("order")
    name = Concat("representative__first_name", Value(" "), "representative__last_name")
    return ArraySubquery(live.values(said=JSONObject(name=name, kind="kind")))


@dataclass
class ConsentRow:
    """One purpose, as it stands for a person: what is needed, what was asked, who has answered."""

    purpose: Purpose
    need: policies.Need
    consent: Consent | None = None
    signers: list[Signer] = field(default_factory=list)
    waits: bool = False

    @property
    def name(self) -> str:
        return in_words(self.purpose.name)

    @property
    def can_be_asked(self) -> bool:
        return self.need.gap in ("ask", "refused")

    @property
    def sentence(self) -> str:
        return sentence_of(self.need.gap, who=", ".join(s.name for s in self.waiting), what=self.name)

    @property
    def waiting(self) -> list[Signer]:
        return [signer for signer in self.signers if signer.state == SignerState.WAITING]

    @property
    def refusals(self) -> list[Signer]:
        return [signer for signer in self.signers if signer.state == SignerState.REFUSED]


def sentence_of(gap: str, *, who: str = "", what: str = "") -> str:
    """What is missing, in a sentence for everybody."""
    return {
        "": "",
        "nobody": _("%(what)s: the signature is missing, and nobody is named yet who can sign."),
        "second": _("%(what)s: two must sign, and only one is named."),
        "ask": _("%(what)s: the signature has not been asked for yet."),
        "waiting": _("%(what)s: the signature is missing, %(who)s has not answered yet.")
        if who
        else _("%(what)s: your own yes is missing."),
        "refused": _("%(what)s: whoever signs did not consent."),
    }[gap] % {"who": who, "what": what}


def consent_rows(person: YoungPerson, on: date) -> list[ConsentRow]:
    """Every purpose that takes, or took, a representative's yes for this person."""
    live = Representation.objects.filter(person=person, ended_at=None).count()
    age = person.age_on(on)
    latest = {}
    consents = (
        Consent.objects.filter(person=person)
        .select_related("request", "purpose")
        .prefetch_related("request__signers")
        .order_by("asked_at", "pk")
    )
    for consent in consents:
        latest[consent.purpose_id] = consent
    rows = []
    for purpose in Purpose.objects.exclude(representatives=0).order_by("pk"):
        consent = latest.get(purpose.pk)
        need = policies.what_is_needed(purpose, age=age, live=live, state=consent.state if consent else "")
        signers = sorted(consent.request.signers.all(), key=lambda s: s.name) if consent and consent.request else []
        waits = policies.waits_for_a_guardian(purpose, age=age, live=live)
        rows.append(ConsentRow(purpose, need, consent, signers, waits))
    return rows


def consent_gap(person: YoungPerson, code: str, on: date) -> list[str]:
    """What is missing before `person` may do what the purpose `code` covers, in sentences; empty: go on.

    Costs nothing for who is of age.
    """
    if person.is_of_age_on(on):
        return []
    for row in consent_rows(person, on):
        if row.purpose.code == code:
            return [] if row.need.is_met else [row.sentence]
    return []


def blocked_by_consent(person: YoungPerson, code: str, on: date) -> list[str]:
    """The sentences of consent_gap() where the gap stops: no guardian who may sign, no yes to what takes one first."""
    purpose = Purpose.objects.filter(code=code, blocks_without_guardian=True).first()
    return consent_gap(person, code, on) if purpose else []


# Each purpose that takes a representative's yes, from what age one decides alone, and for whom of these it was given.
_SIGNED_FOR = """
    SELECT code, own_from_age, coalesce(array_agg(consent.person_id) FILTER (WHERE consent.id IS NOT NULL), '{}')
    FROM accounts_purpose AS purpose
    LEFT JOIN accounts_consent AS consent
        ON consent.purpose_id = purpose.id AND consent.person_id = ANY(%s) AND consent.state = %s
    WHERE code = ANY(%s) AND representatives <> 0
    GROUP BY purpose.id
"""


def unsigned(born: Mapping[UUID, date], codes, on: date) -> dict[UUID, set[str]]:
    """Who of these people (id → birth date) still lacks a representative's yes, and to which of the purposes `codes`.

    One query whatever their number; none where all are of age.
    """
    ages = {pk: age_on(day, on) for pk, day in born.items()}
    minors = {pk: age for pk, age in ages.items() if age < OF_AGE}
    if not minors:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED_FOR, [list(minors), ConsentState.GIVEN, list(codes)])
        purposes = cursor.fetchall()
    lacking = {
        pk: {code for code, from_age, given in purposes if age < from_age and pk not in given}
        for pk, age in minors.items()
    }
    return {pk: missing for pk, missing in lacking.items() if missing}


def consent_of(request: SignatureRequest) -> Consent | None:
    """The consent for the sake of which this signature was asked."""
    if request.on_type != Consent._meta.label_lower:
        return None
    return Consent.objects.select_related("person", "purpose").filter(pk=request.on_id).first()


def shown_for_signing(request: SignatureRequest) -> dict | None:
    """The occasion of a signature that is a consent, as its page shows it: no surname, no address."""
    consent = consent_of(request)
    if consent is None:
        return None
    called = consent.person.short_name
    return {
        "title": _("Your consent for %(called)s: %(what)s")
        % {"called": called, "what": in_words(consent.purpose.name)},
        "template": "accounts/_consent_words.html",
        "context": {
            "called": called,
            "what": in_words(consent.purpose.name),
            "text": in_words(consent.purpose.text).replace("{called}", called),
            "until": request.ends_at,
        },
    }


def asked_of_representatives(person) -> QuerySet[Consent]:
    """What representatives of this person were asked and have not all answered, for a condition in another query."""
    return Consent.objects.filter(person=person, state=ConsentState.ASKED, request__isnull=False)


def waiting_for_others(person: YoungPerson, on: date) -> list[ConsentRow]:
    """What a minor's representatives were asked and have not all answered. Costs nothing for who is of age."""
    if person.is_of_age_on(on):
        return []
    asked = asked_of_representatives(person).select_related("purpose", "request")
    return [
        ConsentRow(
            consent.purpose,
            policies.Need(consent.purpose.representatives, "waiting"),
            consent,
            sorted(consent.request.signers.all(), key=lambda signer: signer.name),
        )
        for consent in asked.prefetch_related("request__signers").order_by("asked_at", "pk")
    ]


def to_confirm(person: YoungPerson) -> list[Consent]:
    """What a representative had signed and the person, of age now, has not yet confirmed or let go."""
    waiting = Consent.objects.filter(person=person, state=ConsentState.ASKED, request=None)
    found = list(waiting.select_related("purpose").order_by("purpose__code"))
    for consent in found:
        consent.name = in_words(consent.purpose.name)
    return found
