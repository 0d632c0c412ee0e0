"""Marta leads Amina's internship: safe before the start, what is due, a pause, an extension; Amina calls for help."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from internships import actions
from internships.models import DatedTodo, Internship
from migwork.months import add_months
from tests import factories
from tests.internships.conftest import scan
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import follow, looks_well, main, says
from tests.journeys.deeds import press_first as press


@pytest.fixture
def signed(participation, partner, partner_staff, operator, edition, now):
    """All have signed, and today is the first day."""
    participation.operator = operator
    participation.save()
    today = timezone.localdate(now)
    unit = factories.OperatingUnitFactory(host__name="Bar Basso")
    internship = factories.InternshipFactory(
        participation=participation,
        promoter=partner,
        unit=unit,
        host_tutor=factories.HostTutorFactory(host=unit.host),
        promoter_tutor=partner_staff,
        created_by=partner_staff,
        title="Stare dietro al bancone",
        state="agreed",
        starts_on=today,
        ends_on=today + timedelta(days=60),
    )
    actions.sign_outside(internship=internship, upload=scan(), signed_on=today, by=partner_staff, now=now)
    internship.refresh_from_db()
    return internship


@pytest.fixture
def running(signed, partner_staff, now):
    noted = {"on": timezone.localdate(now), "reference": "Visto", "by": partner_staff, "now": now}
    actions.record_assessment(unit=signed.unit, **noted)
    actions.record_evidence(internship=signed, kind="safety_training", **noted)
    return actions.move(internship=signed, verb="start", by=partner_staff, now=now)


def open_change(page, name):
    follow(page, name)
    expect(page.get_by_role("button", name="Salva", exact=True)).to_be_visible()


def test_no_start_before_all_is_safe(signed, signed_in, partner_staff, now):
    today = timezone.localdate(now).isoformat()
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{signed.pk}/")
    says(page, "Prima dell’inizio: formazione sulla sicurezza, valutazione dei rischi della sede")
    expect(page.get_by_role("button", name="È iniziato")).to_have_count(0)
    looks_well(page, "internship-not-safe-yet")

    follow(page, "Formazione sulla sicurezza")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "internship-evidence-errors")
    page.get_by_label("Giorno").fill(today)
    page.get_by_label("Che cos’è, e di chi").fill("Corso generale di 4 ore, attestato 12/2026")
    page.get_by_label("Il documento").set_input_files(
        files=[{"name": "attestato.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}]
    )
    press(page, "Salva")
    says(page, "Corso generale di 4 ore, attestato 12/2026")
    says(page, "Prima dell’inizio: valutazione dei rischi della sede")

    follow(page, "Valutazione dei rischi della sede")
    looks_well(page, "internship-risk-assessment")
    page.get_by_label("Giorno").fill(today)
    page.get_by_label("Che cos’è, e di chi").fill("DVR visto in sede")
    press(page, "Salva")
    press(page, "È iniziato")
    says(page, "In corso")
    assert Internship.objects.get().state == "running"
    looks_well(page, "internship-started")


def test_what_is_due_is_done_with_its_receipt(running, signed_in, partner_staff):
    DatedTodo.objects.filter(kind="registration").update(due_on=running.starts_on - timedelta(days=9))
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{running.pk}/")
    says(page, "Una scadenza è passata")
    looks_well(page, "internship-late")

    follow(page, "Foglio da copiare")
    says(page, "C.01.00 – tirocinio")
    looks_well(page, "internship-copy-sheet")
    page.go_back()

    follow(page, "Comunicazione obbligatoria dell’inizio")
    says(page, "Era da fare entro")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Numero della ricevuta").fill("1500126200345678")
    looks_well(page, "internship-todo")
    press(page, "Salva")
    says(page, "Scritto. Una cosa in meno.")
    says(page, "ricevuta 1500126200345678")
    follow(page, "Comunicazione obbligatoria dell’inizio")
    press(page, "Era un errore: rimettilo da fare")
    says(page, "È di nuovo nell’elenco.")
    assert DatedTodo.objects.get(kind="notice_start").done_at is None


def test_a_pause_and_an_extension(running, signed_in, partner_staff, young_person, now):
    today, last = timezone.localdate(now), running.ends_on
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{running.pk}/")
    open_change(page, "Sospendilo")
    page.get_by_label("Azienda chiusa").check()
    page.get_by_label("Primo giorno di sospensione").fill(today.isoformat())
    page.get_by_label("Ultimo giorno di sospensione").fill((today + timedelta(days=9)).isoformat())
    page.get_by_label("Perché", exact=True).fill("Il bar chiude per lavori.")
    press(page, "Salva")
    # Ten days are absences, not a suspension; nothing that was typed is lost.
    expect(page.get_by_role("alert")).to_contain_text("DGR X/7763")
    looks_well(page, "internship-suspend-too-short")
    page.get_by_label("Ultimo giorno di sospensione").fill((today + timedelta(days=19)).isoformat())
    press(page, "Salva")
    says(page, "Sospeso")
    assert Internship.objects.get().ends_on == last + timedelta(days=20)
    looks_well(page, "internship-suspended")

    amina = signed_in(young_person.user)
    amina.goto(latest_message(young_person.email).split()[-1])
    expect(amina.get_by_role("heading", level=1)).to_have_text("È in pausa")
    says(amina, "Il tuo posto resta.")
    looks_well(amina, "internship-mine-on-pause")

    open_change(page, "Giorno del rientro")
    page.get_by_label("Primo giorno di rientro").fill((today + timedelta(days=16)).isoformat())
    page.get_by_label("Perché", exact=True).fill("I lavori finiscono prima.")
    press(page, "Salva")
    says(page, "Rientro il")
    open_change(page, "Prorogalo")
    page.get_by_label("Nuovo ultimo giorno").fill((last + timedelta(days=46)).isoformat())
    page.get_by_label("Perché", exact=True).fill("Impara bene, servono altre settimane.")
    press(page, "Salva")
    says(page, "Comunicazione obbligatoria della proroga")
    looks_well(page, "internship-extended")
    internship = Internship.objects.get()
    assert (internship.ends_on, internship.state) == (last + timedelta(days=46), "suspended")


def test_changes_are_judged_while_one_types(running, signed_in, partner_staff, now):
    today = timezone.localdate(now)
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{running.pk}/")
    open_change(page, "Prorogalo")
    rules = page.locator("#rules")
    page.get_by_label("Nuovo ultimo giorno").fill(add_months(today, 7).isoformat())
    expect(rules.get_by_text("Le regole non lo permettono").first).to_be_visible()
    expect(rules.get_by_text("al massimo fino al").first).to_be_visible()
    looks_well(page, "internship-extend-too-long")
    page.get_by_label("Nuovo ultimo giorno").fill(add_months(today, 5).isoformat())
    expect(rules.get_by_text("Le regole non lo permettono")).to_have_count(0)
    page.get_by_label("Perché", exact=True).fill("Impara bene, servono altre settimane.")
    press(page, "Salva")
    says(page, "Cambiato. Chi deve saperlo riceve un messaggio.")

    follow(page, "Orario settimanale")
    for day in ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"):
        page.get_by_label(f"{day}, dalle", exact=True).fill("09:00")
        page.get_by_label(f"{day}, alle", exact=True).fill("15:00")
    press(page, "Salva l’orario")
    says(page, "L’orario è salvato.")
    open_change(page, "Altre ore")
    page.get_by_label("Ore alla settimana").fill("42")
    page.get_by_label("A partire da che giorno").fill(today.isoformat())
    expect(rules.get_by_text("al massimo 40 ore")).to_be_visible()
    page.get_by_label("Perché", exact=True).fill("Nelle settimane della fiera.")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_contain_text("Scrivi perché vai avanti comunque")
    looks_well(page, "internship-hours-warning")
    page.get_by_label("Va bene comunque? Scrivi perché.").fill("Solo nelle due settimane della fiera.")
    press(page, "Salva")
    says(page, "ore alla settimana invece di")
    internship = Internship.objects.get()
    assert internship.weekly_hours == Decimal(42)
    assert internship.overrides.get().amendment.kind == "hours"


def test_amina_says_that_something_is_wrong_and_reports_an_accident(
    running, signed_in, partner_staff, operator, young_person
):
    amina = signed_in(young_person.user)
    amina.goto(f"/tirocini/{running.pk}/")
    looks_well(amina, "internship-mine-running")
    follow(amina, "Qualcosa non va")
    looks_well(amina, "concern-raise")
    amina.get_by_label("Che cosa non va?").fill("Sono sempre sola in cucina fino a tardi.")
    press(amina, "Invia")
    says(amina, "Ricevuto. Qualcuno ti chiama.")
    says(amina, "Ce ne stiamo occupando")

    sara = signed_in(operator)
    sara.goto(latest_message(operator.email).split()[-1])
    says(sara, "Sono sempre sola in cucina")
    looks_well(sara, "concern-operator")
    sara.get_by_label("Che cosa è stato fatto").fill("Sentita al telefono: da domani turno di mattina.")
    press(sara, "Chiudi")
    says(sara, "Chiuso. Chi fa il tirocinio legge che cosa è stato fatto.")
    follow(amina, "Quello che hai scritto")
    says(amina, "da domani turno di mattina")
    looks_well(amina, "concern-answered")

    amina.goto(f"/tirocini/{running.pk}/")
    follow(amina, "Ho avuto un infortunio")
    looks_well(amina, "accident-report")
    amina.get_by_label("Che cosa è successo").fill("Mi sono tagliata un dito con il coltello del pane.")
    press(amina, "Segnala l’infortunio")
    says(amina, "Segnalato. Chi promuove il tirocinio ha ricevuto un messaggio.")

    marta = signed_in(partner_staff)
    marta.goto(latest_message(partner_staff.email).split()[-1])
    says(marta, "La denuncia all’INAIL deve partire entro il")
    looks_well(marta, "internship-accident")
    follow(marta, "Che cosa è successo")
    says(marta, "coltello del pane")
    marta.get_by_label("Giorno del certificato medico").fill(timezone.localdate().isoformat())
    looks_well(marta, "accident-detail")
    press(marta, "Salva")
    says(marta, "Il giorno della denuncia è stato ricalcolato.")


def test_marta_plans_a_visit_and_writes_how_it_goes(running, signed_in, partner_staff, now):
    page = signed_in(partner_staff)
    page.goto(f"/tirocini/{running.pk}/")
    follow(page, "Programma una visita")
    page.get_by_label("Giorno della visita").fill(running.starts_on.isoformat())
    looks_well(page, "visit-plan")
    press(page, "Salva")
    says(page, "In programma.")
    main(page).get_by_role("region", name="Visite in azienda").get_by_role("link").first.click()
    page.get_by_label("Come va").fill("Amina serve già da sola. Il tutor la affianca.")
    looks_well(page, "visit-detail")
    press(page, "Salva")
    says(page, "Scritto.")
    says(page, "Visita fatta")
    assert running.visits.get().held_on == timezone.localdate(now)
