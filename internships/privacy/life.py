"""What is kept about changes, safety and what is due: sentences of its events, classes of its fields."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, Field, call_rows, classify, counted, erased, with_row
from internships.models import (
    Accident,
    Amendment,
    Concern,
    DatedTodo,
    SafetyEvidence,
    Suspension,
    Visit,
)

SENTENCES = {
    "internships.extended": _("Internship extended"),
    "internships.suspension_agreed": _("Days of suspension written down"),
    "internships.return_agreed": _("Day of return written down"),
    "internships.host_tutor_changed": _("Another tutor at the host"),
    "internships.hours_changed": _("Other hours a week"),
    "internships.site_changed": _("Another workplace"),
    "internships.todo_done": _("A notice or registration done"),
    "internships.todo_undone": _("A notice or registration is to do again"),
    "internships.evidence_recorded": _("Evidence of safety written down"),
    "internships.assessment_recorded": _("Risk assessment of a workplace written down"),
    "internships.accident_reported": _("Accident reported"),
    "internships.accident_certificate": _("Medical certificate of an accident came"),
    "internships.concern_raised": _("Said that something is wrong"),
    "internships.concern_closed": _("Answered that something is wrong"),
    "internships.visit_planned": _("Visit planned"),
    "internships.visit_held": _("Visit took place"),
    "internships.visit_dropped": _("Visit taken off"),
}


def holdings(abouts) -> list:
    """The rows about these people, those that others point to last."""
    of_people = {"internship__participation__person__in": abouts}
    models = (DatedTodo, SafetyEvidence, Accident, Concern, Visit, Amendment, Suspension)
    return [model.objects.filter(**of_people) for model in models]


def classify_fields():
    call_rows(
        **{
            "internships.Suspension": _("days on which your internship stood still"),
            "internships.Amendment": _("changes of your internship"),
            "internships.DatedTodo": _("notices about your internship to public offices"),
            "internships.SafetyEvidence": _("what shows that you are safe at work"),
            "internships.Accident": _("accidents in your internship"),
            "internships.Concern": _("what you said was wrong"),
            "internships.Visit": _("visits to your internship"),
        }
    )
    paper = Field(FieldKind.TECHNICAL, Basis.TASK, "file", Erase.DETACH)
    classify(
        "internships.Suspension",
        internship=counted(),
        # Maternity and illness are matters of health.
        kind=with_row(FieldKind.SPECIAL, _("why your internship stood still"), basis=Basis.SUBSTANTIAL),
        starts_on=with_row(FieldKind.ORDINARY, _("first day of the pause")),
        ends_on=with_row(FieldKind.ORDINARY, _("last day of the pause")),
    )
    classify(
        "internships.Amendment",
        internship=counted(),
        kind=counted(_("what changed")),
        valid_from=counted(_("from when it holds")),
        before=counted(_("what it was")),
        after=counted(_("what it became")),
        reason=erased(FieldKind.FREE_TEXT, _("why it changed")),
        at=counted(),
        by=STAFF,
    )
    classify(
        "internships.DatedTodo",
        internship=counted(),
        kind=counted(_("which notice")),
        amendment=TECHNICAL,
        accident=TECHNICAL,
        due_on=counted(_("by when")),
        done_on=counted(_("when it was done")),
        done_at=TECHNICAL,
        done_by=STAFF,
        reference=erased(FieldKind.ORDINARY, _("number of the receipt"), to=lambda row: "…" if row.reference else ""),
        evidence=paper,
    )
    classify(
        "internships.SafetyEvidence",
        kind=counted(_("what is there")),
        internship=counted(),
        unit=counted(),
        on=counted(_("since when")),
        until=counted(_("until when")),
        reference=erased(FieldKind.ORDINARY, _("what it is, and from whom"), to="…"),
        file=paper,
        recorded_at=TECHNICAL,
        recorded_by=STAFF,
    )
    classify(
        "internships.Accident",
        internship=counted(),
        happened_at=counted(_("when it happened")),
        certificate_on=counted(_("day of the medical certificate")),
        what=erased(FieldKind.SPECIAL, _("what happened"), basis=Basis.SUBSTANTIAL),
        reported_at=TECHNICAL,
        reported_by=STAFF,
        reported_link=TECHNICAL,
        reporter=erased(FieldKind.IDENTITY, _("who of the company reported it"), to=""),
    )
    classify(
        "internships.Concern",
        internship=counted(),
        text=erased(FieldKind.FREE_TEXT, _("what you wrote")),
        at=counted(_("when you wrote it")),
        by=TECHNICAL,
        closed_at=counted(_("when somebody answered")),
        closed_by=STAFF,
        outcome=erased(FieldKind.FREE_TEXT, _("what was done")),
    )
    classify(
        "internships.Visit",
        internship=counted(),
        planned_on=counted(_("day of a visit")),
        held_on=counted(_("when it took place")),
        found=erased(FieldKind.FREE_TEXT, _("how it went")),
        planned_at=TECHNICAL,
        planned_by=STAFF,
    )
