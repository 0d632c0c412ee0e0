"""The internship is over: both say how it was, Marta makes the papers and writes what became of Amina."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from internships import actions
from internships.models import Internship
from migwork.months import add_months
from tests import factories
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import follow, looks_well, says
from tests.journeys.deeds import press_first as press


@pytest.fixture
def over(participation, partner, partner_staff, edition, now):
    """Completed a moment ago, with nearly all its hours; both sides are asked."""
    call_command(
        "load_questionnaire",
        "internships/questionnaires/internship-host.toml",
        "internships/questionnaires/internship-intern.toml",
        verbosity=0,
    )
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
        state="running",
        starts_on=today - timedelta(days=13),
        ends_on=today,
        weekly_hours=30,
    )
    for back in range(1, 11):
        factories.RegisterDayFactory(internship=internship, on=today - timedelta(days=back), hours=5)
    internship = actions.move(internship=internship, verb="complete", by=partner_staff, now=now)
    assert actions.ask_evaluations(now=now) == 2
    return internship


def link_in(text, start):
    return text[text.index(start) :].split()[0]


def ask(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_both_say_how_it_was(over, new_page, signed_in, young_person):
    text = latest_message(over.host_tutor.email)
    link = link_in(text, "/tirocini/valutazione/")
    host = new_page()
    host.goto(link)
    says(host, "Svolge i compiti assegnati")
    looks_well(host, "evaluation-host")
    ask(host, "Svolge i compiti assegnati", "Da solo o da sola")
    press(host, "Salva e vai avanti")
    strengths = host.get_by_label("Che cosa sa fare bene?")
    strengths.press_sequentially("Il caffè")
    # Kept while one types: the tutor goes away, and comes back by the same link.
    expect(host.locator("[name=version]")).to_have_value("1")
    says(host, "Salvato alle")
    host.goto("/")
    host.goto(link + "?parte=after")
    expect(strengths).to_have_value("Il caffè")
    # A second window that was opened meanwhile undoes nothing.
    other = new_page()
    other.goto(link + "?parte=after")
    strengths.fill("Il caffè, e stare con i clienti.")
    press(host, "Salva")
    says(host, "È tutto")
    other.get_by_label("Che cosa può ancora imparare?").fill("La cassa")
    press(other, "Salva")
    says(other, "Intanto hai risposto in un’altra finestra")
    says(other, "Il caffè, e stare con i clienti.")
    expect(other.get_by_label("Che cosa può ancora imparare?")).to_have_value("La cassa")
    looks_well(other, "evaluation-two-windows")
    looks_well(host, "evaluation-host-last")
    press(host, "Invia le risposte")
    says(host, "trova le vostre parole nel dossier.")
    looks_well(host, "evaluation-host-sent")

    amina = signed_in(young_person.user)
    amina.goto(f"/tirocini/{over.pk}/")
    looks_well(amina, "internship-mine-asked")
    follow(amina, "Racconta com’è andata")
    says(amina, "L’azienda non legge le tue risposte.")
    looks_well(amina, "evaluation-intern")
    ask(amina, "Quanto hai imparato?", "Molto")
    press(amina, "Salva e vai avanti")
    ask(amina, "Ti sentivi al sicuro?", "Sì")
    press(amina, "Salva")
    press(amina, "Invia le risposte")
    says(amina, "Quello che dici ci aiuta a scegliere posti buoni.")
    assert all(row.done_at for row in over.evaluations.all())


def test_the_papers_are_made_and_what_became_of_her_is_written(over, signed_in, partner_staff, young_person):
    evaluation = over.evaluations.get(side="host")
    said = {"strengths": "Il caffè, e stare con i clienti."}
    actions.answer_evaluation(evaluation=evaluation, section="after", answers=said, version=0, now=timezone.now())
    actions.finish_evaluation(evaluation=evaluation, now=timezone.now())
    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/{over.pk}/")
    looks_well(marta, "internship-over")
    press(marta, "Rimandalo a chi ha fatto il tirocinio")
    says(marta, "Il link è partito di nuovo.")
    follow(marta, "Attestazione finale")
    press(marta, "Fai l’attestazione")
    expect(marta.get_by_role("alert")).to_be_visible()
    marta.get_by_label("Competenze").fill("Preparare bevande\nServire al banco")
    looks_well(marta, "attestation-make")
    press(marta, "Fai l’attestazione")
    says(marta, "L’attestazione è pronta.")
    # A competence was forgotten: it is withdrawn, and made anew.
    follow(marta, "C’è un errore nell’attestazione?")
    press(marta, "Ritirala")
    expect(marta.get_by_role("alert")).to_be_visible()
    marta.get_by_label("Che cosa c’è di sbagliato").fill("Manca una competenza")
    looks_well(marta, "attestation-withdraw")
    press(marta, "Ritirala")
    says(marta, "Ritirata.")
    assert "non vale più" in latest_message(young_person.email)
    follow(marta, "Attestazione finale")
    marta.get_by_label("Competenze").fill("Preparare bevande\nServire al banco\nTenere la cassa")
    press(marta, "Fai l’attestazione")
    says(marta, "L’attestazione è pronta.")
    press(marta, "Componi il dossier")
    says(marta, "Il dossier è pronto.")
    follow(marta, "Com’è finita")
    marta.get_by_label("Assunzione nell’azienda del tirocinio").check()
    press(marta, "Salva")
    expect(marta.get_by_role("alert")).to_contain_text("Scrivi da quando.")
    marta.get_by_label("Assunzione dal").fill(timezone.localdate().isoformat())
    marta.get_by_label("Mesi del contratto").fill("12")
    looks_well(marta, "outcome")
    press(marta, "Salva")
    says(marta, "Conta per i posti in più dell’azienda.")
    follow(marta, "Valutazione dell’azienda")
    says(marta, "Il caffè, e stare con i clienti.")
    looks_well(marta, "evaluation-read")

    amina = signed_in(young_person.user)
    amina.goto(f"/tirocini/{over.pk}/")
    says(amina, "Dossier individuale")
    looks_well(amina, "internship-mine-over")
    with amina.expect_download() as download:
        follow(amina, "Attestazione finale")
    assert download.value.suggested_filename.startswith("internship-attestation-")
    assert Internship.objects.get().outcome.hired_on == timezone.localdate()


def test_six_months_later(over, page, signed_in, partner_staff, young_person):
    Internship.objects.update(
        ends_on=add_months(timezone.localdate(), -6), starts_on=add_months(timezone.localdate(), -8)
    )
    assert actions.ask_later(now=timezone.now()) == 1
    page.goto(link_in(latest_message(young_person.email), "/tirocini/sei-mesi-dopo/"))
    says(page, "Una domanda e basta.")
    looks_well(page, "later")
    press(page, "Invia")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Lavoro da un’altra parte").check()
    press(page, "Invia")
    says(page, "Abbiamo la tua risposta.")
    looks_well(page, "later-answered")

    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/{over.pk}/")
    says(marta, "Ha risposto chi ha fatto il tirocinio.")


def test_who_represents_a_minor_has_a_copy(over, page, partner_staff, young_person):
    mother = factories.RepresentationFactory(person=young_person, representative__email="madre@example.org")
    young_person.birth_date = add_months(timezone.localdate(), -17 * 12)
    young_person.save()
    actions.make_dossier(internship=Internship.objects.get(), by=partner_staff, now=timezone.now())
    page.goto(link_in(latest_message(mother.representative.email), "/tirocini/copia/"))
    says(page, "È la copia per chi rappresenta")
    looks_well(page, "paper-copy")
    with page.expect_download() as download:
        press(page, "Scarica il PDF")
    assert download.value.suggested_filename.startswith("internship-dossier-")
