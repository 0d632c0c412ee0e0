"""What the fields of offers and applications are, what erasure does to them, and how their events read."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, call_rows, classify, counted, erased
from internships.enums import ApplicationState
from internships.models import Application
from internships.models.applications import WAITING

SENTENCES = {
    "internships.offer_written": _("Internship offer written"),
    "internships.offer_changed": _("Internship offer changed"),
    "internships.offer_paused": _("Internship offer paused: applications without an answer"),
    "internships.offer_resumed": _("Internship offer open again"),
    "internships.application_sent": _("Applied for an internship"),
    "internships.application_shortlisted": _("Application: on the shortlist"),
    "internships.application_invited": _("Application: invited to an interview"),
    "internships.application_taken": _("Application: taken"),
    "internships.application_turned_down": _("Application: not this time"),
    "internships.application_reconsidered": _("Application: on the shortlist after all"),
    "internships.application_withdrawn": _("Application taken back"),
    "internships.application_closed": _("Application: the offer was closed"),
    "internships.application_to_host": _("Application sent to the host"),
    "internships.application_link_revoked": _("Application: the host’s link taken back"),
    "internships.application_host_answered": _("Application: the host has answered"),
    "internships.application_emptied": _("Words and CV of an application deleted: it is long over"),
}


def holdings(abouts) -> list:
    """The rows about these people: what they applied for."""
    return [Application.objects.filter(participation__person__in=abouts)]


def let_go(about, now) -> None:
    """Before somebody is made anonymous: nobody waits for them, and no link opens their words."""
    rows = Application.objects.filter(participation__person=about)
    for application in rows:
        application.links.filter(revoked_at=None).update(revoked_at=now)
    rows.filter(state=ApplicationState.DRAFT).delete()
    rows.filter(state__in=WAITING).update(state=ApplicationState.WITHDRAWN, state_since=now)


def classify_fields():
    call_rows(
        **{
            "internships.HostTutor": _("tutors of companies"),
            "internships.Offer": _("internship offers"),
            "internships.Application": _("your applications for internships"),
            "internships.ApplicationLink": _("links by which hosts answer applications"),
        }
    )
    classify(
        "internships.Offer",
        opportunity=PUBLIC,
        run=PUBLIC,
        unit=PUBLIC,
        kind=PUBLIC,
        host_tutor=TECHNICAL,
        weekly_hours=PUBLIC,
        allowance=PUBLIC,
        answered_by=STAFF,
        created_at=TECHNICAL,
        created_by=STAFF,
    )
    classify(
        "internships.Application",
        offer=counted(_("which internship you applied for")),
        participation=counted(),
        text=erased(FieldKind.FREE_TEXT, _("why you applied")),
        # The file itself is classified in foundation.files.
        cv=Field(FieldKind.TECHNICAL, Basis.TASK, "file", Erase.DETACH),
        state=counted(_("how your application stands")),
        state_since=counted(_("since when it stands there")),
        created_at=counted(_("when you began to write it")),
        sent_at=counted(_("when you sent it")),
        answered_at=counted(_("when you first got an answer")),
        reminded_at=TECHNICAL,
        host_asked_at=counted(_("when the company got it")),
        host_answer=counted(_("what the company answered")),
        host_answered_at=counted(_("when the company answered")),
        interview_at=counted(_("when your interview was")),
        interview_place=erased(
            FieldKind.ORDINARY, _("where your interview was"), to=lambda row: "…" if row.interview_place else ""
        ),
        reason=counted(_("why it was a no")),
        emptied_at=counted(_("since when its words and CV are deleted")),
        referral=counted(),
    )
    classify(
        "internships.ApplicationLink",
        application=counted(),
        tutor=TECHNICAL,
        created_at=TECHNICAL,
        created_by=STAFF,
        ends_at=TECHNICAL,
        revoked_at=TECHNICAL,
    )
