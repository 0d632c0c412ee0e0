"""What hangs on the internship of the world: what is due, safety, alarms, visits."""

from datetime import timedelta

from django.utils import timezone

from internships.models import Internship
from tests import factories


def make(internship: Internship, *, young_person, partner_staff) -> dict:
    paper = factories.StoredFileFactory(about=young_person.pk)
    return {
        "todo": factories.DatedTodoFactory(
            internship=internship,
            done_on=internship.starts_on,
            done_at=internship.created_at,
            done_by=partner_staff,
            reference="12345/2026",
            evidence=paper,
        ),
        "safety": factories.SafetyEvidenceFactory(
            internship=internship, file=factories.StoredFileFactory(about=young_person.pk), recorded_by=partner_staff
        ),
        "assessment": factories.SafetyEvidenceFactory(
            internship=None,
            unit=internship.unit,
            kind="risk_assessment",
            file=factories.StoredFileFactory(about=None),
            recorded_by=partner_staff,
        ),
        "accident": factories.AccidentFactory(internship=internship, reported_by=young_person.user),
        "concern": factories.ConcernFactory(internship=internship, by=young_person.user or partner_staff),
        "end_paper": factories.EndPaperFactory(
            internship=internship, document__about=young_person.pk, issued_by=partner_staff
        ),
        "evaluation": factories.EvaluationFactory(internship=internship),
        "evaluation_of_host": factories.EvaluationFactory(
            internship=internship, side="host", done_at=internship.created_at
        ),
        "outcome": factories.InternshipOutcomeFactory(internship=internship, recorded_by=partner_staff),
        "later": factories.LaterOutcomeFactory(internship=internship, asked_at=timezone.now()),
        "visit": factories.VisitFactory(internship=internship, planned_by=partner_staff),
    }


def more(here) -> None:
    """More rows on the internship that is there."""
    if not here.internship.suspensions.exists():
        factories.SuspensionFactory(internship=here.internship)
    factories.AmendmentFactory(internship=here.internship, by=here.partner_staff)
    factories.DatedTodoFactory(
        internship=here.internship,
        kind="notice_extension",
        amendment=factories.AmendmentFactory(internship=here.internship, by=here.partner_staff),
    )
    factories.AccidentFactory(internship=here.internship)
    factories.ConcernFactory(internship=here.internship, by=here.partner_staff)
    later = here.visit.planned_on + timedelta(days=here.internship.visits.count())
    factories.VisitFactory(internship=here.internship, planned_on=later, planned_by=here.partner_staff)
