"""Amina is sixteen: her mother says yes to pictures, her father no. She and Sara at the desk read why.

For a course the partner has the mother asked again; she says no, and the place is somebody else's.
"""

import re

import pytest
from django.core.management import call_command

from accounts.models import Consent
from pathways.models import Enrolment
from tests import factories
from tests.accounts.signing import checked
from tests.journeys.conftest import code_in, expect, latest_message
from tests.journeys.deeds import link_in, looks_well
from tests.journeys.deeds import press_first as press


@pytest.fixture
def amina(edition, now):
    call_command("load_purposes", verbosity=0)
    person = factories.YoungPersonFactory(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=now.date().replace(year=now.year - 16, day=1),
        user__email="amina@example.org",
    )
    factories.ParticipationFactory(person=person, edition=edition)
    return person


def amina_names_her_mother(page):
    page.goto("/io/")
    page.get_by_role("link", name="Chi firma per te").click()
    expect(page.get_by_text("vieni lo stesso")).to_be_visible()
    looks_well(page, "my-representatives-nobody")
    press(page, "Aggiungi")  # forgot everything
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Genitore").check()
    page.get_by_label("Il suo nome").fill("Fatima")
    page.get_by_label("Il suo cognome").fill("Verdi")
    page.get_by_label("Il suo cellulare").fill("333 123 4567")
    press(page, "Aggiungi")
    expect(page.get_by_text("Fatima Verdi")).to_be_visible()
    looks_well(page, "my-representatives")


def sara_meets_both_and_asks(page, amina, operator, now):
    """The father is entered at the desk; both show their papers; then the pictures are asked for."""
    page.goto(f"/anagrafe/{amina.pk}/rappresentanti/")
    page.get_by_label("Genitore").check()
    page.get_by_label("Il suo nome").fill("Karim")
    page.get_by_label("Il suo cognome").fill("Bianchi")
    page.get_by_label("La sua e-mail").fill("karim@example.org")
    press(page, "Aggiungi")
    for name, number in (("Fatima", "333 765 4321"), ("Karim", "")):
        box = page.locator("section", has=page.get_by_role("heading", name=name))
        box.get_by_role("link", name="Verifica l’identità").click()
        page.get_by_label("Quale documento ha mostrato?").select_option("id_card")
        if number:
            page.get_by_label("Il suo cellulare").fill(number)
        page.get_by_label("Ho visto la persona").check()
        looks_well(page, "representative-check")
        press(page, "Salva")
        expect(page.get_by_text("Verificata. Da ora basta un collegamento con un codice.")).to_be_visible()
    looks_well(page, "representatives")
    pictures = page.locator("div.stack", has=page.get_by_role("heading", name="Foto e video")).last
    pictures.get_by_role("button", name="Chiedi la firma").click()
    expect(page.get_by_text("Richiesta inviata.")).to_be_visible()
    looks_well(page, "representatives-asked")


def shows_who_they_are(page, address, link):
    page.goto(link)
    expect(page.get_by_role("heading", name="Il Suo consenso per Amina B.: Foto e video")).to_be_visible()
    expect(page.get_by_text("Bianchi")).to_have_count(0)
    looks_well(page, "sign")
    page.get_by_role("button", name=re.compile("Mandatemi un codice")).click()
    code = code_in(latest_message(address))
    page.get_by_label("Il codice").fill("000000")
    press(page, "Continua")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "sign-wrong-code")
    page.get_by_label("Il codice").fill(code)
    press(page, "Continua")
    expect(page.get_by_role("link", name="Il documento completo (PDF)")).to_be_visible()


