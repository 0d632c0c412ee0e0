"""Marta, of a training centre: who is referred to her gets a course, an internship, and is told at each step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from tests import factories
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot

INTERNSHIP = "Stare dietro al bancone"


@pytest.fixture
def accepted(participation, partner, operator, partner_staff, now):
    """Amina's plan has an internship in it, and Marta has accepted her for one."""
    participation.state = ParticipationState.PLAN_AGREED
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=now)
    goal = factories.PlanGoalFactory(plan=plan)
    action = factories.PlanActionFactory(goal=goal, kind=ActionKind.INTERNSHIP, title=INTERNSHIP)
    return factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        plan_action=action,
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )


def test_an_internship_from_the_referral_to_the_end(signed_in, accepted, partner_staff, operator, young_person):
    marta, amina = signed_in(partner_staff), signed_in(young_person.user)
    today = timezone.localdate()

    marta.goto("/tirocini/")
    assert_accessible(marta)
    marta.get_by_role("link", name=f"Apri un tirocinio {young_person.full_name}").click()
    marta.get_by_label("Nome dell’azienda o partita IVA").fill("Bar Basso")
    marta.get_by_role("main").get_by_role("button", name="Cerca").click()
    expect(marta.get_by_text("Nessuna azienda inizia con")).to_be_visible()
    assert_accessible(marta)
    marta.get_by_role("link", name="Inserisci una nuova azienda").click()
    assert_accessible(marta)
    expect(marta.get_by_label("Nome dell’azienda")).to_have_value("Bar Basso")
    marta.get_by_label("Partita IVA").fill("00743110158")
    marta.get_by_label("Indirizzo").fill("Via Plinio 39")
    marta.get_by_label("Dipendenti in questa sede").fill("9")
    marta.get_by_label("Nome e cognome").fill("Carla Verdi")
    marta.get_by_label("Telefono").fill("02 29400580")
    marta.get_by_role("button", name="Salva e vai avanti").click()
    # A slip in the number is noticed, and nothing of what she typed is lost.
    expect(marta.get_by_role("alert")).to_contain_text("partita IVA")
    assert_accessible(marta)
    marta.get_by_label("Partita IVA").fill("00743110157")
    marta.get_by_role("button", name="Salva e vai avanti").click()

    expect(marta.get_by_label("Che cosa impara chi è in tirocinio")).to_have_value(INTERNSHIP)
    assert_accessible(marta)
    marta.get_by_label("Primo giorno").fill((today - timedelta(days=1)).isoformat())
    marta.get_by_label("Ultimo giorno").fill(today.isoformat())
    marta.get_by_label("Ore alla settimana").fill("32,5")
    marta.get_by_role("button", name="Proponi il tirocinio").click()
    assert_accessible(marta)
    screenshot(marta, "internship-proposed")

    marta.get_by_role("button", name="È concordato").click()
    assert "Bar Basso" in latest_message(young_person.email)
    amina.goto(latest_message(young_person.email).split()[-1])
    expect(amina.get_by_role("heading", level=1)).to_have_text("È un sì!")
    assert_accessible(amina)

    marta.get_by_role("button", name="Documenti inviati alla firma").click()
    marta.get_by_role("button", name="Hanno firmato tutti").click()
    marta.get_by_role("button", name="È iniziato").click()
    assert_accessible(marta)
    marta.get_by_role("link", name="Compila il registro").click()
    assert_accessible(marta)
    marta.locator(f'[name="{today.isoformat()}"]').fill("6,5")
    marta.get_by_role("button", name="Salva la settimana").click()
    expect(marta.get_by_text("1 giorno, 6,5 di circa")).to_be_visible()

    amina.goto("/progetto/")
    amina.get_by_role("main").get_by_role("link", name="Tirocinio da Bar Basso").click()
    expect(amina.get_by_text("1 giorno di presenza: 6,5")).to_be_visible()
    expect(amina.get_by_text("Carla Verdi")).to_be_visible()
    assert_accessible(amina)
    screenshot(amina, "internship-mine")

    marta.get_by_role("button", name="Concludilo").click()
    expect(marta.get_by_text("Completato").first).to_be_visible()
    assert "Complimenti" in latest_message(young_person.email)
    accepted.plan_action.refresh_from_db()
    assert (accepted.plan_action.state, float(accepted.plan_action.hours_done)) == ("done", 6.5)

    sara = signed_in(operator)
    sara.goto(f"/persone/{accepted.participation_id}/?s=attivita")
    expect(sara.get_by_role("main").get_by_role("link", name="Bar Basso")).to_be_visible()
    assert_accessible(sara)
