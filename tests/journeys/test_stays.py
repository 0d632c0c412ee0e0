"""Amina volunteers in Lisbon: papers, insurance, met before, called while away, and what she brought back."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from intake.models import PersonSkill
from pathways import actions
from pathways.models import AccompaniedPath
from tests import factories
from tests.journeys.conftest import assert_accessible, screenshot
from tests.journeys.deeds import follow, main, says


def press(page, name):
    main(page).get_by_role("button", name=name).first.click()


def write_talk(page, kind, words):
    follow(page, "Annota un incontro")
    page.get_by_label(kind).check()
    page.get_by_label("Che cosa ci siamo detti").fill(words)
    press(page, "Salva")
    says(page, words)


def test_abroad(signed_in, participation, operator, young_person, now):
    today = timezone.localdate(now)
    factories.SkillLabelFactory(label="cucinare per gruppi", label_key="cucinare per gruppi", key="cucinare per gruppi")
    desk, phone = signed_in(operator), signed_in(young_person.user)
    phone.goto("/partenza/")
    says(phone, "Corpo europeo di solidarietà")
    assert_accessible(phone)
    screenshot(phone, "stay-intro")

    desk.goto(reverse("intake:person-file", args=[participation.pk]) + "?s=attivita")
    follow(desk, "Inizia: estero o volontariato")
    press(desk, "Iniziate insieme")
    follow(desk, "Scrivi dove e quando")
    desk.get_by_label("Corpo europeo di solidarietà").check()
    desk.get_by_label("Ente che accoglie").fill("Casa Aberta")
    desk.get_by_label("Città e paese").fill("Lisboa, Portogallo")
    desk.get_by_label("Primo giorno").fill(today.isoformat())
    desk.get_by_label("Ultimo giorno").fill((today + timedelta(days=60)).isoformat())
    desk.get_by_label("Assicurazione con").fill("Cigna")
    assert_accessible(desk)
    press(desk, "Salva")
    # Until when is missing: said beside the field, and nothing that was typed is lost.
    says(desk, "Scrivi con chi è l’assicurazione e fino a quando.")
    desk.get_by_label("Assicurazione valida fino al").fill((today + timedelta(days=70)).isoformat())
    screenshot(desk, "stay-plan")
    press(desk, "Salva")
    says(desk, "Scritto. Guarda la lista.")
    press(desk, "Partenza avvenuta")
    says(desk, "L’incontro prima della partenza non c’è ancora stato.")

    phone.goto("/")
    follow(phone, "Partire: estero o volontariato")
    press(phone, "Ce l’ho : Passaporto")
    phone.get_by_label("Vale fino al").fill((today + timedelta(days=30)).isoformat())
    press(phone, "Salva")
    says(phone, "Scade prima dell’ultimo giorno")
    assert_accessible(phone)
    screenshot(phone, "stay-papers")
    follow(phone, "Passaporto")
    phone.get_by_label("Vale fino al").fill((today + timedelta(days=3000)).isoformat())
    press(phone, "Salva")
    says(phone, "valido fino al")
    path = AccompaniedPath.objects.get()
    for step in path.steps.filter(kind="document", done_on=None):
        actions.tick_step(step=step, done=True, by=operator, now=now)

    desk.reload()
    write_talk(desk, "Incontro prima della partenza", "Zaino e numeri utili: tutto pronto.")
    press(desk, "Partenza avvenuta")
    says(desk, "In viaggio")
    write_talk(desk, "Contatto durante il soggiorno", "Sta bene, cucina per tutti.")
    assert_accessible(desk)
    screenshot(desk, "stay-away")

    phone.goto("/partenza/")
    follow(phone, "Racconta che cosa hai imparato")
    phone.get_by_label("Che cosa hai imparato?").fill("Cucino per venti e me la cavo in portoghese.")
    assert_accessible(phone)
    press(phone, "Salva")
    says(phone, "Cucino per venti")

    desk.reload()
    follow(desk, "Trasforma in competenze")
    says(desk, "Cucino per venti")
    desk.get_by_label("Cerca una competenza").fill("cucinare")
    press(desk, "Cerca")
    follow(desk, "cucinare per gruppi")
    desk.get_by_label("In autonomia").check()
    assert_accessible(desk)
    press(desk, "Metti tra le competenze")
    says(desk, "cucinare per gruppi")
    assert PersonSkill.objects.get(person=young_person).evidence == "Casa Aberta, Lisboa, Portogallo"

    write_talk(desk, "Incontro al ritorno", "Vuole ripartire.")
    follow(desk, "Come è finita")
    desk.get_by_label("Soggiorno concluso").check()
    desk.get_by_label("In che giorno").fill(today.isoformat())
    press(desk, "Salva")
    says(desk, "Soggiorno concluso")
    phone.goto("/partenza/")
    says(phone, "cucinare per gruppi")
    assert_accessible(phone)
    screenshot(phone, "stay-back")
