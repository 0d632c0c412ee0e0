"""Amina goes back to school: chosen with Sara, papers and days on her phone, enrolled, and asked half a year later."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from pathways import actions
from pathways.models import AccompaniedPath, PathCheck
from pathways.queries.paths import check_token
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import main, says


def press(page, name):
    main(page).get_by_role("button", name=name).first.click()


def test_back_to_study(page, signed_in, participation, operator, young_person, now):
    today = timezone.localdate(now)
    desk, phone = signed_in(operator), signed_in(young_person.user)

    phone.goto("/studio/")
    says(phone, "Non è mai troppo tardi")
    assert_accessible(phone)
    screenshot(phone, "study-intro")

    desk.goto(reverse("intake:person-file", args=[participation.pk]) + "?s=attivita")
    main(desk).get_by_role("link", name="Inizia: tornare a studiare").click()
    press(desk, "Iniziate insieme")
    says(desk, "Tra che cosa scegliere")
    main(desk).get_by_role("link", name="Una scuola da valutare").click()
    desk.get_by_label("Scuola serale").check()
    desk.get_by_label("Scuola o ufficio").fill("ITSOS Albe Steiner")
    desk.get_by_label("Corso").fill("Grafica")
    desk.get_by_label("Ultimo giorno per iscriversi").fill((today + timedelta(days=20)).isoformat())
    desk.get_by_label("Pro e contro").fill("Vicina a casa, tre sere a settimana.")
    assert_accessible(desk)
    screenshot(desk, "study-option")
    press(desk, "Salva")
    press(desk, "Scegli questa")
    says(desk, "Scelta fatta. Quello che serve è nella lista.")

    main(desk).get_by_role("link", name="Fissa un incontro").click()
    desk.get_by_label("Ci andiamo insieme").check()
    desk.get_by_label("Giorno").fill((today + timedelta(days=9)).isoformat())
    desk.get_by_label("Ora", exact=True).fill("18:00")
    desk.get_by_role("textbox", name="Dove").fill("Segreteria, via San Dionigi 36")
    press(desk, "Fissa")
    says(desk, "Fissato.")
    assert_accessible(desk)
    screenshot(desk, "study-desk")
    assert "18:00" in latest_message(young_person.email)

    phone.goto("/")
    main(phone).get_by_role("link", name="Tornare a studiare").click()
    says(phone, "ITSOS Albe Steiner")
    says(phone, "Ci andiamo insieme")
    assert_accessible(phone)
    press(phone, "Ce l’ho : Carta d’identità")
    expect(phone.get_by_role("heading", name="Carta d’identità o passaporto")).to_be_visible()
    phone.get_by_label("Vale fino al").fill((today + timedelta(days=30)).isoformat())
    assert_accessible(phone)
    press(phone, "Salva")
    says(phone, "Scade presto")
    screenshot(phone, "study-mine")

    desk.reload()
    press(desk, "La domanda è presentata")
    says(desk, "In attesa della risposta della scuola")
    main(desk).get_by_role("link", name="Come è finita").click()
    desk.get_by_label("Iscrizione fatta").check()
    desk.get_by_label("In che giorno").fill(today.isoformat())
    assert_accessible(desk)
    screenshot(desk, "study-outcome")
    press(desk, "Salva")
    says(desk, "Segnato.")
    path = AccompaniedPath.objects.get()
    assert (path.outcome, path.outcome_on) == ("enrolled", today)

    check = PathCheck.objects.get()
    PathCheck.objects.filter(pk=check.pk).update(due_on=today)
    actions.remind_of_paths(now=timezone.localtime(now).replace(hour=11))
    link = reverse("pathways:path-check", args=[check_token(check)])
    assert link in OutgoingMessage.objects.get(key=f"pathways:path-check:{check.pk}:first").text
    page.goto(link)
    page.get_by_label("Sì, frequento ancora").check()
    assert_accessible(page)
    screenshot(page, "study-check")
    press(page, "Invia")
    says(page, "Grazie!")
    desk.reload()
    says(desk, "frequenta ancora")
