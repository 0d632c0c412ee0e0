"""One of everything that has an address. Made anew for each row of the table."""

from types import SimpleNamespace

from programme.models import Organisation
from tests import factories


def make(*, edition, young_person, participation, operator, partner_staff) -> SimpleNamespace:
    """`young_person`, referred to `partner_staff`'s organisation, enrolled there and in an internship of theirs."""
    partner = Organisation.objects.get(code="cesvip")
    city = Organisation.objects.get(code="comune-di-milano")
    training = edition.macro_actions.get(number=4)
    plan = factories.PlanFactory(participation=participation)
    goal = factories.PlanGoalFactory(plan=plan)
    action = factories.PlanActionFactory(goal=goal)
    opportunity = factories.OpportunityFactory(edition=edition, organisation=partner, macro_action=training)
    run = factories.RunFactory(opportunity=opportunity, places_taken=1)
    referral = factories.ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    host = factories.HostFactory()
    unit = factories.OperatingUnitFactory(host=host)
    tutor = factories.HostTutorFactory(host=host)
    return SimpleNamespace(
        edition=edition,
        city=city,
        partner=partner,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
        appointment=factories.AppointmentFactory(participation=participation, operator=operator, organisation=city),
        interview=factories.InterviewFactory(participation=participation, by=operator, organisation=city),
        plan=plan,
        goal=goal,
        action=action,
        referral=referral,
        opportunity=opportunity,
        run=run,
        session=factories.SessionFactory(run=run),
        enrolment=factories.EnrolmentFactory(run=run, participation=participation, asked_by=young_person.user),
        host=host,
        unit=unit,
        internship=factories.InternshipFactory(
            participation=participation,
            promoter=partner,
            macro_action=training,
            referral=referral,
            unit=unit,
            host_tutor=tutor,
            promoter_tutor=partner_staff,
            created_by=partner_staff,
        ),
        report=factories.ReportFactory(edition=edition, ready=True),
        failed_report=factories.ReportFactory(edition=edition, state="failed", error="Interrupted."),
        line=edition.budget_lines.first(),
        expense=factories.ExpenseFactory(line=edition.budget_lines.first()),
    )
