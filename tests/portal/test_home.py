"""Everybody's first page."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse, reverse_lazy

from accounts import actions
from accounts.models import Purpose
from intake.enums import ActionState, PlanState, ReferralState
from pathways.enums import OpportunityState, RunState
from portal.queries import staff_home
from tests import factories
from tests.accounts.signing import PDF, answer, checked

HOME, MY_PLAN = "/", reverse_lazy("intake:my-plan")


def test_a_visitor_finds_six_doors(client, edition):
    page = client.get(HOME)
    assert len(page.context["doors"]) == 6
    assert page.context["leaving"] == []


def test_what_starts_soon_is_shown_nearest_first(client, edition, now):
    def course(title, days, state=OpportunityState.PUBLISHED):
        starts_on = now.date() + timedelta(days=days)
        opportunity = factories.OpportunityFactory(
            edition=edition, title=title, next_start_on=starts_on, state=state, slug=title.lower()
        )
        factories.RunFactory(opportunity=opportunity, starts_on=starts_on, enrol_by=starts_on)

    course("Bar", 9)
    course("Water", 3)
    course("Past", -1)
    course("Draft", 2, state=OpportunityState.DRAFT)
    assert [card["title"] for card in client.get(HOME).context["leaving"]] == ["Water", "Bar"]


def test_a_young_person_sees_next_step_and_plan(as_user, participation, operator):
    factories.AppointmentFactory(participation=participation, operator=operator, place="Via Dogana 2")
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED)
    goal = factories.PlanGoalFactory(plan=plan)
    factories.PlanActionFactory(goal=goal, title="Curriculum", due_on=participation.opened_at.date())
    factories.PlanActionFactory(
        goal=goal, title="Corso barman", state=ActionState.DOING, hours_planned=40, hours_done=12
    )
    page = as_user(participation.person.user).get(HOME)
    text = page.content.decode()
    assert "Amina" in text
    assert page.context["step"]["title"] == "Curriculum"
    assert [task["kind"] for task in page.context["tasks"]] == ["todo", "going"]
    assert "40" in page.context["tasks"][1]["hint"]


def test_a_minor_reads_who_still_has_to_sign(
    as_user, participation, operator, now, monkeypatch, django_assert_max_num_queries
):
    call_command("load_purposes", verbosity=0)
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: PDF)
    minor = participation.person
    minor.birth_date = now.date().replace(year=now.year - 16)
    minor.save()
    checked(minor, operator, now)
    checked(minor, operator, now, first_name="Karim", email="karim@example.org")
    client = as_user(minor.user)
    assert "firma" not in client.get(HOME).content.decode()
    consent = actions.ask_consent(person=minor, purpose=Purpose.objects.get(code="image"), by=operator, now=now)
    with django_assert_max_num_queries(12):
        text = client.get(HOME).content.decode()
    assert "<strong>Foto e video</strong>: deve ancora rispondere Fatima Verdi, entro il" in text
    assert "Karim Verdi" in text
    answer(consent.request.signers.get(name="Karim Verdi"), now)
    text = client.get(HOME).content.decode()
    assert "Fatima Verdi" in text
    assert "Karim" not in text
    answer(consent.request.signers.get(name="Fatima Verdi"), now)
    assert "Manca" not in client.get(HOME).content.decode()


def test_a_plan_still_being_written_is_not_shown(as_user, participation):
    plan = factories.PlanFactory(participation=participation, state=PlanState.DRAFT)
    factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=plan), title="Secret idea")
    assert "Secret idea" not in as_user(participation.person.user).get(HOME).content.decode()


def test_from_home_to_all_of_my_data_and_back(as_user, young_person):
    """ "My data" leads to copies and requests, not to the form of corrections alone; that form leads up."""
    me, my_data = as_user(young_person.user), reverse("accounts:my-data")
    for page in (HOME, reverse("accounts:profile")):
        # The menu of every page has this link already: it counts what the page itself has.
        main = me.get(page).content.decode().split("<main")[1]
        assert f'href="{my_data}"' in main


def test_a_young_person_without_an_open_way_is_welcome(as_user, young_person):
    assert as_user(young_person.user).get(HOME).context["participation"] is None


def test_an_operator_begins_at_the_reception(as_user, operator):
    assert as_user(operator).get(HOME)["Location"] == reverse("intake:reception-list")


def test_a_partner_sees_what_waits_for_them_alone(as_user, partner_staff, partner, other_partner, participation, now):
    mine = factories.ReferralFactory(participation=participation, organisation=partner)
    factories.ReferralFactory(participation=participation, organisation=other_partner)
    factories.ReferralFactory(organisation=partner, state=ReferralState.ACCEPTED)
    opportunity = factories.OpportunityFactory(organisation=partner)
    run = factories.RunFactory(opportunity=opportunity, state=RunState.RUNNING)
    over = factories.SessionFactory(run=run, starts_at=now - timedelta(days=1))
    factories.SessionFactory(run=run, starts_at=now - timedelta(days=2), recorded_at=now)
    factories.SessionFactory(run=run)
    factories.InternshipFactory(promoter=partner, participation=participation)
    waiting = staff_home(partner_staff, now)["waiting"]
    assert waiting["referrals"] == [mine]
    assert waiting["sessions"] == [over]
    assert [row["count"] for row in waiting["internships"]] == [1]


def test_an_administrator_finds_the_administration(as_user, administrator):
    assert reverse("admin:index") in as_user(administrator).get(HOME).content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_home_and_plan_read_nothing_that_one_has_not(as_user, participation, rows, django_assert_num_queries):
    """Who they are, their way, its steps; on the plan also whom they meet."""
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED)
    factories.PlanActionFactory.create_batch(rows, goal=factories.PlanGoalFactory(plan=plan))
    participation.operator = factories.UserFactory()
    participation.save()
    client = as_user(participation.person.user)
    for page, queries in ((HOME, 3), (MY_PLAN, 4)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)


@pytest.mark.parametrize("rows", [1, 4])
def test_home_and_plan_show_all_that_one_has(as_user, participation, operator, now, rows, django_assert_num_queries):
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED)
    goal = factories.PlanGoalFactory(plan=plan)
    thread = factories.ThreadFactory(about=participation.person_id)
    for n in range(rows):
        talk = factories.PlanActionFactory(goal=goal, kind="appointment", talk="interview")
        factories.AppointmentFactory(
            participation=participation, operator=operator, starts_at=now + timedelta(hours=2 + n), plan_action=talk
        )
        factories.AppointmentFactory(
            participation=participation, operator=operator, starts_at=now - timedelta(days=1 + n), state="seen"
        )
        course = factories.PlanActionFactory(goal=goal, kind="activity")
        step = factories.EnrolmentFactory(participation=participation, plan_action=course)
        factories.SessionFactory(run=step.run)
        factories.StepEvidenceFactory(action=course)
        factories.InternshipFactory(participation=participation, plan_action=course)
        factories.ThreadMessageFactory(thread=thread, from_person=False)
        factories.InterviewSummaryFactory(interview__participation=participation)
    participation.operator = operator
    participation.save()
    client = as_user(participation.person.user)
    for page, queries in ((HOME, 8), (MY_PLAN, 10)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)
    home, mine = client.get(HOME).context, client.get(MY_PLAN).context
    assert len(home["taking_part"]) == 2 * rows
    assert home["rate"].starts_at == now - timedelta(days=1)
    assert home["new_messages"]
    assert home["step"]["at"] == mine["next"]["at"] == now + timedelta(hours=2)
    assert len(mine["appointments"]) == len(mine["summaries"]) == rows
    assert mine["whom"].name == "Sara"
    steps = mine["outline"].actions
    assert sum(step.files for step in steps) == rows
    assert all(step.links for step in steps)
    assert {len(step.links) for step in steps if step.kind == "activity"} == {2}
    booked = {reverse("intake:my-appointment", args=[row.pk]) for row in mine["appointments"]}
    assert {step.links[0]["url"] for step in steps if step.talk} == booked


def test_whom_no_message_may_reach_is_promised_none(as_user, participation):
    """A girl with whom one speaks only in person does not read that somebody will write or call."""
    person = participation.person
    person.safe_contact = True
    person.save()
    html = as_user(person.user).get("/").content.decode()
    assert "Passa da noi quando puoi" in html
    assert "ti scrive o ti chiama" not in html
