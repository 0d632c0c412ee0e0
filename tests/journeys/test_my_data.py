"""Amina looks at what is kept about her, shuts a partner out, takes her copy, and asks to be erased; Livia answers."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import DataCopy, PrivacyRequest
from tests import factories
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import looks_well
from tests.journeys.deeds import press_first as press


@pytest.fixture
def amina(young_person, participation, operator, partner):
    call_command("load_purposes", verbosity=0)
    factories.RetentionRuleFactory(code="file")
    factories.ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    return young_person


def hour(later):
    """An hour on the clock so many hours from now: in quiet hours no message would come to be read here."""
    return f"{timezone.localtime() + timedelta(hours=later):%H:00}"


def sara_opens_her_file(page, participation):
    page.goto(f"/persone/{participation.pk}/")
    looks_well(page, "file-with-messages")
    page.get_by_role("link", name="Messaggi inviati").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Messaggi a")
    looks_well(page, "person-messages")


def amina_reads_what_is_kept(page):
    page.goto("/io/dati/")
    looks_well(page, "my-data")
    page.locator("details", has_text="Chi sei").locator("summary").click()
    expect(page.get_by_text("compito di interesse pubblico").first).to_be_visible()
    looks_well(page, "my-data-open")
    page.get_by_role("link", name="Leggi l’informativa privacy").click()
    looks_well(page, "privacy-notice")
    press(page, "L’ho letta")
    expect(page.get_by_text("leggilo una volta")).to_have_count(0)
    page.get_by_role("link", name="Chi ha aperto la mia scheda").click()
    expect(page.get_by_text("Comune di Milano").first).to_be_visible()
    looks_well(page, "my-openings")


def amina_decides_who_sees_her_and_how_she_is_written_to(page):
    page.goto("/io/condivisioni/")
    looks_well(page, "my-sharing")
    page.get_by_role("button", name="non deve più vedermi").click()
    expect(page.get_by_text("non ti vede più").first).to_be_visible()
    looks_well(page, "my-sharing-withdrawn")
    page.goto("/io/consensi/")
    looks_well(page, "my-consents")
    press(page, "Sì, va bene")
    expect(page.get_by_text("Hai detto sì").first).to_be_visible()
    page.goto("/io/preferenze/")
    page.get_by_label("Non disturbare dalle").fill(hour(3))
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "my-preferences-error")
    page.get_by_label("fino alle").fill(hour(5))
    page.get_by_label("Una volta al giorno").check()
    press(page, "Salva")
    expect(page.get_by_label("Una volta al giorno")).to_be_checked()
    looks_well(page, "my-preferences")


def amina_takes_her_copy(page, amina):
    page.goto("/io/copia/")
    looks_well(page, "my-copy")
    press(page, "Prepara la mia copia")
    page.goto("/io/copia/")
    expect(page.get_by_role("heading", name="La tua copia è pronta")).to_be_visible()
    looks_well(page, "my-copy-ready")
    assert "sette giorni" in latest_message(amina.email)
    with page.expect_download() as saved:
        press(page, "Scarica il JSON")
    data = json.loads(saved.value.path().read_text())["data"]
    assert data["accounts.YoungPerson"][0]["last_name"] == "Bianchi"
    with page.expect_download() as saved:
        press(page, "Scarica il PDF")
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    assert DataCopy.objects.get().downloaded_at


def amina_asks_for_erasure(page):
    page.goto("/io/richieste/")
    looks_well(page, "requests-none")
    page.get_by_role("link", name="Cancellare i miei dati").click()
    expect(page.get_by_text("non si può tornare indietro")).to_be_visible()
    looks_well(page, "request-erasure")
    press(page, "Chiedo la cancellazione")
    expect(page.get_by_text("Abbiamo ricevuto la tua richiesta").first).to_be_visible()
    looks_well(page, "requests-open")


def livia_answers(page, answer):
    page.goto("/richieste-privacy/")
    looks_well(page, "privacy-requests")
    page.get_by_role("link", name="Bianchi").click()
    looks_well(page, "privacy-request")
    page.get_by_role("link", name="Accogli la cancellazione").click()
    expect(page.get_by_role("heading", name="Che cosa resta")).to_be_visible()
    looks_well(page, "privacy-request-erase")
    press(page, "Cancella per sempre")  # without a word
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Sì: va via tutto").check()
    page.get_by_label("Risposta alla persona").fill(answer)
    press(page, "Cancella per sempre")
    expect(page.get_by_text("La persona riceve un messaggio")).to_be_visible()
    looks_well(page, "privacy-requests-settled")


def test_downloads_and_asks_for_erasure(signed_in, amina, participation, operator, privacy_officer):
    sara_opens_her_file(signed_in(operator), participation)
    phone = signed_in(amina.user)
    amina_reads_what_is_kept(phone)
    amina_decides_who_sees_her_and_how_she_is_written_to(phone)
    amina_takes_her_copy(phone, amina)
    amina_asks_for_erasure(phone)
    address = amina.email
    livia_answers(signed_in(privacy_officer), "Abbiamo tolto tutto.")
    assert "Abbiamo tolto tutto." in latest_message(address)
    phone.goto("/io/dati/")
    expect(phone).to_have_url(re.compile("/account/login/"))
    assert PrivacyRequest.objects.get().state == "granted"
