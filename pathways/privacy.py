"""The sentences of this room's events, for the audit trail and every timeline."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy import sentences

SENTENCES = {
    "pathways.opportunity_created": _("Activity written"),
    "pathways.opportunity_changed": _("Activity changed"),
    "pathways.opportunity_submit": _("Activity sent for review"),
    "pathways.opportunity_publish": _("Activity published"),
    "pathways.opportunity_return": _("Activity sent back to be changed"),
    "pathways.opportunity_expire": _("Activity taken off the catalogue"),
    "pathways.run_planned": _("Dates of an activity planned"),
    "pathways.run_places": _("Places of an activity changed"),
    "pathways.session_removed": _("A session was taken out"),
    "pathways.run_cancelled": _("Dates of an activity cancelled"),
    "pathways.run_completed": _("Activity concluded"),
    "pathways.enrolled": _("Enrolled in an activity"),
    "pathways.waiting": _("Put on a waiting list"),
    "pathways.place_found": _("Got a place from the waiting list"),
    "pathways.withdrawn": _("Withdrawn from an activity"),
    "pathways.attendance_recorded": _("Attendance recorded"),
    "pathways.enrolment_completed": _("Activity completed"),
    "pathways.enrolment_not_completed": _("Activity not completed"),
}


def register():
    for verb, sentence in SENTENCES.items():
        sentences.register(verb, sentence)
