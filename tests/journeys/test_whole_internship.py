"""The whole life of an internship, from the offer to the attestation: Marta, Amina of sixteen, Carla, Luigi, a mother.

Nobody can wait four months: where weeks have to pass, the internship's days move back in time instead, by whole weeks.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from accounts import actions as people
from accounts.models import Purpose, YoungPerson
from intake.enums import ParticipationState, PlanState
from internships import actions
from internships.models import Allowance, Internship, Offer
from internships.queries.timetable import plan_of
from migwork.months import add_months
from pathways import actions as pathways
from tests import factories
from tests.accounts.signing import answer, checked
from tests.journeys import test_applications as applications
from tests.journeys import test_signatures as signatures
from tests.journeys.conftest import expect, latest_message, screenshot
from tests.journeys.deeds import follow, link_in, looks_well, says
from tests.journeys.deeds import press_first as press
from tests.journeys.test_applications import bar  # noqa: F401
from tests.journeys.test_end_of_internship import ask
from tests.journeys.test_register import row, tap
from tests.journeys.test_signatures import amina  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_holidays(monkeypatch):
    """Browsers live in real time, which may be Christmas."""
    monkeypatch.setattr("internships.timetable.holiday", lambda day: "")


@pytest.fixture
def may_go(amina, edition, operator, now):  # noqa: F811
    """Amina has a plan, and her mother has consented to internships."""
    call_command("load_rules", verbosity=0)
    call_command(
        "load_questionnaire",
        "internships/questionnaires/internship-host.toml",
        "internships/questionnaires/internship-intern.toml",
        verbosity=0,
    )
    way = factories.ParticipationFactory(person=amina, edition=edition, state=ParticipationState.PLAN_AGREED)
    factories.PlanFactory(participation=way, state=PlanState.AGREED, agreed_at=now)
    checked(amina, operator, now)
    consent = people.ask_consent(person=amina, purpose=Purpose.objects.get(code="internship"), by=operator, now=now)
    answer(consent.request.signers.get(), now)
    return amina


def weeks_pass(internship, days):
    """All days of the internship, and of Amina, move back by at least so many `days`, in whole weeks."""
    back = timedelta(days=-(-days // 7) * 7)
    YoungPerson.objects.update(birth_date=F("birth_date") - back)
    Internship.objects.filter(pk=internship.pk).update(starts_on=F("starts_on") - back, ends_on=F("ends_on") - back)
    for rows, names in (
        (internship.slots, ["valid_from"]),
        (internship.days, ["on"]),
        (internship.suspensions, ["starts_on", "ends_on"]),
        (internship.amendments, ["valid_from"]),
        (internship.todos, ["due_on"]),
    ):
        rows.update(**{name: F(name) - back for name in names})
    internship.refresh_from_db()


def from_offer_to_proposal(marta, ugo, young, carla, today):
    applications.writes_the_offer(marta, today)
    press(marta, "Invia in revisione")
    says(marta, "in revisione")
    ugo.goto(f"/tirocini/offerte/{Offer.objects.get().pk}/")
    press(ugo, "Pubblica")
    says(ugo, "Offerta di tirocinio")
    pathways.renew_search()
    applications.applies(young, "amina@example.org")
    applications.answers_from_the_mail(carla, "Amina", "Bianchi")
    marta.goto(link_in(latest_message("marta@example.org"), "/tirocini/offerte/"))
    follow(marta, "Amina Bianchi")
    press(marta, "Prendi questa persona")
    says(marta, "Fatto! Ora proponi il tirocinio.")
    marta.get_by_label("Livello di quello che si impara").select_option("3")
    first = today + timedelta(days=30)
    marta.get_by_label("Primo giorno").fill(first.isoformat())
    marta.get_by_label("Ultimo giorno", exact=True).fill(add_months(first, 4).isoformat())
    marta.get_by_label("Ore alla settimana").fill("20")
    says(marta, "regole sono rispettate")
    screenshot(marta, "whole-proposal")
    press(marta, "Proponi il tirocinio")
    says(marta, "Il tirocinio è proposto.")
    press(marta, "È concordato")
    says(marta, "Scrivi il progetto formativo")
    return Internship.objects.get()


def from_proposal_to_signatures(marta, young, carla, luigi, internship):
    signatures.marta_writes_first(marta, internship)
    signatures.carla_writes_by_link(carla)
    signatures.amina_writes_last(young)
    signatures.marta_keeps_the_agreement(marta, internship)
    signatures.all_sign(marta, young, carla, luigi, internship)
    internship.refresh_from_db()
    assert internship.state == "signed"


def the_first_day(marta, internship):
    """Nothing starts before all is safe: a minor must be fit, too."""
    weeks_pass(internship, 60)
    marta.goto(f"/tirocini/{internship.pk}/")
    expect(marta.get_by_role("button", name="È iniziato")).to_have_count(0)
    for thing, label, said in (
        ("Formazione sulla sicurezza", "Che cos’è, e di chi", "Corso di quattro ore"),
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


def a_month_of_days(marta, young, carla, internship):
    """Amina says each day on her phone; Carla finds one that is not right, then confirms them all."""
    marta.goto(f"/tirocini/{internship.pk}/")
    follow(marta, "Orario settimanale")
    for weekday in ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"):
        day = marta.get_by_role("group", name=weekday)
        day.locator("input").nth(0).fill("09:00")
        day.locator("input").nth(1).fill("13:00")
    press(marta, "Salva l’orario")
    says(marta, "L’orario è salvato.")
    press(marta, "Manda il link")
    says(marta, "Il link è partito.")

    young.goto(f"/tirocini/{internship.pk}/giorni/")
    days = list(plan_of(internship).between(internship.starts_on, timezone.localdate() - timedelta(days=1)))
    for day in days:
        tap(young, day, "4 ore")
        expect(row(young, day).get_by_text("Inviato: ora lo conferma la tua azienda")).to_be_visible()
    looks_well(young, "whole-my-days")
    assert internship.days.filter(state="proposed").count() == len(days) > 15

    wrong = days[-1]
    carla.goto(link_in(latest_message("carla@example.org"), "/da-confermare/"))
    home = carla.url
    looks_well(carla, "whole-host-home")
    carla.goto(f"{home}{internship.pk}/{wrong:%Y-%m}/")
    line = carla.locator(f'[id="{wrong.isoformat()}"]')
    line.locator("summary").click()
    line.get_by_label("Che cosa non è giusto?").fill("È andata via alle 12")
    line.get_by_role("button", name="Non è giusto").click()
    says(carla, "lo diciamo a chi fa il tirocinio")
    young.reload()
    says(young, "È andata via alle 12")
    row(young, wrong).get_by_label("Altre ore", exact=True).check()
    row(young, wrong).get_by_label("Quante ore?").fill("3")
    row(young, wrong).get_by_label("Quante ore?").blur()
    expect(row(young, wrong).get_by_text("Inviato: ora lo conferma la tua azienda")).to_be_visible()
    carla.goto(home)
    carla.get_by_role("button", name="Conferma").first.click()
    says(carla, "giorni confermati. Grazie!")
    assert internship.days.exclude(state="confirmed").count() == 0
    assert internship.days.get(on=wrong).hours == 3


def a_pause_and_an_extension(marta, internship):
    today = timezone.localdate()
    marta.goto(f"/tirocini/{internship.pk}/")
    follow(marta, "Sospendilo")
    marta.get_by_label("Azienda chiusa").check()
    marta.get_by_label("Primo giorno di sospensione").fill(today.isoformat())
    marta.get_by_label("Ultimo giorno di sospensione").fill((today + timedelta(days=19)).isoformat())
    marta.get_by_label("Perché", exact=True).fill("Il bar chiude per lavori.")
    press(marta, "Salva")
    says(marta, "Sospeso")
    last = Internship.objects.get().ends_on
    assert last == internship.ends_on + timedelta(days=20)
    follow(marta, "Prorogalo")
    marta.get_by_label("Nuovo ultimo giorno").fill((last + timedelta(days=30)).isoformat())
    marta.get_by_label("Perché", exact=True).fill("Impara bene, serve un altro mese.")
    press(marta, "Salva")
    says(marta, "Comunicazione obbligatoria della proroga")
    internship.refresh_from_db()
    assert internship.ends_on == last + timedelta(days=30)
    looks_well(marta, "whole-extended")

    # Back at work; Marta writes the weeks that follow from the sheet that they signed at the bar.
    weeks_pass(internship, (internship.ends_on - today).days)
    now = timezone.now()
    actions.follow_suspensions(now=now)
    said = set(internship.days.values_list("on", flat=True))
    plan = plan_of(internship)
    left = [day for day in plan.between(internship.starts_on, internship.ends_on) if day not in said]
    actions.record_days(internship=internship, hours=dict.fromkeys(left, 4), by=internship.promoter_tutor, now=now)
    internship.refresh_from_db()
    assert internship.state == "running"


def the_allowance(marta, young, internship):
    first = internship.starts_on.replace(day=1)
    marta.goto(f"/tirocini/{internship.pk}/mesi/{first:%Y-%m}/")
    press(marta, "Chiudi il mese")
    says(marta, "Il mese è chiuso.")
    # It began in the middle of the month: the rules leave it to the promoter how such a month counts.
    marta.goto(f"/tirocini/{internship.pk}/indennita/")
    marta.get_by_label("Mesi che contano solo in parte").select_option("share")
    press(marta, "Salva le condizioni")
    looks_well(marta, "whole-allowance")
    young.goto(f"/tirocini/{internship.pk}/indennita/")
    looks_well(young, "whole-my-allowance")
    young.get_by_label("IBAN").fill("it60 x054 2811 1010 0000 0123 456")
    young.get_by_label("Di chi è il conto?").fill("Amina Bianchi")
    press(young, "Salva il conto")
    says(young, "Va sul conto IT•• •••• 3456.")
    marta.goto("/tirocini/indennita/")
    marta.get_by_label("Amina Bianchi").check()
    marta.get_by_label("Pagata il").fill(timezone.localdate().isoformat())
    press(marta, "Pagate")
    says(marta, "Segnato per 1 indennità.")
    assert Allowance.objects.get().state == "paid"


def the_end(marta, young, carla, mother, internship):
    marta.goto(f"/tirocini/{internship.pk}/")
    press(marta, "Concludilo")
    says(marta, "Completato")
    actions.ask_evaluations(now=timezone.now())

    carla.goto(link_in(latest_message("carla@example.org"), "/tirocini/valutazione/"))
    ask(carla, "Svolge i compiti assegnati", "Da solo o da sola")
    press(carla, "Salva e vai avanti")
    carla.get_by_label("Che cosa sa fare bene?").fill("Il caffè, e stare con i clienti.")
    press(carla, "Salva")
    press(carla, "Invia le risposte")
    says(carla, "trova le vostre parole nel dossier.")

    young.goto(f"/tirocini/{internship.pk}/")
    follow(young, "Racconta com’è andata")
    ask(young, "Quanto hai imparato?", "Molto")
    press(young, "Salva e vai avanti")
    ask(young, "Ti sentivi al sicuro?", "Sì")
    press(young, "Salva")
    press(young, "Invia le risposte")
    says(young, "Quello che dici ci aiuta a scegliere posti buoni.")

    marta.goto(f"/tirocini/{internship.pk}/")
    follow(marta, "Attestazione finale")
    press(marta, "Fai l’attestazione")
    says(marta, "L’attestazione è pronta.")
    press(marta, "Componi il dossier")
    says(marta, "Il dossier è pronto.")
    looks_well(marta, "whole-over")
    young.goto(f"/tirocini/{internship.pk}/")
    with young.expect_download() as download:
        follow(young, "Attestazione finale")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    looks_well(young, "whole-mine-over")

    mother.goto(link_in(latest_message("fatima@example.org"), "/tirocini/copia/"))
    says(mother, "È la copia per chi rappresenta")


def test_from_the_offer_to_the_attestation(
    page,
    signed_in,
    new_page,
    may_go,
    bar,  # noqa: F811
    partner_staff,
    partner_admin,
    now,
):
    today = timezone.localdate(now)
    marta, young, carla = signed_in(partner_staff), signed_in(may_go.user), page

    internship = from_offer_to_proposal(marta, signed_in(partner_admin), young, carla, today)
    from_proposal_to_signatures(marta, young, carla, new_page(), internship)
    the_first_day(marta, internship)
    a_month_of_days(marta, young, carla, internship)
    a_pause_and_an_extension(marta, internship)
    the_allowance(marta, young, internship)
    the_end(marta, young, carla, new_page(), internship)
