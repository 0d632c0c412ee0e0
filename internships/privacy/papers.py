"""What the fields of agreements and training projects are, and how their events read."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, classify, counted, erased

SENTENCES = {
    "internships.papers_taken_back": _("Papers taken back, to be mended"),
    "internships.template_changed": _("Words of a paper changed"),
    "internships.template_published": _("Words of a paper published"),
    "internships.host_signer_added": _("Who signs for a host named"),
    "internships.host_signer_checked": _("Identity of who signs for a host checked"),
    "internships.host_signer_ended": _("Somebody signs for a host no more"),
    "internships.project_written": _("Training project written on"),
    "internships.project_ask_host": _("Training project: the host’s turn"),
    "internships.project_ask_intern": _("Training project: the young person’s turn"),
    "internships.project_finish": _("Training project ready to be signed"),
    "internships.project_give_back": _("Training project: the promoter’s turn"),
    "internships.project_send": _("Training project sent for signature"),
    "internships.project_take_back": _("Training project taken back"),
    "internships.project_sign": _("Training project signed by all"),
    "internships.project_sign_outside": _("Training project signed outside of the portal, scan kept"),
    "internships.agreement_draft": _("Framework agreement prepared"),
    "internships.agreement_send": _("Framework agreement sent for signature"),
    "internships.agreement_take_back": _("Framework agreement taken back"),
    "internships.agreement_sign": _("Framework agreement signed by both"),
    "internships.agreement_sign_outside": _("Framework agreement signed outside of the portal, scan kept"),
    "internships.agreement_end": _("Framework agreement ended"),
}


def classify_papers(of_host):
    """Agreements, training projects and what they are made of. `of_host`: data of people at the host."""
    classify(
        "internships.HostSigner",
        host=TECHNICAL,
        name=of_host,
        position=of_host,
        email=of_host,
        phone=of_host,
        fiscal_code=of_host,
        entered_at=TECHNICAL,
        entered_by=STAFF,
        identity_checked_at=TECHNICAL,
        identity_checked_by=STAFF,
        identity_paper=TECHNICAL,
        ended_at=TECHNICAL,
    )
    classify(
        "internships.PaperTemplate",
        code=PUBLIC,
        version=PUBLIC,
        body=PUBLIC,
        changed_at=TECHNICAL,
        changed_by=STAFF,
        published_at=TECHNICAL,
        published_by=STAFF,
    )
    classify(
        "internships.Agreement",
        promoter=PUBLIC,
        host=PUBLIC,
        signer=TECHNICAL,
        promoter_signer=STAFF,
        valid_from=PUBLIC,
        valid_to=PUBLIC,
        state=TECHNICAL,
        state_since=TECHNICAL,
        template=TECHNICAL,
        document=TECHNICAL,
        scan=TECHNICAL,
        signed_on=TECHNICAL,
        reason=TECHNICAL,
        created_at=TECHNICAL,
        created_by=STAFF,
    )
    classify(
        "internships.TrainingProject",
        internship=counted(),
        state=counted(_("how your training project stands")),
        state_since=counted(),
        created_at=counted(),
        created_by=STAFF,
        objectives=erased(FieldKind.FREE_TEXT, _("goals of your internship")),
        competences=erased(FieldKind.FREE_TEXT, _("competences of your internship")),
        insurance_accident=counted(_("your insurance against accidents")),
        insurance_liability=counted(_("your liability insurance")),
        activities=erased(FieldKind.FREE_TEXT, _("tasks of your internship")),
        timetable=counted(_("days and hours of your internship")),
        safety=counted(_("safety at your internship")),
        allowance=counted(_("your allowance a month")),
        meals=counted(_("meals at your internship")),
        signer=TECHNICAL,
        host_key=TECHNICAL,
        host_asked_at=TECHNICAL,
        host_filled_at=TECHNICAL,
        wishes=erased(FieldKind.FREE_TEXT, _("what you want to learn")),
        needs=erased(FieldKind.FREE_TEXT, _("what you need to do well")),
        duties_read_at=counted(_("when you read your duties")),
        note=erased(FieldKind.FREE_TEXT, _("what was to be changed")),
        note_by=TECHNICAL,
        agreement=TECHNICAL,
        promoter_signer=STAFF,
        template=TECHNICAL,
        document=TECHNICAL,
        scan=Field(FieldKind.TECHNICAL, Basis.TASK, "file", Erase.DETACH),
        signed_on=counted(_("when it was signed")),
    )
