"""Marta, of a partner: from an idea to a course that is over, from a referral to an internship's end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from intake.models import PlanAction
from pathways import actions
from pathways.models import Opportunity
from tests import factories
from tests.internships.conftest import PDF
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import looks_well, press
from tests.pathways import ways

INTERNSHIP = "Stare dietro al bancone"


def press_slowly(page, name):
    """As a finger does: what appears between down and up must not move the button away."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).hover()
    page.mouse.down()
    page.wait_for_timeout(150)
    page.mouse.up()


def write(page):
    page.goto("/attivita/")
    looks_well(page, "activity-list-empty")
    page.get_by_role("link", name="Nuova attività").first.click()
    press(page, "Salva")  # forgot everything: each missing thing is named
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "activity-form-errors")
    page.get_by_label("Che tipo di attività").select_option("training")
    page.get_by_label("Titolo", exact=True).fill("Barman per eventi")
    page.get_by_label("In una frase").fill("Impari a preparare caffè e cocktail.")
    page.get_by_label("Per chi è").fill("Per chi ama stare con la gente.")
    page.get_by_label("Che cosa ottieni").fill("Un attestato.")
    page.get_by_label("Che cos’è").fill("Quaranta ore dietro un vero bancone.")
    page.get_by_label("Dove", exact=True).fill("Via Dogana 2, Milano")
    page.get_by_label("Contatt").fill("corsi@example.org")
    press(page, "Salva")
    expect(page.get_by_text("È una bozza")).to_be_visible()
    looks_well(page, "activity-draft")
    press(page, "Invia in revisione")
    expect(page.get_by_text("È in revisione")).to_be_visible()


def publish(page):
    page.goto("/attivita/")
    looks_well(page, "activity-list-to-review")
    page.get_by_role("link", name="Barman per eventi").first.click()
    looks_well(page, "activity-review")
    press(page, "Pubblica")
    expect(page.get_by_text("Pubblicata: ora è nel catalogo.")).to_be_visible()


def plan(page, now):
    page.goto("/attivita/barman-per-eventi/")
    page.get_by_role("link", name="Programma le date").first.click()
    today = timezone.localdate(now)
    page.get_by_label("Primo giorno").fill((today + timedelta(days=7)).isoformat())
    page.get_by_label("Ultimo giorno", exact=True).fill((today + timedelta(days=20)).isoformat())
    page.get_by_label("lunedì").check()
    page.get_by_label("mercoledì").check()
    page.get_by_label("Dalle").fill("14:00")
    page.get_by_label("Alle", exact=True).fill("18:00")
    page.get_by_label("Posti").fill("12")
    page.get_by_label("Ultimo giorno per iscriversi").fill((today + timedelta(days=5)).isoformat())
    looks_well(page, "run-create")
    press(page, "Fammi vedere le date")
    expect(page.get_by_role("group", name="Quali tieni?")).to_be_visible()
    looks_well(page, "run-days")
    for box in page.get_by_role("checkbox").all():
        box.check()  # also where one of the four is a public holiday
    press(page, "Programma queste date")
    expect(page.get_by_text("Le date sono in programma.")).to_be_visible()
    looks_well(page, "run-planned")


def test_writes_a_course_that_her_administrator_publishes(signed_in, partner_staff, partner_admin, now):
    staff = signed_in(partner_staff)
    write(staff)
    publish(signed_in(partner_admin))
    plan(staff, now)
    course = Opportunity.objects.get()
    assert course.runs.get().sessions.count() == 4
    staff.goto("/opportunita/?q=barman")
    expect(staff.get_by_role("heading", name="Barman per eventi")).to_be_visible()


def test_records_attendance_and_concludes_so_that_the_plan_shows_it_done(
    signed_in, partner, partner_staff, edition, participation, now
):
    step = ways.step_of_plan(participation, title="Corso da barman", hours_planned=8)
    run = ways.started_run(ways.course(partner, edition, title="Barman per eventi"), now)
    actions.enrol(run=run, participation=participation, plan_action=step, by=participation.person.user, now=now)
    page = signed_in(partner_staff)
    for turn in range(2):
        page.goto("/attivita/")
        page.get_by_role("listitem").filter(has_text="Presenze da registrare").get_by_role("link").first.click()
        if turn == 0:
            press(page, "Salva le presenze")
            expect(page.get_by_role("alert")).to_contain_text("Indica se c’era.")
            looks_well(page, "attendance-unmarked")
        page.get_by_label("Presente" if turn == 0 else "In ritardo").check()
        if turn == 1:
            page.get_by_label("Per quante ore c’era?").fill("3,5")
        looks_well(page, "attendance")
        press_slowly(page, "Salva le presenze")
        expect(page.get_by_text("Presenze salvate.")).to_be_visible()
    looks_well(page, "run-recorded")
    page.get_by_role("link", name="Concludi").click()
    looks_well(page, "run-complete")
    press(page, "Concludi")
    expect(page.get_by_text("I progetti di chi ha completato sono aggiornati.")).to_be_visible()
    step = PlanAction.objects.get(pk=step.pk)
    assert (step.state, step.hours_done) == ("done", Decimal("7.5"))

    young = signed_in(participation.person.user)
    young.goto("/progetto/")
    expect(young.get_by_role("listitem").filter(has_text="Corso da barman").first).to_contain_text("7,5")
    looks_well(young, "plan-course-done")


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
    marta.get_by_label("Primo giorno").fill((today - timedelta(days=70)).isoformat())
    marta.get_by_label("Ultimo giorno").fill(today.isoformat())
    marta.get_by_label("Livello di quello che si impara").select_option("3")
    marta.get_by_label("Ore alla settimana").fill("32,5")
    marta.get_by_role("button", name="Proponi il tirocinio").click()
    assert_accessible(marta)
    screenshot(marta, "internship-proposed")

    marta.get_by_role("button", name="È concordato").click()
    assert "Bar Basso" in latest_message(young_person.email)
    amina.goto(latest_message(young_person.email).split()[-1])
    expect(amina.get_by_role("heading", level=1)).to_have_text("È un sì!")
    assert_accessible(amina)

    # All signed on paper at the company: the scan is enough. The other way: tests/journeys/test_signatures.py.
    marta.get_by_role("link", name="Hanno firmato tutti fuori dal portale? Carica la scansione").click()
    assert_accessible(marta)
    scan = {"name": "firmato.pdf", "mimeType": "application/pdf", "buffer": PDF}
    marta.get_by_label("Il foglio firmato").set_input_files(scan)
    marta.get_by_label("Ho controllato").check()
    marta.get_by_role("button", name="Conserva: i documenti sono firmati").click()
    expect(marta.get_by_text("Conservato. I documenti sono firmati.")).to_be_visible()
    for line in ("Formazione sulla sicurezza", "Valutazione dei rischi della sede"):
        marta.get_by_role("main").get_by_role("link", name=line).click()
        marta.get_by_label("Giorno").fill((today - timedelta(days=1)).isoformat())
        marta.get_by_label("Che cos’è, e di chi").fill("Visto in sede")
        marta.get_by_role("button", name="Salva", exact=True).click()
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
