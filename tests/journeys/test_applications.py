"""An internship offer, from the partner's desk to the phone of whoever applies, to the host's mail and back.

Marta writes what Bar Basso offers. Luca finds it, and writes on his phone; Carla of the bar answers from her mail;
Marta takes him, and the proposal is filled already. A second one takes his application back, a third reads a kind no.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from internships.models import Application, Offer
from pathways import actions as pathways
from tests import factories
from tests.internships.conftest import PDF
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import link_in, looks_well, says
from tests.journeys.deeds import press_first as press

CV = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": PDF}


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name).filter(visible=True).first.click()


@pytest.fixture
def bar(db):
    unit = factories.OperatingUnitFactory(host__name="Bar Basso", host__vat_number="00743110157", headcount=30)
    factories.HostTutorFactory(host=unit.host, name="Carla Verdi", email="carla@example.org")
    return unit


@pytest.fixture
def luca(edition):
    person = factories.YoungPersonFactory(
        first_name="Luca", last_name="Neri", email="luca@example.org", user__email="luca@example.org"
    )
    factories.ParticipationFactory(person=person, edition=edition)
    return person


@pytest.fixture
def offer(edition, partner, partner_staff, bar, now):
    """In the catalogue already."""
    offer = factories.OfferFactory(
        opportunity__edition=edition,
        opportunity__organisation=partner,
        opportunity__title="Dietro al bancone",
        opportunity__published_at=now,
        unit=bar,
        host_tutor=bar.host.tutors.get(),
        allowance="500 € al mese",
        answered_by=partner_staff,
        created_by=partner_staff,
    )
    pathways.renew_search()
    pathways.refresh_next_starts(now=now)
    return offer


def writes_the_offer(marta, today):
    marta.goto("/tirocini/offerte/")
    looks_well(marta, "offers-none")
    follow(marta, "Scrivi un’offerta")
    marta.get_by_label("Nome dell’azienda").fill("Bar")
    press(marta, "Cerca")
    follow(marta, "Bar Basso")
    expect(marta.get_by_role("heading", name="Un tirocinio da Bar Basso")).to_be_visible()
    press(marta, "Salva")  # forgot everything
    expect(marta.get_by_role("alert")).to_be_visible()
    looks_well(marta, "offer-form-errors")
    for label, text in {
        "Titolo": "Dietro al bancone",
        "In una frase": "Impari a servire al bar, accanto a chi lo fa da anni.",
        "Che cos’è": "Al mattino i caffè, poi il pranzo.",
        "Che cosa si impara": "Un mestiere che si trova ovunque.",
        "Primo giorno": (today + timedelta(days=30)).isoformat(),
        "Ultimo giorno": (today + timedelta(days=120)).isoformat(),
        "Ore alla settimana": "25",
        "Posti": "9",
        "Candidature entro il": (today + timedelta(days=20)).isoformat(),
        "Indennità, in una frase": "500 € al mese",
        "Per chi è": "Per chi ama la gente.",
        "Contatto": "tirocini@example.org",
    }.items():
        marta.get_by_label(label, exact=True).fill(text)
    press(marta, "Salva")
    says(marta, "In questa sede ci sono")  # nine are too many
    looks_well(marta, "offer-form-places")
    marta.get_by_label("Posti", exact=True).fill("1")
    press(marta, "Salva")
    says(marta, "Prima pubblicala")
    looks_well(marta, "offer-draft")


def applies(young, address="luca@example.org"):
    young.goto("/opportunita/?famiglia=internship")
    follow(young, "Dietro al bancone")
    says(young, "500 € al mese")
    looks_well(young, "offer-public")
    follow(young, "Candidati")
    young.get_by_label("Perché questo tirocinio?").fill("")
    young.get_by_label("Il tuo CV").set_input_files(CV)
    press(young, "Avanti: rileggi prima di inviare")
    expect(young.get_by_role("alert")).to_be_visible()
    says(young, "Quello che hai già dato: cv.pdf")  # the file is kept
    looks_well(young, "apply-errors")
    young.get_by_label("Perché questo tirocinio?").fill("Mi piace stare con la gente e so fare il caffè.")
    press(young, "Avanti: rileggi prima di inviare")
    expect(young.get_by_role("heading", name="Va bene così?")).to_be_visible()
    says(young, "Mi piace stare con la gente")
    looks_well(young, "application-check")
    press(young, "Invia")
    says(young, "Inviata: ora la leggono")
    looks_well(young, "application-sent")
    assert "è arrivata" in latest_message(address)


def answers_from_the_mail(carla, first_name="Luca", last_name="Neri"):
    address = link_in(latest_message("carla@example.org"), "/tirocini/candidatura/")
    carla.goto(address)
    expect(carla.get_by_role("heading", name=f"{first_name} {last_name[0]}. vorrebbe lavorare con voi")).to_be_visible()
    says(carla, "Mi piace stare con la gente")
    expect(carla.get_by_text(last_name)).to_have_count(0)
    looks_well(carla, "host-application")
    assert Application.objects.get().state == "sent"
    press(carla, "Vorremmo un incontro")
    says(carla, "Grazie! Avete detto: vorremmo un incontro.")
    looks_well(carla, "host-application-answered")


def test_from_the_offer_to_the_yes(signed_in, page, luca, bar, partner_staff, partner_admin, now):
    today = timezone.localdate(now)
    marta = signed_in(partner_staff)
    writes_the_offer(marta, today)
    press(marta, "Invia in revisione")
    says(marta, "in revisione")
    ugo = signed_in(partner_admin)
    ugo.goto(f"/tirocini/offerte/{Offer.objects.get().pk}/")
    press(ugo, "Pubblica")
    says(ugo, "Offerta di tirocinio")

    young = signed_in(luca.user)
    applies(young)
    answers_from_the_mail(page)
    assert "buone notizie" in latest_message("luca@example.org")

    marta.goto(link_in(latest_message("marta@example.org"), "/tirocini/offerte/"))
    says(marta, "Luca Neri")
    looks_well(marta, "offer-applicants")
    follow(marta, "Luca Neri")
    says(marta, "Bar Basso ha risposto: Vorremmo un incontro")
    looks_well(marta, "application-review")
    marta.get_by_text("Invita a un colloquio").click()
    press(marta, "Invita")
    expect(marta.get_by_role("alert")).to_be_visible()
    marta.get_by_label("Giorno").fill((today + timedelta(days=3)).isoformat())
    marta.get_by_label("Ora", exact=True).fill("15:30")
    press(marta, "Invita")
    says(marta, "Invito inviato: la persona sa quando e dove.")

    young.goto("/")
    expect(young.get_by_role("main").get_by_text("Colloquio con Bar Basso").first).to_be_visible()
    young.goto("/tirocini/candidature/")
    says(young, "alle 15:30")
    looks_well(young, "applications-list")
    follow(young, "Dietro al bancone")
    looks_well(young, "application-invited")

    press(marta, "Prendi questa persona")
    says(marta, "Fatto! Ora proponi il tirocinio.")
    expect(marta.get_by_label("Che cosa impara")).to_have_value("Dietro al bancone")
    looks_well(marta, "proposal-filled")
    young.reload()
    says(young, "Ti prendono!")
    looks_well(young, "application-taken")


def test_one_takes_it_back_another_reads_a_kind_no(signed_in, luca, offer, edition, partner_staff, now):
    second = factories.YoungPersonFactory(first_name="Amina", last_name="Bianchi", email="amina@example.org")
    mine = factories.ApplicationFactory(offer=offer, participation=luca.participations.get(), sent_at=now)
    way = factories.ParticipationFactory(person=second, edition=edition)
    factories.ApplicationFactory(offer=offer, participation=way, sent_at=now)

    young = signed_in(luca.user)
    young.goto(f"/tirocini/candidature/{mine.pk}/")
    follow(young, "Ritira la candidatura")
    looks_well(young, "application-withdraw")
    press(young, "Sì, ritirala")
    says(young, "L’hai ritirata")
    looks_well(young, "application-withdrawn")
    young.goto(f"/opportunita/{offer.opportunity.slug}/")
    says(young, "L’hai ritirata")

    marta = signed_in(partner_staff)
    marta.goto(f"/tirocini/offerte/{offer.pk}/")
    marta.get_by_text("Non questa volta, per le persone selezionate").click()
    press(marta, "Avvisa con gentilezza")
    expect(marta.get_by_text("Seleziona almeno una persona che aspetta.")).to_be_visible()
    marta.get_by_label("Scegli Amina Bianchi").check()
    marta.get_by_text("Non questa volta, per le persone selezionate").click()
    marta.get_by_label("I giorni o gli orari non combaciano.").check()
    looks_well(marta, "offer-several")
    press(marta, "Avvisa con gentilezza")
    expect(marta.get_by_text("1 persona avvisata.")).to_be_visible()
    said = latest_message("amina@example.org")
    assert "I giorni o gli orari non combaciano." in said
    assert "Non dice nulla di quanto vali" in said
