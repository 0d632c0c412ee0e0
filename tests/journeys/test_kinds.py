"""Marta leads a PCTO of Amina, sixteen, to its end: with the school, without notices and allowance.

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
from internships.models import Internship
from tests import factories
from tests.accounts.signing import answer, checked
from tests.journeys.conftest import expect
from tests.journeys.test_signatures import SCAN, amina, follow, looks_well, press, says  # noqa: F401


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
    return unit


@pytest.mark.slow
def test_a_pcto_from_the_proposal_to_the_end(signed_in, accepted, unit, partner_staff, amina):  # noqa: F811
    marta, young = signed_in(partner_staff), signed_in(amina.user)
    marta.goto(f"/tirocini/nuovo/{accepted.pk}/?azienda={unit.host_id}")
    proposes(marta)
    internship = Internship.objects.get()
    writes_the_project(marta, internship)
    is_signed_outside(marta, young, internship)
    starts(marta, internship)
    a_day_passes(marta, internship)
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
    expect(marta.locator("#rules").get_by_text("Guarda qui")).to_have_count(0)
    expect(marta.locator("#rules").get_by_text("scrivi di quale scuola")).to_have_count(0)
    settled(marta)
    looks_well(marta, "pcto-proposal")
    press(marta, "Proponi il tirocinio")
    says(marta, "Il tirocinio è proposto.")
    says(marta, "Liceo Volta")
    press(marta, "È concordato")
    says(marta, "Scrivi il progetto formativo")


def writes_the_project(marta, internship):
    follow(marta, "Scrivi il progetto formativo")
    says(marta, "Patto formativo del PCTO")
    says(marta, "Anna Galli")
    marta.get_by_label("Obiettivi").fill("Capire come funziona un bar.")
    marta.get_by_label("Competenze").fill("Accogliere il cliente")
    marta.get_by_label("Assicurazione contro gli infortuni (INAIL)").fill("INAIL 12345")
    marta.get_by_label("Polizza di responsabilità civile").fill("Duomo, n. 987")
    looks_well(marta, "pcto-project")
    press(marta, "Salva")
    says(marta, "Salvato.")


def is_signed_outside(marta, young, internship):
    """The school signs, too: on the paper."""
    follow(marta, "Hanno firmato tutti fuori dal portale?")
    marta.get_by_label("Il foglio firmato").set_input_files(SCAN)
    marta.get_by_label("Ho controllato").check()
    press(marta, "Conserva: i documenti sono firmati")
    says(marta, "Conservato. I documenti sono firmati.")
    young.goto(f"/tirocini/{internship.pk}/")
    says(young, "Liceo Volta")
    looks_well(young, "pcto-mine")


def starts(marta, internship):
    """A minor must be fit, as in every work; the law wants nobody notified."""
    back = timedelta(days=18)
    internship.refresh_from_db()
    internship.starts_on, internship.ends_on = internship.starts_on - back, internship.ends_on - back
    internship.save()
    assert internship.ends_on == timezone.localdate()
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


def a_day_passes(marta, internship):
    follow(marta, "Compila il registro")
    marta.get_by_label(date_format(timezone.localdate(), "l j F")).fill("4")
    press(marta, "Salva la settimana")
    marta.goto(f"/tirocini/{internship.pk}/")
    says(marta, "1 giorno, 4 di circa")
    looks_well(marta, "pcto-running")


def ends_without_allowance(marta, young, internship):
    press(marta, "Concludilo")
    says(marta, "Completato")
    looks_well(marta, "pcto-over")
    assert set(internship.allowances.values_list("amount", flat=True)) <= {0}
    assert not internship.todos.filter(kind__in=["notice_start", "registration"]).exists()
    young.goto(f"/tirocini/{internship.pk}/")
    says(young, "Ce l’hai fatta!")
    young.goto(f"/tirocini/{internship.pk}/indennita/")
    expect(young.get_by_text("500")).to_have_count(0)
    expect(young.get_by_label("IBAN")).to_have_count(0)
    looks_well(young, "pcto-no-allowance")
