"""What is kept about the end of an internship: sentences of its events, classes of its fields."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, counted, erased
from foundation.questionnaires.models import AnswerSheet
from internships.models import EndPaper, Evaluation, InternshipOutcome, LaterOutcome

SENTENCES = {
    "internships.attestation_made": _("Final attestation made"),
    "internships.attestation_withdrawn": _("Final attestation withdrawn"),
    "internships.dossier_made": _("Individual dossier made"),
    "internships.outcome_recorded": _("Outcome written down"),
    "internships.outcome_later": _("Said how it is six months later"),
    "internships.evaluated_intern": _("The intern has evaluated"),
    "internships.evaluated_host": _("The host has evaluated"),
}


def holdings(abouts) -> list:
    """The rows about these people, those that others point to last."""
    of_people = {"internship__participation__person__in": abouts}
    sheets = Evaluation.objects.filter(**of_people).values("sheet")
    rows = [model.objects.filter(**of_people) for model in (InternshipOutcome, LaterOutcome, EndPaper, Evaluation)]
    return [*rows, AnswerSheet.objects.filter(pk__in=sheets)]


def classify_fields():
    call_rows(
        **{
            "internships.InternshipOutcome": _("how your internship ended"),
            "internships.LaterOutcome": _("what you did six months after your internship"),
            "internships.EndPaper": _("attestation and dossier of your internship"),
            "internships.Evaluation": _("what was said of your internship"),
        }
    )
    classify(
        "internships.InternshipOutcome",
        internship=counted(),
        kind=counted(_("what became of it")),
        hired_on=counted(_("since when you work there")),
        contract_months=counted(_("months of the contract")),
        part_time_share=counted(_("share of full time")),
        recorded_at=TECHNICAL,
        recorded_by=STAFF,
    )
    classify(
        "internships.LaterOutcome",
        internship=counted(),
        asked_at=TECHNICAL,
        kind=counted(_("what you did six months later")),
        said_at=counted(_("when it was said")),
        said_by=STAFF,
    )
    classify(
        "internships.EndPaper",
        internship=counted(),
        kind=counted(_("which paper")),
        document=TECHNICAL,
        hours=counted(_("hours attended")),
        planned=counted(_("hours planned")),
        competences=counted(_("competences that it names")),
        issued_at=counted(),
        issued_by=STAFF,
        withdrawn_at=counted(_("since when it holds no more")),
        withdrawn_by=STAFF,
        reason=erased(FieldKind.ORDINARY, _("why it was withdrawn"), to=""),
    )
    classify(
        "internships.Evaluation",
        internship=counted(),
        side=counted(_("who said it")),
        sheet=TECHNICAL,
        asked_at=TECHNICAL,
        done_at=counted(_("when it was said")),
    )
