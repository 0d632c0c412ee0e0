"""A partner plans sessions that repeat, with who holds them; changes some; plans them again; takes the list along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from migwork import repeats
from pathways import actions
from pathways.models import Run, Session
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, press
from tests.pathways import ways


@pytest.fixture
def course(partner, edition):
    return ways.course(partner, edition, title="Barman per eventi")


@pytest.fixture
def feast(now):
    """The next public holiday that lies far enough ahead, is no Sunday, and has none a week before or after."""
    today = timezone.localdate(now)
    days = (today + timedelta(days=n) for n in range(20, 400))
    others = [timedelta(days=n) for n in (-7, 7, 21)]
    return next(
        day
        for day in days
        if repeats.holiday(day) and day.weekday() < 6 and not any(repeats.holiday(day + other) for other in others)
    )


WEEKDAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")


def list_trainers_and_rooms(page):
    page.goto("/attivita/")
    page.get_by_role("link", name="Formatori e aule").click()
    press(page, "Aggiungi un formatore")  # forgot the name
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "trainer-list-error")
    page.get_by_label("Nome e cognome").fill("Marta Riva")
    press(page, "Aggiungi un formatore")
    expect(page.get_by_text("È nell’elenco")).to_be_visible()
    page.get_by_label("Nome dell’aula").fill("Aula 2")
    page.get_by_label("Via e numero").fill("Via Dogana 2/a")
    press(page, "Aggiungi un’aula")
    expect(page.get_by_text("Via Dogana 2/a")).to_be_visible()
    looks_well(page, "trainer-list")


def fill_dates(page, feast, **fields):
    """From a week before the holiday until a week after it, on its day of the week."""
    page.get_by_label("Primo giorno").fill((feast - timedelta(days=7)).isoformat())
    page.get_by_label("Ultimo giorno", exact=True).fill((feast + timedelta(days=13)).isoformat())
    page.get_by_label(WEEKDAYS[feast.weekday()]).check()
    page.get_by_label("Dalle").fill("15:00")
    page.get_by_label("Alle", exact=True).fill("18:00")
    page.get_by_label("Posti").fill("12")
    page.get_by_label("Ultimo giorno per iscriversi").fill((feast - timedelta(days=8)).isoformat())


def plan(page, feast):
    page.goto("/attivita/barman-per-eventi/date/")
    press(page, "Fammi vedere le date")  # nothing written
    expect(page.get_by_role("alert")).to_be_visible()
    fill_dates(page, feast)
    page.get_by_role("combobox", name="Aula").select_option(label="Aula 2")
    page.get_by_label("Marta Riva").check()
    looks_well(page, "dates-plan")
    press(page, "Fammi vedere le date")
    expect(page.get_by_text(repeats.holiday(feast), exact=False).first).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    looks_well(page, "dates-days")
    # Back, and nothing that was written is lost.
    press(page, "Torno indietro")
    expect(page.get_by_label("Posti")).to_have_value("12")
    press(page, "Fammi vedere le date")
    press(page, "Programma queste date")
    expect(page.get_by_text("Le date sono in programma.")).to_be_visible()
    looks_well(page, "run-with-sessions")


def add_change_and_take_out(page, feast):
    page.get_by_role("link", name="Aggiungi incontri").click()
    page.get_by_label("Primo giorno").fill((feast + timedelta(days=20)).isoformat())
    page.get_by_label("Ultimo giorno", exact=True).fill((feast + timedelta(days=22)).isoformat())
    page.get_by_label(WEEKDAYS[(feast + timedelta(days=21)).weekday()]).check()
    page.get_by_label("Dalle").fill("15:00")
    page.get_by_label("Alle", exact=True).fill("18:00")
    press(page, "Fammi vedere le date")
    press(page, "Aggiungi questi incontri")
    expect(page.get_by_text("dieci minuti dopo l’ultima modifica")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Modifica").first.click()
    expect(page.get_by_role("heading", name="Non si tiene")).to_be_visible()
    page.get_by_label("Dalle").fill("16:00")
    page.get_by_label("Alle", exact=True).fill("15:00")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Alle", exact=True).fill("19:00")
    looks_well(page, "session-edit")
    press(page, "Salva")
    expect(page.get_by_text("16:00–19:00")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Togli").last.click()
    expect(page.get_by_text("Data tolta.")).to_be_visible()
    looks_well(page, "run-sessions-changed")


def refused(page, feast):
    """The same trainer somewhere else at the same time."""
    page.goto("/attivita/sarta/date/")
    fill_dates(page, feast)
    page.get_by_label("Marta Riva").check()
    press(page, "Fammi vedere le date")
    press(page, "Programma queste date")
    expect(page.get_by_role("alert")).to_contain_text(
        "Marta Riva ha già un incontro in quelle ore: “Barman per eventi”"
    )
    looks_well(page, "dates-refused")


def copy(page, run, feast):
    page.goto(f"/attivita/edizioni/{run.pk}/")
    page.get_by_role("link", name="Programma di nuovo, in altre date").click()
    page.get_by_label("A partire da che giorno").fill((feast + timedelta(days=30)).isoformat())
    page.get_by_label("Ultimo giorno per iscriversi").fill((feast + timedelta(days=29)).isoformat())
    looks_well(page, "run-copy")
    press(page, "Fammi vedere le date")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    looks_well(page, "run-copy-days")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Programma queste date")
    expect(page.get_by_text("Le date sono in programma.")).to_be_visible()


def take_the_list(page, run):
    page.goto(f"/attivita/edizioni/{run.pk}/")
    looks_well(page, "run-list-to-take")
    for kind in ("XLSX", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        assert download.value.suggested_filename.endswith(f".{kind.lower()}")


def test_plans_changes_and_copies(signed_in, course, partner, edition, partner_staff, young_person, feast, now):
    ways.course(partner, edition, title="Sarta", slug="sarta")
    type(course).objects.filter(pk=course.pk).update(slug="barman-per-eventi")
    page = signed_in(partner_staff)
    list_trainers_and_rooms(page)
    plan(page, feast)
    run = Run.objects.get()
    taker = ways.taker(edition, first_name="=Amina", user__email="prova@example.org")
    actions.enrol(run=run, participation=taker, by=taker.person.user, now=now)
    page.reload()
    add_change_and_take_out(page, feast)
    refused(page, feast)
    # Somebody who takes part hears of all of it, once.
    assert actions.tell_session_changes(now=timezone.now() + timedelta(minutes=11)) == 1
    message = OutgoingMessage.objects.get(to="prova@example.org", key__startswith="pathways:sessions_changed:")
    assert "16:00–19:00" in message.text
    take_the_list(page, run)
    copy(page, run, feast)
    again = Run.objects.exclude(pk=run.pk).get()
    hours = {timezone.localtime(session.starts_at).hour for session in Session.objects.filter(run=again)}
    assert (hours, again.places) == ({15, 16}, 12)