def test_two_sign_and_one_refuses(page, signed_in, new_page, amina, operator, now):
    young = signed_in(amina.user)
    amina_names_her_mother(young)
    desk = signed_in(operator)
    sara_meets_both_and_asks(desk, amina, operator, now)

    mother = page
    shows_who_they_are(mother, "+393337654321", link_in(latest_message("+393337654321")))
    press(mother, "Acconsento")  # without the tick
    expect(mother.get_by_role("alert")).to_be_visible()
    mother.get_by_label("Sono Fatima Verdi e ho letto il documento").check()
    looks_well(mother, "sign-decide")
    press(mother, "Acconsento")
    expect(mother.get_by_role("heading", name="Grazie. Il Suo consenso è registrato.")).to_be_visible()
    expect(mother.get_by_text("Manca ancora l’altra risposta.")).to_be_visible()
    looks_well(mother, "sign-done")
    with mother.expect_download() as download:
        mother.get_by_role("link", name="La Sua copia (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    father = new_page()
    link = link_in(latest_message("karim@example.org"))
    shows_who_they_are(father, "karim@example.org", link)
    father.get_by_role("link", name="Non acconsento").click()
    press(father, "Non acconsento")  # without a reason
    expect(father.get_by_role("alert")).to_be_visible()
    father.get_by_label("Perché?").fill("Non voglio foto in rete")
    looks_well(father, "sign-refuse")
    press(father, "Non acconsento")
    expect(father.get_by_text("Registrato: non acconsente.")).to_be_visible()
    looks_well(father, "sign-refused")

    assert Consent.objects.get().state == "refused"
    for person, name in ((young, "my-representatives"), (desk, "representatives")):
        person.reload() if person is desk else person.goto("/io/rappresentanti/")
        expect(person.get_by_text("Non voglio foto in rete")).to_be_visible()
        expect(person.get_by_text("Foto e video: chi firma non ha dato il consenso.")).to_be_visible()
        looks_well(person, f"{name}-refused")
    # The mother's page says how it ended, and the father's link signs nothing any more.
    mother.reload()
    expect(mother.get_by_text("Questa richiesta è chiusa")).to_be_visible()


def test_a_no_to_a_course_frees_the_place(page, signed_in, amina, operator, partner, partner_staff, edition, now):
    checked(amina, operator, now)
    run = factories.RunFactory(
        opportunity__edition=edition, opportunity__organisation=partner, opportunity__title="Barman per eventi"
    )
    young = signed_in(amina.user)
    young.goto(f"/iscrizioni/{run.pk}/")
    press(young, "Sì, mi iscrivo")
    expect(young.get_by_role("heading", name="Hai un posto")).to_be_visible()
    expect(young.get_by_text("Intanto il posto resta tuo.")).to_be_visible()
    looks_well(young, "enrolled-unsigned")

    staff = signed_in(partner_staff)
    staff.goto(f"/attivita/edizioni/{run.pk}/")
    expect(staff.get_by_text("Manca una firma")).to_be_visible()
    looks_well(staff, "run-unsigned")
    staff.get_by_role("link", name="Amina Bianchi").click()
    expect(staff.get_by_text("La firma di chi rappresenta questa persona non c’è ancora.")).to_be_visible()
    expect(staff.get_by_text("Fatima")).to_have_count(0)
    looks_well(staff, "enrolment-unsigned-partner")
    press(staff, "Invia di nuovo la richiesta di firma")
    expect(staff.get_by_text("Inviata di nuovo.")).to_be_visible()

    page.goto(link_in(latest_message("fatima@example.org")))
    page.get_by_role("button", name=re.compile("Mandatemi un codice")).click()
    expect(page.get_by_label("Il codice")).to_be_visible()
    page.get_by_label("Il codice").fill(code_in(latest_message("+393331234567")))
    press(page, "Continua")
    page.get_by_role("link", name="Non acconsento").click()
    page.get_by_label("Perché?").fill("Finisce tardi la sera")
    press(page, "Non acconsento")
    expect(page.get_by_text("Registrato: non acconsente.")).to_be_visible()
    assert Enrolment.objects.get().state == "withdrawn"

    young.reload()
    expect(young.get_by_text("Non è colpa tua.")).to_be_visible()
    looks_well(young, "enrolment-refused")
    young.get_by_role("link", name="Leggi la risposta").click()
    expect(young.get_by_text("Finisce tardi la sera")).to_be_visible()
    staff.reload()
    expect(staff.get_by_text("Ritirato")).to_be_visible()
    expect(staff.get_by_text("firma")).to_have_count(0)
