"""How the events of internships read in a person's story and in the audit trail."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.actions import erase
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, Field, call_rows, classify, counted, erased
from internships.models import Internship, RegisterDay
from internships.workflow import OPEN_STATES
from migwork.errors import NotNow

SENTENCES = {
    "internships.handed_over": _("Followed by somebody else from now on"),
    "internships.host_entered": _("Host entered"),
    "internships.unit_added": _("Workplace added"),
    "internships.host_tutor_added": _("Tutor of the host added"),
    "internships.proposed": _("Internship proposed"),
    "internships.agreed": _("Internship agreed"),
    "internships.sent_for_signature": _("Papers sent for signature"),
    "internships.signed": _("Papers signed by all"),
    "internships.started": _("Internship started"),
    "internships.suspended": _("Internship suspended"),
    "internships.resumed": _("Internship resumed"),
    "internships.completed": _("Internship completed"),
    "internships.ended_early": _("Internship ended early"),
    "internships.cancelled": _("Internship cancelled"),
    "internships.days_recorded": _("Days entered in the register"),
    "internships.days_corrected": _("Days corrected in the register"),
}


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        Internship.objects.filter(participation__person__in=abouts),
        RegisterDay.objects.filter(internship__participation__person__in=abouts),
    ]


def anonymise(about, by, now):
    """NotNow while an internship is under way: its papers, its insurance and its allowance need a name."""
    if Internship.objects.filter(participation__person=about, state__in=OPEN_STATES).exists():
        raise NotNow(_("An internship is under way: it has to end first."), code="internship")
    return erase(*holdings([about]))


def classify_fields():
    call_rows(
        **{
            "internships.Internship": _("your internships"),
            "internships.RegisterDay": _("days of your internship"),
        }
    )
    host = Field(FieldKind.PUBLIC, Basis.NONE, "", Erase.KEEP)
    classify("internships.Host", name=host, vat_number=host, sector=host, sort_key=TECHNICAL, created_at=TECHNICAL)
    classify("internships.OperatingUnit", host=host, address=host, municipality=host, headcount=host)
    # People of the host: their own data, of no young person, so that nobody's erasure touches them.
    tutor = Field(FieldKind.CONTACT, Basis.TASK, "accounting", Erase.KEEP)
    classify("internships.HostTutor", host=TECHNICAL, name=tutor, email=tutor, phone=tutor)
    classify(
        "internships.Internship",
        participation=counted(),
        promoter=counted(_("who promotes your internship")),
        macro_action=counted(),
        referral=counted(),
        plan_action=counted(),
        unit=counted(_("where you do it")),
        host_tutor=STAFF,
        promoter_tutor=STAFF,
        title=erased(FieldKind.ORDINARY, _("what you learn in your internship")),
        starts_on=counted(_("first day")),
        ends_on=counted(_("last day")),
        weekly_hours=counted(_("hours a week")),
        state=counted(_("how your internship stands")),
        state_since=counted(_("since when it stands there")),
        reason=erased(
            FieldKind.FREE_TEXT, _("why it was suspended or ended"), to=lambda row: "…" if row.reason else ""
        ),
        created_at=counted(),
        created_by=STAFF,
    )
    classify(
        "internships.RegisterDay",
        internship=counted(),
        on=counted(_("day of your internship")),
        hours=counted(_("hours of that day")),
        recorded_by=STAFF,
        recorded_at=TECHNICAL,
    )
