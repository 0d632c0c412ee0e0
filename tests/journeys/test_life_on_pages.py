"""Marta leads internships from the idea to each of their ends, on pages alone; Amina and her tutor read what became."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships import actions
from internships.models import Internship
from migwork.months import add_months
from tests import factories
from tests.internships.conftest import PDF, scan
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import follow, looks_well, main, says
from tests.journeys.deeds import press_first as press

SCAN = {"name": "firmato.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def accepted(participation, partner, operator, partner_staff, now):
    participation.state = ParticipationState.PLAN_AGREED
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=now)
    goal = factories.PlanGoalFactory(plan=plan)
    action = factories.PlanActionFactory(goal=goal, kind=ActionKind.INTERNSHIP, title="Stare dietro al bancone")
    return factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        plan_action=action,
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )


@pytest.fixture
def unit(db):
    unit = factories.OperatingUnitFactory(host__name="Bar Basso", headcount=5)
    factories.HostTutorFactory(host=unit.host, name="Carla Verdi", email="carla@example.org")
    return unit


def propose(page, referral, unit, first):
    page.goto(f"/tirocini/nuovo/{referral.pk}/?azienda={unit.host_id}")
    page.get_by_label("Livello di quello che si impara").select_option("3")
    page.get_by_label("Primo giorno").fill(first.isoformat())
    page.get_by_label("Ultimo giorno", exact=True).fill(add_months(first, 4).isoformat())
    page.get_by_label("Ore alla settimana").fill("30")
    press(page, "Proponi il tirocinio")
    says(page, "Il tirocinio è proposto.")


@pytest.mark.slow
def test_from_the_idea_over_a_no_to_an_early_end(signed_in, accepted, unit, partner_staff, young_person, now):
    today = timezone.localdate(now)
    page = signed_in(partner_staff)
    propose(page, accepted, unit, today)
    press(page, "È concordato")
    says(page, "Concordato")

    # The first one is called off: Amina hears of it with the reason, and the only place is free for the next.
    main(page).get_by_text("Annulla il tirocinio").first.click()
    press(page, "Annulla il tirocinio")
    expect(page.get_by_role("alert")).to_contain_text("Scrivi in una frase il perché.")
    page.get_by_label("Perché").fill("Il bar sposta l’apertura di un mese.")
    press(page, "Annulla il tirocinio")
    says(page, "Il bar sposta l’apertura di un mese.")
    amina = signed_in(young_person.user)
    amina.goto(latest_message(young_person.email).split()[-1])
    expect(amina.get_by_role("heading", level=1)).to_have_text("Questo tirocinio non si fa")
    says(amina, "Il bar sposta l’apertura di un mese.")
    looks_well(amina, "internship-mine-cancelled")

    propose(page, accepted, unit, today)
    press(page, "È concordato")
    internship = Internship.objects.get(state="agreed")
    page.goto(f"/tirocini/{internship.pk}/progetto/firmato/")
    page.get_by_label("Il foglio firmato").set_input_files(files=[SCAN])
    page.get_by_label("Giorno dell’ultima firma").fill(today.isoformat())
    page.get_by_label("Ho controllato").check()
    main(page).get_by_role("button").last.click()
    says(page, "Firmato")
    for name in ("Formazione sulla sicurezza", "Valutazione dei rischi della sede"):
        follow(page, name)
        page.get_by_label("Giorno").fill(today.isoformat())
        page.get_by_label("Che cos’è, e di chi").fill("Visto da Marta")
        press(page, "Salva")
    press(page, "È iniziato")
    says(page, "In corso")

    follow(page, "Sospendilo")
    page.get_by_label("Azienda chiusa").check()
    page.get_by_label("Primo giorno di sospensione").fill(today.isoformat())
    page.get_by_label("Ultimo giorno di sospensione").fill((today + timedelta(days=19)).isoformat())
    page.get_by_label("Perché", exact=True).fill("Il bar chiude per lavori.")
    press(page, "Salva")
    says(page, "Sospeso")

    # Who ends it, on what ground, on which day: a host has only two grounds.
    follow(page, "Interrompi")
    page.get_by_label("L’azienda", exact=True).check()
    page.get_by_label("Perché", exact=True).fill("Il bar non riapre.")
    looks_well(page, "internship-end-early")
    press(page, "Interrompi il tirocinio")
    expect(page.get_by_role("alert")).to_contain_text("solo per uno di questi motivi")
    page.get_by_label("Gli obiettivi non si possono più raggiungere").check()
    press(page, "Interrompi il tirocinio")
    says(page, "È interrotto. Chi deve saperlo riceve un messaggio.")
    says(page, "Comunicazione obbligatoria della fine anticipata")
    looks_well(page, "internship-ended-early")
    internship.refresh_from_db()
    assert (internship.state, internship.ended_by, internship.end_ground) == ("ended_early", "host", "goals")
    assert internship.ended_on == today
    assert "non riapre" not in latest_message("carla@example.org")
    amina.goto(latest_message(young_person.email).split()[-1])
    says(amina, "Il bar non riapre.")
    says(amina, "Il tuo ultimo giorno è stato")
    looks_well(amina, "internship-mine-ended-early")


@pytest.mark.slow
def test_the_last_day_completes_it(signed_in, accepted, unit, partner_staff, young_person, now):
    today = timezone.localdate(now)
    internship = factories.InternshipFactory(
        participation=accepted.participation,
        promoter=accepted.organisation,
        referral=accepted,
        plan_action=accepted.plan_action,
        unit=unit,
        host_tutor=unit.host.tutors.get(),
        promoter_tutor=partner_staff,
        created_by=partner_staff,
        state="agreed",
        starts_on=today - timedelta(days=70),
        ends_on=today,
        weekly_hours=Decimal(30),
    )
    known = {"by": partner_staff, "now": now}
    actions.sign_outside(internship=internship, upload=scan(), signed_on=today, **known)
    actions.record_assessment(unit=unit, on=today, reference="Visto", **known)
    noted = {"kind": "safety_training", "on": today, "reference": "Visto"}
    actions.record_evidence(internship=internship, **noted, **known)
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{internship.pk}/")
    press(page, "È iniziato")
    says(page, "In corso")
    press(page, "Concludilo")
    says(page, "Completato")
    accepted.plan_action.refresh_from_db()
    assert accepted.plan_action.state == "done"
    assert OutgoingMessage.objects.filter(key=f"internship:{internship.pk}:completed").exists()
