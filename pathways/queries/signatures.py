"""What a minor's activity takes of signatures: which are missing, and which of them stop enrolling."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.queries import consent_of, consent_rows, unsigned
from foundation.documents.enums import SignerState
from foundation.documents.models import Signer
from foundation.privacy.models import Event
from pathways.enums import ACTIVE, EnrolmentState, Family
from pathways.models import Enrolment

ENROLMENT, TRAVEL = "enrolment", "travel"
PURPOSES = (ENROLMENT, TRAVEL)
# The verb of a place that went because whoever signs said no.
REFUSED = "pathways.unsigned"


def purposes_of(opportunity) -> tuple[str, ...]:
    """Whose yes an activity takes for a minor: to activities, and to the journey where it is one."""
    return PURPOSES if opportunity.family == Family.ABROAD else (ENROLMENT,)


def missing(person, opportunity, on) -> list:
    """The consents that this person still lacks for this activity, as accounts.queries.ConsentRow."""
    if person.is_of_age_on(on):
        return []
    wanted = purposes_of(opportunity)
    return [row for row in consent_rows(person, on) if row.purpose.code in wanted and not row.need.is_met]


def stops(person, on) -> dict[str, str]:
    """By purpose, the sentence why a minor cannot enrol in what rests on it; nothing for who can.

    A signature that is only awaited stops nothing. A no does, and so does a journey for which there is nobody to ask.
    """
    if person.is_of_age_on(on):
        return {}
    found = {}
    for row in consent_rows(person, on):
        gap, name = row.need.gap, row.name
        if row.purpose.code not in PURPOSES:
            continue
        if gap == "refused":
            sentence = _("%(what)s: whoever signs for you did not agree. Talk with us: they can be asked again.")
            found[row.purpose.code] = sentence % {"what": name}
        elif gap == "second" or (gap == "nobody" and row.purpose.blocks_without_guardian):
            found[row.purpose.code] = row.sentence
    return found


def why_not(opportunity, stopped: dict[str, str]) -> str:
    """The first sentence that stops this activity, "" where none does."""
    return next((stopped[code] for code in purposes_of(opportunity) if code in stopped), "")


def mark_unsigned(enrolments, person, on) -> None:
    """Each of a person's enrolments gets `unsigned`: it still holds, and a signature for it is missing."""
    lacking = unsigned({person.pk: person.birth_date}, PURPOSES, on).get(person.pk, set())
    for enrolment in enrolments:
        holds = enrolment.state in ACTIVE
        enrolment.unsigned = holds and not lacking.isdisjoint(purposes_of(enrolment.run.opportunity))


def was_refused(enrolment) -> bool:
    """Whether this place went because whoever signs did not agree."""
    return (
        enrolment.state == EnrolmentState.WITHDRAWN
        and Event.objects.filter(on_type=enrolment._meta.label_lower, on_id=str(enrolment.pk), verb=REFUSED).exists()
    )


def to_be_reminded(rows) -> list[Signer]:
    """Who was asked for these consents and has not answered."""
    return [signer for row in rows for signer in row.signers if signer.state == SignerState.WAITING]


def may_send_signing_links(user, request) -> bool:
    """The partner in whose activity the minor has or awaits a place, for the signatures that it takes."""
    partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)
    consent = consent_of(request) if partners else None
    if consent is None:
        return False
    rows = Enrolment.objects.active().filter(
        participation__person=consent.person_id, run__opportunity__organisation__in=partners
    )
    return any(
        consent.purpose.code in purposes_of(row.run.opportunity) for row in rows.select_related("run__opportunity")
    )
