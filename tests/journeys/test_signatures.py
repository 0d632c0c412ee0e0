"""Amina is sixteen: her training project is written in turns and signed by four, one of them on paper.

Marta writes first; Carla, the tutor at the bar, by a link on her telephone; then Amina. Luigi Basso signs by a link and
a code, Marta and Amina with their accounts, Amina's mother by hand. A second story: somebody says no. A third: the
words of the papers are edited, and one byte of a signed paper is changed.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import actions as people
from accounts.enums import PaperType
from accounts.models import Purpose
from foundation.documents.models import SignatureRequest
from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships import actions
from internships.models import Agreement, Internship, PaperTemplate
from tests import factories
from tests.accounts.signing import answer, checked
from tests.internships.conftest import PDF
from tests.journeys.conftest import code_in, expect, latest_message, tolerate
from tests.journeys.deeds import follow, link_in, looks_well, says
from tests.journeys.deeds import press_first as press

SCAN = {"name": "firmato.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def amina(edition, now):
    call_command("load_purposes", verbosity=0)
    call_command("load_papers", verbosity=0)
    return factories.YoungPersonFactory(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=timezone.localdate(now).replace(year=timezone.localdate(now).year - 16, day=1),
        user__email="amina@example.org",
        email="amina@example.org",
    )


@pytest.fixture
def internship(amina, edition, partner, operator, partner_staff, now):
    """Agreed, at a bar with which there is no framework agreement yet; her mother has consented to internships."""
    participation = factories.ParticipationFactory(person=amina, edition=edition, state=ParticipationState.PLAN_AGREED)
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=now)
    step = factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=plan), kind=ActionKind.INTERNSHIP)
    referral = factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        plan_action=step,
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )
    unit = factories.OperatingUnitFactory(host__name="Bar Basso", host__vat_number="00743110157")
    tutor = factories.HostTutorFactory(host=unit.host, name="Carla Verdi", email="carla@example.org")
    today = timezone.localdate(now)
    checked(amina, operator, now)
    consent = people.ask_consent(person=amina, purpose=Purpose.objects.get(code="internship"), by=operator, now=now)
    answer(consent.request.signers.get(), now)
    return factories.InternshipFactory(
        participation=participation,
        promoter=partner,
        referral=referral,
        plan_action=step,
        unit=unit,
        host_tutor=tutor,
        promoter_tutor=partner_staff,
        title="Stare dietro al bancone",
        starts_on=today + timedelta(days=10),
        ends_on=today + timedelta(days=100),
        weekly_hours=25,
        state="agreed",
        created_by=partner_staff,
    )


def marta_writes_first(marta, internship):
    marta.goto(f"/tirocini/{internship.pk}/")
    looks_well(marta, "papers-none")
    follow(marta, "Scrivi il progetto formativo")
    press(marta, "Salva e passa all’azienda")  # forgot everything
    expect(marta.get_by_role("alert")).to_be_visible()
    looks_well(marta, "project-write-errors")
    marta.get_by_label("Obiettivi").fill("Servire al bancone in autonomia, con cura per chi entra.")
    marta.get_by_label("Competenze").fill("Somministrare bevande\nAccogliere il cliente")
    marta.get_by_label("Assicurazione contro gli infortuni (INAIL)").fill("INAIL 12345")
    marta.get_by_label("Polizza di responsabilità civile").fill("Duomo, n. 987")
    looks_well(marta, "project-write")
    press(marta, "Salva e passa all’azienda")
    says(marta, "Salvato. Il tutor dell’azienda riceve il collegamento per la sua parte.")
    says(marta, "Tocca all’azienda")
    looks_well(marta, "papers-host")


def carla_writes_by_link(page):
    page.goto(link_in(latest_message("carla@example.org"), "/tirocini/azienda/"))
    expect(page.get_by_role("heading", name="Tirocinio di Amina B.")).to_be_visible()
    expect(page.get_by_text("Bianchi")).to_have_count(0)
    looks_well(page, "host-part")
    page.get_by_label("Compiti").fill("Preparare caffè, accogliere i clienti, tenere in ordine il bancone.")
    press(page, "Salva per dopo")
    says(page, "Può continuare quando vuole")
    press(page, "Ho finito: passa avanti")  # half of it is missing
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "host-part-errors")
    page.get_by_label("Giorni e orari").fill("Da lunedì a venerdì, 9–14")
    page.get_by_label("Sicurezza sul lavoro").fill("Quattro ore il primo giorno; grembiule e scarpe")
    page.get_by_label("Indennità al mese, in euro").fill("500")
    page.get_by_label("Buoni pasto").check()
    page.get_by_label("Nome e cognome di chi firma").fill("Luigi Basso")
    page.get_by_label("In quale veste firma").fill("legale rappresentante")
    page.get_by_label("La sua e-mail").fill("luigi@example.org")
    press(page, "Ho finito: passa avanti")
    expect(page.get_by_role("heading", name="Grazie: la vostra parte c’è.")).to_be_visible()
    looks_well(page, "host-part-done")


def amina_writes_last(young):
    young.goto(link_in(latest_message("amina@example.org"), "/tirocini/"))
    looks_well(young, "my-project")
    press(young, "Ho finito: si può firmare")
    expect(young.get_by_role("alert")).to_be_visible()
    young.get_by_label("Che cosa vuoi imparare qui?").fill("Fare i cocktail e parlare con la gente.")
    young.get_by_label("C’è qualcosa che ti serve").fill("Il mercoledì finisco alle 13: ho scuola.")
    young.get_by_label("Ho letto il progetto e i miei doveri").check()
    press(young, "Ho finito: si può firmare")
    says(young, "Ben fatto! Ora si può firmare.")
    looks_well(young, "my-internship-written")


def marta_keeps_the_agreement(marta, internship):
    """Signed on paper long ago: its scan. Then she has seen Luigi Basso and his paper."""
    host = internship.unit.host
    marta.goto(f"/tirocini/{internship.pk}/progetto/firme/")
    says(marta, "Manca la convenzione")
    looks_well(marta, "project-send-without-agreement")
    follow(marta, "Preparala nella pagina dell’azienda")
    looks_well(marta, "host-signers")
    follow(marta, "Verifica l’identità")
    marta.get_by_label("Quale documento ha mostrato?").select_option("id_card")
    marta.get_by_label("Ho visto la persona e il suo documento").check()
    looks_well(marta, "host-signer-check")
    press(marta, "Salva")
    says(marta, "Identità verificata")
    follow(marta, "Prepara una convenzione")
    today = timezone.localdate()
    marta.get_by_label("Valida dal").fill((today - timedelta(days=30)).isoformat())
    marta.get_by_label("Valida fino al").fill((today + timedelta(days=700)).isoformat())
    looks_well(marta, "agreement-create")
    press(marta, "Continua")
    looks_well(marta, "agreement-draft")
    follow(marta, "Carica la scansione di una firmata")
    marta.get_by_label("Il foglio firmato").set_input_files(SCAN)
    marta.get_by_label("Ho controllato").check()
    looks_well(marta, "agreement-outside")
    press(marta, "Conserva: la convenzione è firmata")
    says(marta, "Conservata. La convenzione è firmata.")
    says(marta, "Amina Bianchi")
    looks_well(marta, "agreement-signed")
    assert Agreement.objects.get(host=host).state == "signed"


def signs_by_link(page, address):
    page.goto(link_in(latest_message(address)))
    expect(page.get_by_text("Bianchi")).to_have_count(0)
    looks_well(page, "sign-project")
    page.get_by_role("button", name=re.compile("Mandatemi un codice")).click()
    expect(page.get_by_label("Il codice")).to_be_visible()
    page.get_by_label("Il codice").fill(code_in(latest_message(address)))
    press(page, "Continua")
    expect(page.get_by_role("link", name="Il documento completo (PDF)")).to_be_visible()
    looks_well(page, "sign-project-decide")


def all_sign(marta, young, carla, luigi, internship):
    """The four and the tutor; what Luigi Basso took along as his copy."""
    marta.goto(f"/tirocini/{internship.pk}/progetto/firme/")
    says(marta, "Fatima Verdi")
    looks_well(marta, "project-send")
    press(marta, "Crea il documento e chiedi a tutti")
    says(marta, "Richiesta inviata. Chi ha un recapito ha già il collegamento.")
    says(marta, "Firme raccolte: 0 su 4")
    expect(marta.get_by_role("button", name="Hanno firmato tutti")).to_have_count(0)
    looks_well(marta, "papers-in-signature")

    # Marta signs for the partner.
    follow(marta, "Leggi e firma")
    looks_well(marta, "paper-sign")
    marta.get_by_label(f"Sono {internship.promoter_tutor.name} e ho letto il documento").check()
    press(marta, "Firmo")
    says(marta, "Firme raccolte: 1 su 4")

    # Luigi Basso by link and code; he has Amina's mother's link sent again, too.
    signs_by_link(luigi, "luigi@example.org")
    luigi.get_by_role("button", name="Manda di nuovo il collegamento a Fatima Verdi").click()
    expect(luigi.get_by_text("non vale più")).to_be_visible()
    luigi.get_by_label("Sono Luigi Basso e ho letto il documento").check()
    press(luigi, "Firmo")
    expect(luigi.get_by_role("heading", name="Grazie. Hai firmato.")).to_be_visible()
    looks_well(luigi, "sign-project-done")
    with luigi.expect_download() as download:
        luigi.get_by_role("link", name="La Sua copia (PDF)").click()
    copy = download.value.path().read_bytes()
    assert copy.startswith(b"%PDF")

    # Carla confirms her task as tutor with a link alone: it binds nobody.
    carla.goto(link_in(latest_message("carla@example.org")))
    says(carla, "il compito di tutor")
    carla.get_by_label("Sono Carla Verdi e ho letto il documento").check()
    looks_well(carla, "tutor-task")
    press(carla, "Firmo")
    expect(carla.get_by_role("heading", name="Grazie. Hai firmato.")).to_be_visible()

    # Amina: nobody has seen her identity card; Marta sees it, then she signs from her telephone.
    young.goto(f"/tirocini/{internship.pk}/")
    looks_well(young, "my-internship-to-sign")
    follow(young, "Leggi e firma")
    says(young, "Mostra una volta il documento, poi firmi qui")
    looks_well(young, "paper-sign-not-seen")
    marta.goto(f"/tirocini/{internship.pk}/")
    press(marta, "Ho visto la persona e il documento")
    says(marta, "Annotato. Può firmare con il suo account o con il collegamento.")
    young.reload()
    young.get_by_label("Sono Amina Bianchi e ho letto il documento").check()
    press(young, "Firmo")
    says(young, "Firme raccolte: 3 su 4")

    # Her mother signs by hand; Marta puts the scan in: that was the last one.
    marta.goto(f"/tirocini/{internship.pk}/")
    follow(marta, "Carica un foglio firmato")
    marta.get_by_label("Fatima Verdi").check()
    marta.get_by_label("Il foglio firmato").set_input_files(SCAN)
    marta.get_by_label("Ho confrontato").check()
    looks_well(marta, "paper-scan")
    press(marta, "Salva")
    says(marta, "Firmato da tutti il")
    looks_well(marta, "papers-signed")
    assert "hanno firmato tutti" in latest_message("amina@example.org")
    return copy


def test_a_project_in_turns_and_four_signatures(page, signed_in, new_page, internship, amina, partner_staff, operator):
    marta, young = signed_in(partner_staff), signed_in(amina.user)
    marta_writes_first(marta, internship)
    carla_writes_by_link(page)
    amina_writes_last(young)
    marta_keeps_the_agreement(marta, internship)
    copy = all_sign(marta, young, page, new_page(), internship)
    assert Internship.objects.get().state == "signed"

    follow(marta, "Prova delle firme")
    says(marta, "Il file è quello originale, byte per byte.")
    says(marta, "Su carta, confrontata dal personale")
    says(marta, "Con un collegamento (E-mail) e un codice")
    looks_well(marta, "paper-evidence")
    follow(marta, "Verifica una copia")
    check = {"name": "copia.pdf", "mimeType": "application/pdf"}
    marta.get_by_label("Il PDF che hai").set_input_files({**check, "buffer": copy})
    press(marta, "Verifica")
    says(marta, "È il documento originale, byte per byte.")
    looks_well(marta, "document-check")
    marta.get_by_label("Il PDF che hai").set_input_files({**check, "buffer": copy[:-1] + b"x"})
    press(marta, "Verifica")
    says(marta, "Questo non è un documento fatto qui.")
    looks_well(marta, "document-check-altered")

    # Amina reads it all, too.
    young.goto(f"/tirocini/{internship.pk}/")
    says(young, "Tutto pronto")
    looks_well(young, "my-internship-signed")


@pytest.fixture
def being_signed(internship, amina, operator, partner, partner_staff, now):
    """All wrote their parts; staff have seen who signs for the bar."""
    host = internship.unit.host
    boss = actions.add_signer(
        host=host, name="Luigi Basso", position="titolare", email="luigi@example.org", by=partner_staff, now=now
    )
    actions.check_signer(
        signer=boss, paper=PaperType.ID_CARD, email="luigi@example.org", phone="", by=partner_staff, now=now
    )
    factories.AgreementFactory(promoter=partner, host=host, signer=boss, created_by=partner_staff)
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(
        **act, objectives="Servire", competences="Bere", insurance_accident="INAIL 1", insurance_liability="Duomo 2"
    )
    project = actions.ask_host(**act)
    part = {"activities": "Caffè", "timetable": "9–14", "safety": "Quattro ore", "allowance": 500, "meals": "none"}
    actions.write_host(project=project, **part, signer=boss, is_done=True, now=now)
    actions.write_intern(internship=internship, wishes="Cocktail", needs="", by=amina.user, now=now)
    return actions.send_project(internship=internship, promoter_signer=partner_staff, by=partner_staff, now=now)


def test_a_no_with_its_reason_is_read_by_all(page, signed_in, being_signed, internship, amina, partner_staff):
    signs_by_link(page, "luigi@example.org")
    follow(page, "Non firmo")
    press(page, "Non firmo")  # without a reason
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Perché?").fill("Gli orari non vanno bene")
    looks_well(page, "sign-project-refuse")
    press(page, "Non firmo")
    says(page, "Registrato: non firma.")
    looks_well(page, "sign-project-refused")
    for user, name in ((partner_staff, "papers-refused"), (amina.user, "my-internship-refused")):
        other = signed_in(user)
        other.goto(f"/tirocini/{internship.pk}/")
        says(other, "Gli orari non vanno bene")
        looks_well(other, name)
    assert Internship.objects.get().state == "agreed"


def test_the_host_and_the_young_person_ask_for_a_change(page, signed_in, internship, amina, partner_staff, now):
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(
        **act, objectives="Servire", competences="Bere", insurance_accident="INAIL 1", insurance_liability="Duomo 2"
    )
    actions.ask_host(**act)
    page.goto(link_in(latest_message("carla@example.org"), "/tirocini/azienda/"))
    page.get_by_text("C’è qualcosa che non va?").click()
    press(page, "Rimanda indietro")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Che cosa va cambiato?").fill("Il corso è un altro")
    press(page, "Rimanda indietro")
    says(page, "Grazie")
    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/{internship.pk}/")
    says(marta, "Il corso è un altro")
    looks_well(marta, "papers-change")
    follow(marta, "Continua a scrivere")
    press(marta, "Salva e passa all’azienda")
    says(marta, "Tocca all’azienda")
    press(marta, "Riprendi il turno")
    follow(marta, "Scrivete insieme la parte di chi fa il tirocinio")
    marta.get_by_label("Che cosa vuole imparare qui?").fill("I cocktail")
    marta.get_by_label("Abbiamo letto insieme").check()
    looks_well(marta, "project-words")
    press(marta, "Salva")
    says(marta, "Salvato.")


def test_an_agreement_is_signed_by_both(page, signed_in, internship, partner_staff, now):
    host = internship.unit.host
    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/aziende/{host.pk}/")
    follow(marta, "Prepara una convenzione")
    follow(marta, "Indica chi firma")
    marta.get_by_label("Nome e cognome").fill("Luigi Basso")
    marta.get_by_label("In quale veste firma").fill("titolare")
    press(marta, "Salva")
    expect(marta.get_by_role("alert")).to_be_visible()
    marta.get_by_label("E-mail").fill("luigi@example.org")
    looks_well(marta, "host-signer-create")
    press(marta, "Salva")
    follow(marta, "Verifica l’identità")
    marta.get_by_label("Quale documento ha mostrato?").select_option("passport")
    marta.get_by_label("Ho visto la persona e il suo documento").check()
    press(marta, "Salva")
    follow(marta, "Prepara una convenzione")
    today = timezone.localdate()
    marta.get_by_label("Valida dal").fill(today.isoformat())
    marta.get_by_label("Valida fino al").fill((today - timedelta(days=1)).isoformat())
    press(marta, "Continua")
    expect(marta.get_by_role("alert")).to_be_visible()
    marta.get_by_label("Valida fino al").fill((today + timedelta(days=365)).isoformat())
    press(marta, "Continua")
    follow(marta, "Chiedi le firme")
    looks_well(marta, "agreement-send")
    press(marta, "Crea il documento e chiedi a entrambi")
    looks_well(marta, "agreement-in-signature")
    follow(marta, "Leggi e firma")
    marta.get_by_label("e ho letto il documento").check()
    press(marta, "Firmo")
    signs_by_link(page, "luigi@example.org")
    page.get_by_label("Sono Luigi Basso e ho letto il documento").check()
    press(page, "Firmo")
    expect(page.get_by_role("heading", name="Grazie. Hai firmato.")).to_be_visible()
    marta.goto("/tirocini/convenzioni/")
    looks_well(marta, "agreement-list")
    follow(marta, "Bar Basso")
    says(marta, "Firmata")
    marta.get_by_text("Non vale più?").click()
    marta.get_by_label("Perché").fill("Il bar chiude")
    press(marta, "Chiudi la convenzione")
    says(marta, "Il bar chiude")
    looks_well(marta, "agreement-ended")


def test_the_words_are_edited_and_a_changed_byte_is_found(signed_in, being_signed, coordinator, partner_staff):
    alba = signed_in(coordinator)
    alba.goto("/tirocini/modelli/")
    looks_well(alba, "template-list")
    follow(alba, "Progetto formativo")
    looks_well(alba, "template-edit")
    text = alba.get_by_label("Testo")
    good = text.input_value()
    text.fill(good.replace("{intern_born}", "{nato}"))
    press(alba, "Pubblica")
    expect(alba.get_by_role("alert")).to_contain_text("nato")
    looks_well(alba, "template-errors")
    text.fill(good + "\n# Una cosa in più\nCi vediamo ogni mese.")
    press(alba, "Salva la bozza e guarda")
    expect(alba.get_by_role("heading", name="Una cosa in più")).to_be_visible()
    press(alba, "Pubblica")
    says(alba, "Pubblicato.")
    assert PaperTemplate.objects.get(version=2, code="training-project").published_at
    follow(alba, "Progetto formativo")
    follow(alba, "Versione 1")
    looks_well(alba, "template-version")

    document = being_signed.document
    with document.file.storage.open(document.file.name, "rb") as kept:
        content = kept.read()
    with document.file.storage.open(document.file.name, "wb") as kept:
        kept.write(content[:-1] + b"x")
    request = SignatureRequest.objects.get(kind__code="training-project", state="open")
    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/carte/{request.pk}/")
    says(marta, "Il file conservato non è quello originale.")
    looks_well(marta, "paper-evidence-altered")
    with tolerate(marta, 410):
        marta.goto(f"/tirocini/carte/{request.pk}/pdf/")
    says(marta, "Questo documento non si può aprire")
    looks_well(marta, "document-altered")
