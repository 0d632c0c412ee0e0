"""How the events of internships read in a person's story and in the audit trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
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
