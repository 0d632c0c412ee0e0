"""Somebody who tries the demo: becomes one person after the other, and reads their mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.communications.models import MailboxMessage
from intake.enums import ActionState, ParticipationState, PlanState
from pathways.enums import RunState
from tests import factories
from tests.journeys.conftest import assert_accessible, expect, screenshot


@pytest.fixture
def way(participation, operator):
    """`participation` with an agreed plan, half done, and a talk the day after tomorrow."""
    participation.state = ParticipationState.IN_PROGRESS
    participation.operator = operator
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED)
    goal = factories.PlanGoalFactory(plan=plan)
    factories.PlanActionFactory(
        goal=goal, title="Curriculum", state=ActionState.DONE, done_at=timezone.now(), kind="errand"
    )
    factories.PlanActionFactory(
        goal=goal, title="Corso barman", state=ActionState.DOING, hours_planned=40, hours_done=12, position=1
    )
    factories.PlanActionFactory(goal=goal, title="Tirocinio", kind="internship", due_on=plan.created_at, position=2)
    factories.AppointmentFactory(
        participation=participation, operator=operator, starts_at=timezone.now() + timedelta(days=2)
    )
    return participation


def test_becomes_a_young_person(page, way):
    page.goto("/demo/")
    assert_accessible(page)
    screenshot(page, "demo")
    page.get_by_role("button", name=way.person.full_name).click()
    expect(page.get_by_role("heading", name="Ciao Amina")).to_be_visible()
    expect(page.get_by_text("Corso barman")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "young-home")


def test_becomes_a_partner(page, way, partner, partner_staff, now):
    factories.ReferralFactory(participation=way, organisation=partner)
    opportunity = factories.OpportunityFactory(organisation=partner, title="Corso per barman")
    run = factories.RunFactory(opportunity=opportunity, state=RunState.RUNNING)
    factories.SessionFactory(run=run, starts_at=now - timedelta(days=1))
    factories.InternshipFactory(promoter=partner, participation=way)
    page.goto("/demo/")
    page.get_by_role("button", name=partner_staff.name).click()
    expect(page.get_by_role("heading", name="Persone inviate a voi")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "partner-home")


def test_reads_the_mail(page, edition, now):
    mail = factories.OutgoingMessageFactory(subject="Il tuo codice", text="Il tuo codice è 123456.")
    sms = factories.OutgoingMessageFactory(
        channel="sms", to="+393331234567", subject="", text="Domani alle 15:30. http://localhost/progetto/"
    )
    for message in (mail, sms):
        MailboxMessage.objects.create(message=message, arrived_at=now)
    page.goto("/demo/posta/")
    expect(page.get_by_text("Il tuo codice è 123456.")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "mailbox")


def test_becomes_the_administrator(page, administrator):
    page.goto("/demo/")
    page.get_by_role("button", name=administrator.name).click()
    expect(page.get_by_role("link", name="Amministrazione")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "administrator-home")
