"""Sara, at the desk: she receives a newcomer, records the interview, makes a plan; Amina agrees on her phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.questionnaires import actions as questionnaires
from foundation.questionnaires.files import read
from intake.models import Appointment, Interview, Participation, Plan
from tests import factories
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import looks_well, press


@pytest.fixture
def questions(edition, settings, now):
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    return questionnaires.load_questionnaire(key=key, title=title, definition=definition, now=now)


@pytest.fixture
def queue(edition, now):
    """Eleven people wait; Amina longest."""
    for number in range(10):
        person = factories.YoungPersonFactory(first_name="Luca", phone=f"+39333123450{number}", user=None)
        factories.ParticipationFactory(
            person=person, edition=edition, opened_at=now - timedelta(hours=number), state_since=now
        )


def receive(page):
    page.goto("/accoglienza/")
    looks_well(page, "reception-list")
    page.get_by_role("link", name="Accogli Bianchi Amina").click()
    looks_well(page, "reception-create")
    press(page, "Accoglienza fatta")  # forgot what is needed: nothing is lost
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Che cosa cerca?").fill("Vorrei lavorare in un bar")
    page.get_by_label("Che cosa succede adesso?").fill("Un colloquio con me")
    press(page, "Accoglienza fatta")
    expect(page.get_by_text("Accoglienza registrata.")).to_be_visible()
    looks_well(page, "person-file")


def interview(page):
    press(page, "Registra il colloquio")
    expect(page.get_by_role("heading", name="La situazione adesso")).to_be_visible()
    days = page.get_by_label("Come passi le giornate in questo periodo?")
    days.press_sequentially("Cerco lavoro da giugno")
    page.get_by_label("Cerco lavoro", exact=True).check()
    expect(page.locator("#derived")).to_contain_text("Perché la risposta è: «Cerco lavoro»")
    expect(page.locator("#state-now")).to_contain_text("Complet")
    page.reload()  # the battery dies: nothing is lost
    expect(days).to_have_value("Cerco lavoro da giugno")
    looks_well(page, "interview-section")
    press(page, "Salva e vai avanti")
    page.get_by_label("Che scuole e corsi hai fatto, e come è andata?").fill("Un anno di alberghiero")
    press(page, "Salva e vai avanti")
    page.get_by_label("Che lavori hai fatto, anche piccoli o in famiglia?").fill("nessuno")
    press(page, "Salva e vai avanti")
    page.get_by_label("Che cosa ti riesce bene?").fill("Stare con la gente")
    press(page, "Salva e vai avanti")
    press(page, "Salva e vai avanti")  # left empty
    page.get_by_label("Telefonata").check()
    page.get_by_label("Che cosa ci siamo detti di fare adesso?").fill("Un progetto")
    press(page, "Salva e vai avanti")
    expect(page.get_by_text("Prima di chiudere, completa:")).to_be_visible()
    looks_well(page, "interview-detail")
    page.get_by_role("link", name="Modifica Che cosa vorrei").click()
    page.get_by_label("Dove vorresti essere fra un anno?").fill("Dietro un bancone")
    press(page, "Salva")
    page.get_by_role("link", name="Rileggi tutto e chiudi").click()
    press(page, "Chiudi il colloquio")
    expect(page.get_by_text("Colloquio chiuso. Adesso il progetto?")).to_be_visible()
    assert Interview.objects.get().completed_at


def make_a_plan(page):
    press(page, "Fate il progetto insieme")
    page.get_by_label("Un obiettivo frequente").select_option(label="Trovare un primo lavoro")
    press(page, "Aggiungi l’obiettivo")
    expect(page.get_by_role("link", name="Scrivere il curriculum")).to_be_visible()
    looks_well(page, "plan-edit")
    page.get_by_role("link", name="Scrivere il curriculum").click()
    page.get_by_label("Che cosa", exact=True).fill("Scrivere il curriculum con Sara")
    looks_well(page, "action-edit")
    press(page, "Salva")
    page.get_by_role("link", name="Rileggilo con Amina e proponi").click()
    looks_well(page, "plan-propose")
    press(page, "Proponi")
    expect(page.get_by_text("Si aspetta la persona")).to_be_visible()
    looks_well(page, "person-file-plan")


def agree(page):
    page.goto("/progetto/")
    looks_well(page, "my-plan-proposed")
    page.get_by_role("link", name="Leggi e dicci di sì").click()
    looks_well(page, "plan-agree")
    press(page, "Sono d’accordo")
    expect(page.get_by_text("Siamo d’accordo. Si parte!")).to_be_visible()
    looks_well(page, "my-plan")
    page.get_by_role("button", name=re.compile("^L’ho fatto.*curriculum")).click()
    expect(page.get_by_text("1 passo fatto su 3")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Non l’ho ancora fatto")).click()


def test_receives_interviews_and_makes_a_plan_that_is_agreed(
    signed_in, queue, questions, young_person, participation, operator, now
):
    Participation.objects.filter(pk=participation.pk).update(opened_at=now - timedelta(days=1))
    desk = signed_in(operator)
    receive(desk)
    interview(desk)
    make_a_plan(desk)
    assert "è pronto" in latest_message("amina@example.org")
    agree(signed_in(young_person.user))
    plan = Plan.objects.get()
    assert (plan.state, plan.signatures.count()) == ("agreed", 2)
    desk.reload()
    expect(desk.get_by_text("Concordato", exact=True).first).to_be_visible()
    desk.get_by_role("link", name="Storia", exact=True).click()
    looks_well(desk, "person-file-story")


def test_two_write_the_same_section(signed_in, questions, participation, operator, other_operator):
    here, there = signed_in(operator), signed_in(other_operator)
    here.goto(f"/persone/{participation.pk}/?s=colloqui")
    press(here, "Registra il colloquio")
    there.goto(here.url)
    question = "Come passi le giornate in questo periodo?"
    here.get_by_label(question).fill("In biblioteca")
    expect(here.locator("#state-now")).to_contain_text("Da completare")
    there.get_by_label(question).press_sequentially("Al parco")
    expect(there.get_by_text("qualcun altro ha modificato questa sezione")).to_be_visible()
    press(there, "Salva")
    expect(there.get_by_role("alert")).to_contain_text("In biblioteca")
    expect(there.get_by_label(question)).to_have_value("Al parco")
    looks_well(there, "interview-conflict")
    there.get_by_label(question).fill("In biblioteca e al parco")
    press(there, "Salva")
    here.reload()
    expect(here.get_by_label(question)).to_have_value("In biblioteca e al parco")


def test_a_walk_in_without_a_telephone_and_an_appointment(signed_in, edition, operator):
    page = signed_in(operator)
    page.goto("/accoglienza/")
    page.get_by_role("link", name="Accogli", exact=True).click()
    looks_well(page, "person-create")
    page.get_by_label("Nome", exact=True).fill("Niccolò")
    page.get_by_label("Cognome").fill("D'Àvila")
    page.get_by_label("Data di nascita").fill("2006-02-28")
    page.get_by_label("Che cosa cerca?").fill("Un corso")
    page.get_by_label("Che cosa succede adesso?").fill("Un colloquio")
    press(page, "Accoglienza fatta")
    expect(page.get_by_text("Non riceve promemoria: chiedi un contatto.")).to_be_visible()
    looks_well(page, "person-file-unreachable")
    page.get_by_role("link", name="Fissa un appuntamento").click()
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Giorno").fill(tomorrow.isoformat())
    page.get_by_label("Ora", exact=True).fill("11:00")
    looks_well(page, "appointment-create")
    press(page, "Fissa")
    expect(page.get_by_text("Appuntamento fissato.")).to_be_visible()
    press(page, "Ha avvisato")
    assert Appointment.objects.get().state == "excused"
    page.goto("/accoglienza/")
    page.get_by_label("Cerca una persona per nome").fill("davi")
    page.get_by_label("Cerca una persona per nome").press("Enter")
    looks_well(page, "reception-search")


def test_a_partner_answers_a_referral(signed_in, participation, operator, partner_staff):
    page = signed_in(operator)
    page.goto(f"/persone/{participation.pk}/invio/")
    looks_well(page, "referral-create")
    page.get_by_label("Partner", exact=True).select_option(label="CE.SVI.P")
    page.get_by_label("Che cosa deve sapere il partner").fill("Ama i cavalli")
    press(page, "Invia")
    expect(page.get_by_text("Inviato al partner.")).to_be_visible()
    looks_well(page, "person-file-referrals")
    office = signed_in(partner_staff)
    office.goto("/invii/")
    looks_well(office, "referral-list")
    office.get_by_role("link", name="Amina Bianchi").click()
    looks_well(office, "referral-detail")
    press(office, "Non accetto")
    expect(office.get_by_role("alert")).to_contain_text("perché no")
    office.get_by_label("In una frase").fill("Volentieri")
    press(office, "Accetta")
    expect(office.get_by_text("la persona riceve un messaggio")).to_be_visible()
    assert "buone notizie" in latest_message("amina@example.org")
