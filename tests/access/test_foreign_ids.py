"""Ids of other people's rows, put into the fields of a form that is one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.models import PlanAction, Referral
from internships.models import Internship
from pathways.models import Attendance, Enrolment
from reporting.models import Expense
from tests import factories


@pytest.fixture
def someone_else(edition, other_young_person):
    """Another person's participation, with a step of their plan."""
    participation = factories.ParticipationFactory(person=other_young_person, edition=edition, state="in_progress")
    goal = factories.PlanGoalFactory(plan=factories.PlanFactory(participation=participation, state="agreed"))
    factories.PlanActionFactory(goal=goal, kind="activity")
    return participation


@pytest.fixture
def their_step(someone_else):
    return PlanAction.objects.get(goal__plan__participation=someone_else)


@pytest.fixture
def run(edition, partner):
    return factories.RunFactory(opportunity=factories.OpportunityFactory(edition=edition, organisation=partner))


def test_a_young_person_enrols_for_no_other_persons_step(as_user, participation, young_person, run, their_step):
    as_user(young_person.user).post(reverse("pathways:run-enrol", args=[run.pk]), {"azione": str(their_step.pk)})
    assert not Enrolment.objects.filter(plan_action=their_step).exists()
    their_step.refresh_from_db()
    assert their_step.state == "to_do"


def test_an_operator_enrols_for_no_other_persons_step(as_user, participation, operator, run, their_step):
    page = reverse("pathways:person-enrol", args=[participation.pk])
    as_user(operator).post(page, {"run": str(run.pk), "azione": str(their_step.pk)})
    assert Enrolment.objects.get().plan_action is None


def test_attendance_is_recorded_for_nobody_of_another_run(as_user, partner_staff, run, someone_else, participation):
    session = factories.SessionFactory(run=run, starts_at=run.opportunity.created_at - timedelta(days=1))
    mine = factories.EnrolmentFactory(run=run, participation=participation, asked_by=partner_staff)
    foreign = factories.EnrolmentFactory(
        run=factories.RunFactory(opportunity=run.opportunity), participation=someone_else, asked_by=partner_staff
    )
    page = reverse("pathways:session-attendance", args=[session.pk])
    response = as_user(partner_staff).post(page, {str(mine.pk): "present", str(foreign.pk): "present"})
    assert response.status_code == 302
    assert Attendance.objects.get().enrolment == mine


@pytest.mark.parametrize("foreign", ["unit", "host_tutor", "promoter_tutor"])
def test_an_internship_joins_nothing_of_others(
    as_user, partner_staff, other_partner_staff, operator, partner, participation, now, foreign
):
    referral = factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        sent_by=operator,
        state="accepted",
        answered_at=now,
        answered_by=partner_staff,
    )
    unit = factories.OperatingUnitFactory()
    right = {
        "unit": unit.pk,
        "host_tutor": factories.HostTutorFactory(host=unit.host).pk,
        "promoter_tutor": partner_staff.pk,
        "title": "Stare dietro al bancone",
        "starts_on": "2026-05-11",
        "ends_on": "2026-08-07",
        "weekly_hours": "30",
        "kind": "extracurricular",
        "eqf_level": "3",
        "remote_mode": "on_site",
    }
    other_unit = factories.OperatingUnitFactory()
    wrong = {
        "unit": other_unit.pk,
        "host_tutor": factories.HostTutorFactory(host=other_unit.host).pk,
        "promoter_tutor": other_partner_staff.pk,
    }
    page = f"{reverse('internships:internship-create', args=[referral.pk])}?azienda={unit.host_id}"
    response = as_user(partner_staff).post(page, {**right, foreign: wrong[foreign]})
    assert list(response.context["form"].errors) == [foreign]
    assert not Internship.objects.exists()
    assert as_user(partner_staff).post(page, right).status_code == 302


def test_an_expense_is_charged_to_no_other_partners_line(as_user, partner_staff, edition):
    line = edition.budget_lines.exclude(partnership__organisation__code="cesvip").first()
    response = as_user(partner_staff).post(
        f"{reverse('reporting:expense-create')}?partner=cesvip",
        {
            "line": line.pk,
            "supplier": "Tipografia",
            "document_number": "1",
            "document_date": "2026-05-04",
            "description": "Manifesti",
            "amount": "10",
        },
    )
    assert list(response.context["form"].errors) == ["line"]
    assert not Expense.objects.exists()


def test_nobody_is_referred_for_another_persons_step(as_user, operator, partner, participation, their_step):
    page = reverse("intake:referral-create", args=[participation.pk])
    response = as_user(operator).post(
        page, {"organisation": partner.pk, "purpose": "training", "plan_action": their_step.pk, "note": ""}
    )
    assert list(response.context["form"].errors) == ["plan_action"]
    assert not Referral.objects.exists()


def test_nobody_agrees_to_another_persons_plan(as_user, young_person, participation, someone_else):
    plan = someone_else.plan
    plan.state = "proposed"
    plan.save()
    page = reverse("intake:plan-agree", args=[plan.pk])
    assert as_user(young_person.user).post(page, {"version": plan.version}).status_code == 404
    plan.refresh_from_db()
    assert plan.state == "proposed"


def test_a_closed_account_is_signed_out_at_once(as_user, operator, participation):
    sara = as_user(operator)
    page = reverse("intake:person-file", args=[participation.pk])
    assert sara.get(page).status_code == 200
    operator.is_active = False
    operator.save()
    assert sara.get(page).status_code == 302


def test_a_role_that_was_taken_away_opens_nothing_more(as_user, operator, participation):
    sara = as_user(operator)
    operator.memberships.update(is_active=False)
    assert sara.get(reverse("intake:person-file", args=[participation.pk])).status_code == 404
    assert sara.get(reverse("intake:reception-list")).status_code == 403
