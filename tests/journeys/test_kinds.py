"""Marta leads a PCTO of Amina, sixteen, to its end: with the school, without notices and allowance.

The agreement with the bar is one for studies; Anna Galli signs for the school by a link, the others on one paper.

Nobody can wait for the first day: the internship's days move back in time instead.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from accounts import actions as people
from accounts.models import Purpose
from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships.models import Agreement, Internship
from tests import factories
from tests.accounts.signing import answer, checked
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import follow, link_in, looks_well, says
from tests.journeys.deeds import press_first as press
from tests.journeys.test_signatures import SCAN, amina, signs_by_link  # noqa: F401


@pytest.fixture
def accepted(amina, edition, partner, operator, partner_staff, now):  # noqa: F811
    """Amina is accepted for an internship; her mother has consented, and all is safe at the bar."""
    call_command("load_rules", verbosity=0)
    way = factories.ParticipationFactory(person=amina, edition=edition, state=ParticipationState.PLAN_AGREED)
    plan = factories.PlanFactory(participation=way, state=PlanState.AGREED, agreed_at=now)
    goal = factories.PlanGoalFactory(plan=plan)
    checked(amina, operator, now)
    consent = people.ask_consent(person=amina, purpose=Purpose.objects.get(code="internship"), by=operator, now=now)
    answer(consent.request.signers.get(), now)
    return factories.ReferralFactory(
        participation=way,
        organisation=partner,
        plan_action=factories.PlanActionFactory(goal=goal, kind=ActionKind.INTERNSHIP, title="Vedere un bar da dentro"),
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )


@pytest.fixture
def unit(db):
    unit = factories.OperatingUnitFactory(host__name="Bar Basso", headcount=9)
    factories.HostTutorFactory(host=unit.host, name="Carla Verdi", email="carla@example.org")
    factories.HostSignerFactory(host=unit.host, name="Luigi Basso", email="")
    return unit


@pytest.mark.slow
def test_a_pcto_from_the_proposal_to_the_end(page, signed_in, accepted, unit, partner_staff, amina):  # noqa: F811
    marta, young = signed_in(partner_staff), signed_in(amina.user)
    marta.goto(f"/tirocini/nuovo/{accepted.pk}/?azienda={unit.host_id}")
    proposes(marta)
    internship = Internship.objects.get()
    all_write_the_project(marta, page, young, internship)
    keeps_the_agreement_for_studies(marta, internship)
    all_sign(marta, page, young, internship)
    starts(marta, internship)
    a_month_is_closed(marta, internship)
    ends_without_allowance(marta, young, internship)


def settled(page):
    """While the rules are asked for again, they are pale: that is not how they are read."""
    page.wait_for_timeout(600)  # the field's own delay before it asks
    expect(page.locator("[class*='htmx-']")).to_have_count(0)


def proposes(marta):
    marta.get_by_label("ore al lavoro che la scuola riconosce").check()
    marta.get_by_label("Livello di quello che si impara").select_option("3")
    first = timezone.localdate() + timedelta(days=7)
    marta.get_by_label("Primo giorno").fill(first.isoformat())
    # Two weeks would be too short outside school, and the rules of a course say nothing of it.
    marta.get_by_label("Ultimo giorno", exact=True).fill((first + timedelta(days=11)).isoformat())
    marta.get_by_label("Ore alla settimana").fill("20")
    says(marta, "Fa parte di un percorso di studi: scrivi di quale scuola.")
    settled(marta)
    looks_well(marta, "pcto-without-school")
    marta.get_by_label(re.compile("^Scuola")).fill("Liceo Volta")
    marta.get_by_label("Chi lo segue a scuola").fill("Anna Galli")
    marta.get_by_label("La sua e-mail").fill("segreteria@volta.example")
    expect(marta.locator("#rules").get_by_text("Guarda qui")).to_have_count(0)
    expect(marta.locator("#rules").get_by_text("scrivi di quale scuola")).to_have_count(0)
    settled(marta)
    looks_well(marta, "pcto-proposal")
    press(marta, "Proponi il tirocinio")
    says(marta, "Il tirocinio è proposto.")
    says(marta, "Liceo Volta")
    press(marta, "È concordato")
    says(marta, "Scrivi il progetto formativo")


def all_write_the_project(marta, carla, young, internship):
    """Nobody is asked for an allowance."""
    follow(marta, "Scrivi il progetto formativo")
    says(marta, "Patto formativo del PCTO")
    says(marta, "Anna Galli")
    marta.get_by_label("Obiettivi").fill("Capire come funziona un bar.")
    marta.get_by_label("Competenze").fill("Accogliere il cliente")
    marta.get_by_label("Assicurazione contro gli infortuni (INAIL)").fill("INAIL 12345")
    marta.get_by_label("Polizza di responsabilità civile").fill("Duomo, n. 987")
    looks_well(marta, "pcto-project")
    press(marta, "Salva e passa all’azienda")

    carla.goto(link_in(latest_message("carla@example.org"), "/tirocini/azienda/"))
    expect(carla.get_by_label("Indennità")).to_have_count(0)
    carla.get_by_label("Compiti").fill("Guardare il bancone, accogliere i clienti.")
    carla.get_by_label("Giorni e orari").fill("Da lunedì a venerdì, 9–13")
    carla.get_by_label("Sicurezza sul lavoro").fill("Quattro ore il primo giorno")
    carla.get_by_label("Luigi Basso").check()
    looks_well(carla, "pcto-host-part")
    press(carla, "Ho finito: passa avanti")
    expect(carla.get_by_role("heading", name="Grazie: la vostra parte c’è.")).to_be_visible()

    young.goto(link_in(latest_message("amina@example.org"), "/tirocini/"))
    young.get_by_label("Che cosa vuoi imparare qui?").fill("Se il lavoro al bar fa per me.")
    young.get_by_label("Ho letto il progetto e i miei doveri").check()
    looks_well(young, "pcto-my-part")
    press(young, "Ho finito: si può firmare")
    says(young, "Ben fatto! Ora si può firmare.")


def keeps_the_agreement_for_studies(marta, internship):
    """One for internships outside of school would not do."""
    marta.goto(f"/tirocini/{internship.pk}/progetto/firme/")
    says(marta, "Manca la convenzione")
    follow(marta, "Preparala nella pagina dell’azienda")
    follow(marta, "Prepara una convenzione")
    marta.get_by_label("Percorsi di studio").check()
    today = timezone.localdate()
    marta.get_by_label("Valida dal").fill((today - timedelta(days=30)).isoformat())
    marta.get_by_label("Valida fino al").fill((today + timedelta(days=700)).isoformat())
    looks_well(marta, "pcto-agreement")
    press(marta, "Continua")
    follow(marta, "Carica la scansione di una firmata")
    marta.get_by_label("Il foglio firmato").set_input_files(SCAN)
    marta.get_by_label("Ho controllato").check()
    press(marta, "Conserva: la convenzione è firmata")
    says(marta, "Percorsi di studio")
    says(marta, "Amina Bianchi")
    looks_well(marta, "pcto-agreement-signed")
    assert Agreement.objects.get().scope == "studies"


def all_sign(marta, anna, young, internship):
    """Marta sees Anna Galli and her identity card; then the school signs by its link, all others on one paper."""
    marta.goto(f"/tirocini/{internship.pk}/progetto/firme/")
    says(marta, "Liceo Volta: Anna Galli")
    looks_well(marta, "pcto-send")
    press(marta, "Crea il documento e chiedi a tutti")
    says(marta, "Firme raccolte: 0 su 5")
    follow(marta, "Verifica l’identità – Anna Galli")
    marta.get_by_label("Quale documento ha mostrato?").select_option("id_card")
    marta.get_by_label("E-mail").fill("anna@volta.example")
    marta.get_by_label("Ho visto la persona e il suo documento").check()
    looks_well(marta, "pcto-school-check")
    press(marta, "Salva")
    says(marta, "Verificata. Da ora basta un collegamento con un codice.")
    looks_well(marta, "pcto-in-signature")

    signs_by_link(anna, "anna@volta.example")
    anna.get_by_label("Sono Anna Galli e ho letto il documento").check()
    looks_well(anna, "pcto-school-signs")
    press(anna, "Firmo")
    expect(anna.get_by_role("heading", name="Grazie. Hai firmato.")).to_be_visible()

    marta.goto(f"/tirocini/{internship.pk}/")
    says(marta, "Firme raccolte: 1 su 5")
    follow(marta, "Carica un foglio firmato")
    for name in ("Amina Bianchi", "Fatima Verdi", "Luigi Basso", internship.promoter_tutor.name):
        marta.get_by_label(name).check()
    marta.get_by_label("Il foglio firmato").set_input_files(SCAN)
    marta.get_by_label("Ho confrontato").check()
    press(marta, "Salva")
    says(marta, "Firmato da tutti il")
    young.goto(f"/tirocini/{internship.pk}/")
    says(young, "Liceo Volta")
    looks_well(young, "pcto-mine")


def starts(marta, internship):
    """A minor must be fit, as in every work; the law wants nobody notified."""
    back = timedelta(days=19)
    internship.refresh_from_db()
    internship.starts_on, internship.ends_on = internship.starts_on - back, internship.ends_on - back
    internship.save()
    assert internship.ends_on == timezone.localdate() - timedelta(days=1)
    marta.goto(f"/tirocini/{internship.pk}/")
    expect(marta.get_by_text("Comunicazione obbligatoria")).to_have_count(0)
    for thing, label, said in (
        ("Formazione sulla sicurezza", "Che cos’è, e di chi", "Corso fatto a scuola"),
        ("Valutazione dei rischi della sede", "Che cos’è, e di chi", "DVR visto in sede"),
        ("Idoneità", "Chi l’ha rilasciata", "Dottoressa Sala"),
    ):
        follow(marta, thing)
        marta.get_by_label("Giorno").fill(internship.starts_on.isoformat())
        marta.get_by_label(label).fill(said)
        press(marta, "Salva")
        says(marta, said)
    press(marta, "È iniziato")
    says(marta, "In corso")


def a_month_is_closed(marta, internship):
    follow(marta, "Compila il registro")
    last = internship.ends_on
    marta.get_by_label(date_format(last, "l j F")).fill("4")
    press(marta, "Salva la settimana")
    marta.goto(f"/tirocini/{internship.pk}/")
    says(marta, "1 giorno, 4 di circa")
    expect(marta.get_by_role("main").get_by_role("link", name="Indennità")).to_have_count(0)
    expect(marta.get_by_role("main").get_by_role("link", name="UNILAV")).to_have_count(0)
    looks_well(marta, "pcto-running")
    for first in sorted({internship.starts_on.replace(day=1), last.replace(day=1)}):
        marta.goto(f"/tirocini/{internship.pk}/mesi/{first:%Y-%m}/")
        press(marta, "Chiudi il mese")
        says(marta, "Il mese è chiuso.")
    looks_well(marta, "pcto-month-closed")
    marta.goto(f"/tirocini/{internship.pk}/")


def ends_without_allowance(marta, young, internship):
    press(marta, "Concludilo")
    says(marta, "Completato")
    looks_well(marta, "pcto-over")
    says(marta, "Attestazione")
    expect(marta.get_by_text("Com’è finita")).to_have_count(0)
    expect(marta.get_by_text("Sei mesi dopo")).to_have_count(0)
    assert set(internship.allowances.values_list("amount", flat=True)) == {0}
    assert not internship.todos.filter(kind__in=["notice_start", "registration"]).exists()
    young.goto(f"/tirocini/{internship.pk}/")
    says(young, "Ce l’hai fatta!")
    young.goto(f"/tirocini/{internship.pk}/indennita/")
    expect(young.get_by_text("500")).to_have_count(0)
    expect(young.get_by_label("IBAN")).to_have_count(0)
    looks_well(young, "pcto-no-allowance")
