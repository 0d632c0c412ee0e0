"""How this room's events read in timelines and the audit trail, and what its fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy import hooks, sentences
from foundation.privacy.actions import erase
from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased, with_row
from pathways.actions import leave
from pathways.models import Attendance, AttendanceMark, Enrolment, FriendLink
from pathways.privacy import assessments, certificates, paths, suggestions

SENTENCES = {
    "pathways.opportunity_created": _("Activity written"),
    "pathways.opportunity_changed": _("Activity changed"),
    "pathways.opportunity_submit": _("Activity sent for review"),
    "pathways.opportunity_publish": _("Activity published"),
    "pathways.opportunity_return": _("Activity sent back to be changed"),
    "pathways.opportunity_expire": _("Activity taken off the catalogue"),
    "pathways.opportunity_checked": _("Activity checked: still right"),
    "pathways.opportunity_asked": _("Partner asked whether an activity is still right"),
    "pathways.translation_saved": _("Activity translated"),
    "pathways.translation_removed": _("Translation of an activity taken out"),
    "pathways.synonyms_written": _("Words that mean the same written for the search"),
    "pathways.synonyms_changed": _("Words that mean the same changed"),
    "pathways.synonyms_removed": _("Words that mean the same taken out"),
    "pathways.heads_counted": _("Heads at a session counted"),
    "pathways.module_path_created": _("Path of modules written"),
    "pathways.module_path_changed": _("Path of modules changed"),
    "pathways.module_path_publish": _("Path of modules published"),
    "pathways.module_path_withdraw": _("Path of modules taken off the catalogue"),
    "pathways.run_planned": _("Dates of an activity planned"),
    "pathways.run_places": _("Places of an activity changed"),
    "pathways.sessions_added": _("Sessions were added"),
    "pathways.session_changed": _("A session was changed"),
    "pathways.session_removed": _("A session was taken out"),
    "pathways.trainer_kept": _("List of trainers changed"),
    "pathways.room_kept": _("List of rooms changed"),
    "pathways.run_cancelled": _("Dates of an activity cancelled"),
    "pathways.run_replanned": _("Dates of an activity changed"),
    "pathways.run_paused": _("Dates of an activity paused"),
    "pathways.run_resumed": _("Dates of an activity open again"),
    "pathways.run_completed": _("Activity concluded"),
    "pathways.friend_link_made": _("Made a link of their own, to bring a friend"),
    "pathways.friend_link_ended": _("Their own link, to bring a friend, was forgotten"),
    "pathways.enrolled": _("Enrolled in an activity"),
    "pathways.waiting": _("Put on a waiting list"),
    "pathways.place_offered": _("Offered a place from the waiting list"),
    "pathways.offer_accepted": _("Said yes to the place that was offered"),
    "pathways.offer_lapsed": _("Did not answer in time: the place went to the next"),
    "pathways.moved": _("Moved to other dates of the same activity"),
    "pathways.withdrawn": _("Withdrawn from an activity"),
    "pathways.unsigned": _("Place in an activity given back: whoever signs did not agree"),
    "pathways.attendance_recorded": _("Attendance recorded"),
    "pathways.attendance_corrected": _("Attendance corrected"),
    "pathways.list_closed": _("List of a session closed"),
    "pathways.certificate_rule": _("Rule of an activity's certificate changed"),
    "pathways.test_recorded": _("Result of a final test recorded"),
    "pathways.certificate_issued": _("Certificate given"),
    "pathways.certificate_revoked": _("Certificate taken back"),
    "pathways.certificate_replaced": _("Certificate replaced by another"),
    "pathways.certificates_asked": _("Certificates of a group asked for"),
    "pathways.certificates_done": _("Certificates of a group made"),
    "pathways.certificates_failed": _("Certificates of a group could not be made"),
    "pathways.enrolment_completed": _("Activity completed"),
    "pathways.enrolment_not_completed": _("Activity not completed"),
}


def register():
    for verb, sentence in (SENTENCES | assessments.SENTENCES | suggestions.SENTENCES | paths.SENTENCES).items():
        sentences.register(verb, sentence)
    classify_fields()
    assessments.classify_fields()
    suggestions.classify_fields()
    certificates.classify_fields()
    paths.classify_fields()
    hooks.anonymise.register(anonymise)


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        Enrolment.objects.filter(participation__person__in=abouts),
        Attendance.objects.filter(enrolment__participation__person__in=abouts),
        AttendanceMark.objects.filter(attendance__enrolment__participation__person__in=abouts),
        FriendLink.objects.filter(person__in=abouts),
        *assessments.holdings(abouts),
        *suggestions.holdings(abouts),
        *certificates.holdings(abouts),
        *paths.holdings(abouts),
    ]


def anonymise(about, by, now):
    """Whoever is nobody takes no place."""
    leave(person=about, by=by, now=now)
    return erase(*holdings([about]))


def classify_fields():
    call_rows(
        **{
            "pathways.Enrolment": _("activities for which you enrolled"),
            "pathways.Attendance": _("your attendance"),
            "pathways.AttendanceMark": _("how your attendance was marked and corrected"),
            "pathways.FriendLink": _("your links to bring a friend"),
        }
    )
    public = {
        "CatalogueWord": "word stem",
        "Synonym": "group words key",
        "SynonymGroup": "changed_at",
        "Opportunity": "slug edition organisation macro_action family title summary description for_whom what_you_get "
        "what_you_need place municipio contact min_age max_age situations employment_in min_education italian_level "
        "wants_plan language state checked_on asked_check_on created_at published_at changed_at search next_start_on",
        "OpportunityTranslation": "opportunity language title summary for_whom what_you_get description what_you_need "
        "of_text changed_at",
        "ModulePath": "slug edition organisation title summary goal state opportunities created_at",
        "Module": "path opportunity position",
        "Run": "opportunity starts_on ends_on enrol_by hours places places_taken offer_hours state planned_at"
        " by_application paused_at",
        "Session": "run starts_at ends_at place room trainers recorded_at",
        "Room": "organisation name address is_active",
    }
    for model, names in public.items():
        staff = {
            "Opportunity": {"returned_why": STAFF},
            "SynonymGroup": {"changed_by": STAFF},
            "OpportunityTranslation": {"changed_by": STAFF},
        }.get(model, {})
        classify(f"pathways.{model}", **dict.fromkeys(names.split(), PUBLIC), **staff)
    classify(
        "pathways.SessionChange",
        **dict.fromkeys(["run", "number", "was_starts_at", "was_ends_at", "was_place"], PUBLIC),
        first_at=TECHNICAL,
        last_at=TECHNICAL,
        by=STAFF,
    )
    # Heads have no name: nothing in it is about anybody.
    classify(
        "pathways.Headcount",
        **dict.fromkeys(["session", "group", "age", "gender", "heads"], PUBLIC),
        counted_at=TECHNICAL,
        counted_by=STAFF,
    )
    # Whoever holds sessions works for the partner.
    classify("pathways.Trainer", organisation=PUBLIC, name=STAFF, user=STAFF, is_active=PUBLIC)
    classify("pathways.SessionTrainer", session=STAFF, trainer=STAFF, starts_at=PUBLIC, ends_at=PUBLIC)
    classify(
        "pathways.Enrolment",
        run=counted(_("activity you enrolled in")),
        participation=counted(),
        plan_action=counted(),
        state=counted(_("how your enrolment stands")),
        asked_at=counted(_("when you enrolled")),
        asked_by=STAFF,
        ended_at=counted(_("when it ended")),
        offered_until=counted(_("until when a place was kept for you")),
    )
    classify(
        "pathways.FriendLink",
        person=with_row(FieldKind.ORDINARY),
        opportunity=with_row(FieldKind.ORDINARY, _("activity")),
        token=TECHNICAL,
        made_at=with_row(FieldKind.ORDINARY, _("when you made it")),
        helped=with_row(FieldKind.ORDINARY, _("how many it helped")),
        lately=TECHNICAL,
        lately_on=TECHNICAL,
    )
    classify(
        "pathways.Attendance",
        session=counted(_("session")),
        enrolment=counted(),
        state=counted(_("whether you were there")),
        hours=counted(_("hours")),
        recorded_by=STAFF,
        recorded_at=TECHNICAL,
    )
    classify(
        "pathways.AttendanceMark",
        attendance=counted(),
        state=counted(_("whether you were there")),
        hours=counted(_("hours")),
        was_state=counted(_("what stood there before")),
        was_hours=counted(_("hours that stood there before")),
        at=counted(_("when it was marked")),
        by=STAFF,
        is_late=TECHNICAL,
        # That a reason was given stays to be seen; what it said goes.
        reason=erased(FieldKind.FREE_TEXT, _("why it was changed"), to=lambda mark: "–" if mark.is_late else ""),
        key=TECHNICAL,
        tapped_at=TECHNICAL,
    )
    classify("pathways.ClosedList", session=PUBLIC, closed_at=TECHNICAL, closed_by=STAFF)
