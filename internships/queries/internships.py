"""One internship with its register and story, and those of a person."""

from decimal import Decimal

from django.db.models import QuerySet

from accounts.enums import Role
from foundation.privacy.models import Event
from intake.enums import ReferralPurpose, ReferralState
from intake.models import Referral
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from internships.enums import DayState, InternshipState
from internships.models import Internship
from internships.workflow import OPEN_STATES
from migwork.prepared import Prepared


def internships_of(participation) -> list[Internship]:
    """All internships of the person, by first day. Kept on `participation`: several parts of a page ask."""
    if not hasattr(participation, "internships_read"):
        may_have = participation.may_have("internships")
        participation.internships_read = _internships_of(participation=participation.pk) if may_have else []
        for row in participation.internships_read:
            row.participation = participation
    return participation.internships_read


_internships_of = Prepared(
    lambda participation: (
        Internship.objects.filter(participation=participation)
        .select_related("unit__host")
        .only(
            *("participation", "promoter", "plan_action", "state", "starts_on", "ends_on", "created_at"),
            *("unit__address", "unit__municipality", "unit__host__name"),
        )
        .order_by("starts_on", "pk")
    )
)


def referrals_of(user) -> QuerySet[Referral]:
    """What was referred to the organisations this user works for."""
    referrals = Referral.objects.select_related("participation__person", "organisation", "plan_action")
    if user.is_superuser:
        return referrals
    return referrals.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))


def can_be_served(referral: Referral | None) -> bool:
    """Whether an internship can be opened from this referral: accepted for one, and none open or completed."""
    if referral is None or (referral.purpose, referral.state) != (ReferralPurpose.INTERNSHIP, ReferralState.ACCEPTED):
        return False
    served = referral.internships.filter(state__in=[*OPEN_STATES, InternshipState.COMPLETED])
    return referral.participation.state in OPEN_PARTICIPATIONS and not served.exists()


def whole(pk, user) -> QuerySet[Internship]:
    """One internship with all that its page names."""
    return (
        Internship.objects.visible_to(user)
        .select_related(
            "participation__person",
            "unit__host",
            "host_tutor",
            "promoter",
            "promoter_tutor",
            "plan_action",
            "referral__participation",
            *(f"project__{name}" for name in ("signer", "agreement__document", "document", "scan", "promoter_signer")),
        )
        .filter(pk=pk)
    )


def register(internship) -> dict:
    """How many days and hours are confirmed, the last days, and `rows`: (day, hours, state) of each, the latest first.

    One query: a year has few enough days.
    """
    rows = list(internship.days.order_by("-on").values_list("on", "hours", "state"))
    confirmed = [(on, hours) for on, hours, state in rows if state == DayState.CONFIRMED]
    return {
        "rows": rows,
        "days": len(confirmed),
        "hours": plain(sum((hours for _on, hours in confirmed), Decimal(0))),
        "last": rows[0][0] if rows else None,
        "latest": [(on, plain(hours)) for on, hours in confirmed[:5]],
    }


def plain(hours: Decimal) -> Decimal | int:
    """As people write it: 6 and 6,5, not 6,00 and 6,50."""
    return int(hours) if hours == int(hours) else hours.normalize()


def story(internship) -> list[Event]:
    """What happened with this internship, the newest first."""
    events = Event.objects.filter(on_type=Internship._meta.label_lower, on_id=str(internship.pk))
    return list(events.select_related("by").order_by("-at", "-id")[:60])
