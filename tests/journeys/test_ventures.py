"""Amina has an idea: she writes it part by part, a mentor of a partner goes along, and it becomes a business."""

from datetime import time, timedelta

from django.utils import timezone

from intake import actions as intake
from intake.models import Appointment
from migwork import repeats
from pathways import actions
from pathways.models import AccompaniedPath, IdeaSheet
from pathways.queries import paths as queries
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.journeys.deeds import follow, main, says


def press(page, name):
    main(page).get_by_role("button", name=name).first.click()


def write(page, part, words):
    follow(page, part)
    page.get_by_role("textbox").first.fill(words)
    assert_accessible(page)
    press(page, "Salva")
    says(page, words)


def test_an_idea_becomes_a_business(signed_in, participation, operator, partner_staff, young_person, city, now):
    today = timezone.localdate(now)
    phone, desk, mentor = signed_in(young_person.user), signed_in(operator), signed_in(partner_staff)
    phone.goto("/impresa/")
    says(phone, "Ogni impresa è cominciata con una frase")
    assert_accessible(phone)
    screenshot(phone, "venture-intro")
    press(phone, "Comincia")
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("La tua idea in una frase").fill("Riparo biciclette nei cortili")
    press(phone, "Comincia")
    says(phone, "0 parti su 6")
    write(phone, "Scrivi : Il problema", "Le bici restano rotte per mesi.")
    write(phone, "Scrivi : I clienti", "Chi abita nelle case popolari.")
    write(phone, "Scrivi : Che cosa ci guadagnano", "Riparo sul posto, il sabato.")
    says(phone, "3 parti su 6")
    assert_accessible(phone)
    screenshot(phone, "venture-idea")

    path = AccompaniedPath.objects.get()
    desk.goto(f"/percorsi/{path.pk}/")
    follow(desk, "Indica chi")
    desk.get_by_label("Chi accompagna?").select_option(label="Marta Riva")
    assert_accessible(desk)
    press(desk, "Salva")
    says(desk, "Marta Riva")

    mentor.goto("/percorsi/")
    follow(mentor, "Amina Bianchi")
    says(mentor, "Le bici restano rotte per mesi.")
    follow(mentor, "Annota un incontro")
    mentor.get_by_label("Che cosa ci siamo detti").fill("Provala in due cortili.")
    mentor.get_by_label("Da fare per la prossima volta").fill("Parlare con due amministratori\nContare le bici rotte")
    assert_accessible(mentor)
    press(mentor, "Salva")
    says(mentor, "Contare le bici rotte")
    press(mentor, "L’idea regge: si prova")
    says(mentor, "Prova")
    assert_accessible(mentor)
    screenshot(mentor, "venture-mentor")

    phone.goto("/")
    follow(phone, "La mia idea d’impresa")
    says(phone, "Provala in due cortili.")
    press(phone, "Fatto : Parlare con cinque persone")
    says(phone, "Bene: una in meno.")
    screenshot(phone, "venture-mine")

    # The mentor may be an operator who publishes hours: then one books.
    membership = next(row for row in queries.companions(path) if row.user_id == operator.pk)
    actions.hand_path(path=path, membership=membership, by=operator, now=now)
    intake.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(10),
        closes_at=time(11),
        minutes=30,
        first_day=today + timedelta(days=1),
        last_day=today + timedelta(days=14),
        mode="place",
        place="Informagiovani, via Dogana 2",
        by=operator,
        now=now,
    )
    phone.goto("/impresa/")
    follow(phone, "10:00")
    press(phone, "Prenota quest’ora")
    says(phone, "Fatto: ti aspettiamo")
    assert Appointment.objects.get().operator == operator
    phone.goto("/impresa/")
    says(phone, "Colloqui in agenda")

    desk.goto(f"/percorsi/{path.pk}/")
    press(desk, "Funziona: prepararsi ad aprire")
    says(desk, "Pronti ad aprire")
    follow(desk, "Come è finita")
    desk.get_by_label("Ha lasciato").check()
    desk.get_by_label("In che giorno").fill(today.isoformat())
    press(desk, "Salva")
    says(desk, "Di’ perché.")
    desk.get_by_label("Ha aperto la partita IVA").check()
    press(desk, "Salva")
    says(desk, "Segnato.")
    path.refresh_from_db()
    assert (path.outcome, path.outcome_on) == ("vat_number", today)
    assert IdeaSheet.objects.get().value == "Riparo sul posto, il sabato."
