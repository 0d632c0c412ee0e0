"""What the fields of certificates are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased
from pathways.models import Certificate, FinalTest


def holdings(abouts) -> list:
    """The rows about these people."""
    return [
        FinalTest.objects.filter(enrolment__participation__person__in=abouts),
        Certificate.objects.filter(enrolment__participation__person__in=abouts),
    ]


def classify_fields():
    call_rows(
        **{
            "pathways.FinalTest": _("your final tests"),
            "pathways.Certificate": _("your certificates"),
        }
    )
    classify(
        "pathways.CertificateRule",
        opportunity=PUBLIC,
        least_share=PUBLIC,
        needs_test=PUBLIC,
        skills=PUBLIC,
        changed_at=TECHNICAL,
        changed_by=STAFF,
    )
    classify(
        "pathways.FinalTest",
        enrolment=counted(),
        passed=counted(_("whether you passed the test")),
        recorded_at=TECHNICAL,
        recorded_by=STAFF,
    )
    # Somebody may hold the paper and ask whether it is genuine: that it is stays to be known, whose it is does not.
    classify(
        "pathways.Certificate",
        enrolment=counted(),
        document=TECHNICAL,
        code=counted(_("code by which your certificate is checked")),
        state=counted(_("whether your certificate is valid")),
        holder=erased(FieldKind.IDENTITY, _("name on your certificate")),
        activity=counted(_("activity on your certificate")),
        issuer=counted(_("who gave you the certificate")),
        began=counted(_("first day of the activity")),
        ended=counted(_("last day of the activity")),
        hours=counted(_("hours on your certificate")),
        test_passed=counted(_("test on your certificate")),
        skills=counted(_("skills on your certificate")),
        issued_at=counted(_("when it was given")),
        issued_by=STAFF,
        ended_at=counted(_("when it was taken back")),
        ended_by=STAFF,
        reason=erased(FieldKind.FREE_TEXT, _("why it was taken back")),
        replaces=TECHNICAL,
    )
    classify(
        "pathways.CertificateBatch",
        run=TECHNICAL,
        state=TECHNICAL,
        total=TECHNICAL,
        done=TECHNICAL,
        attempts=TECHNICAL,
        error=TECHNICAL,
        asked_at=TECHNICAL,
        asked_by=STAFF,
    )
