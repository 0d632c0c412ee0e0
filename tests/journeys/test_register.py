"""A register, from the weekly timetable to a closed month: Marta, Amina on her phone, Carla with her link."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from internships.host_link import token_of
from internships.models import HostLink, Internship, RegisterChange, RegisterDay, RegisterMonth
from tests import factories
from tests.journeys.conftest import NO_ANSWER, expect, latest_message, tolerate
from tests.journeys.deeds import looks_well, press
from tests.journeys.test_interview import drafts, nothing_waits

FOUR = Decimal(4)
SENT = "Inviato: ora lo conferma la tua azienda"


@pytest.fixture(autouse=True)
def no_holidays(monkeypatch):
    """Browsers live in real time, which may be Christmas."""
    monkeypatch.setattr("internships.timetable.holiday", lambda day: "")


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def last_month(today):
    """The first day of the month before this one."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.fixture
def internship(participation, partner, partner_staff, last_month, today):
    """Running since last month, four hours every day; of last month all days are confirmed but the last two."""
    unit = factories.OperatingUnitFactory(host__name="Bar Basso")
    internship = factories.InternshipFactory(
        participation=participation,
        promoter=partner,
        promoter_tutor=partner_staff,
        unit=unit,
        host_tutor__name="Carla Verdi",
        host_tutor__email="carla@example.org",
        host_tutor__phone="",
        title="Stare dietro al bancone",
        starts_on=last_month,
        ends_on=today + timedelta(days=60),
        state="running",
    )
    on = last_month
    while on < today:
        if on not in last_days(today):
            factories.RegisterDayFactory(internship=internship, on=on, hours=FOUR, recorded_by=partner_staff)
        on += timedelta(days=1)
    return internship


@pytest.fixture
def daily(internship):
    """Four hours every day."""
    for weekday in range(7):
        factories.TimetableSlotFactory(internship=internship, weekday=weekday, ends_at=time(13))


def last_days(today):
    """The last two days of last month."""
    first = today.replace(day=1)
    return [first - timedelta(days=2), first - timedelta(days=1)]


def row(page, day):
    return page.locator(f'[data-row="{day.isoformat()}"]')


def tap(page, day, mark):
    row(page, day).get_by_label(mark, exact=True).check()


def stands(day):
    return RegisterDay.objects.filter(on=day).values_list("state", "hours").first()


def plan_the_week(page, internship):
    page.goto(f"/tirocini/{internship.pk}/")
    looks_well(page, "register-promoter")
    page.get_by_role("link", name="Orario settimanale").click()
    looks_well(page, "timetable-empty")
    press(page, "Salva l’orario")
    expect(page.get_by_role("alert")).to_contain_text("Scrivi le ore di almeno un giorno")
    for weekday in ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"):
        day = page.get_by_role("group", name=weekday)
        day.locator("input").nth(0).fill("09:00")
        day.locator("input").nth(1).fill("13:00")
    looks_well(page, "timetable-filled")
    press(page, "Salva l’orario")
    expect(page.get_by_text("L’orario è salvato.")).to_be_visible()
    expect(page.get_by_text("28 ore a settimana", exact=True)).to_be_visible()
    press(page, "Manda il link")
    expect(page.get_by_text("Il link è partito.")).to_be_visible()


def link_of(message):
    return next(word for word in message.split() if "/da-confermare/" in word)


def test_from_the_timetable_to_a_closed_month(signed_in, new_page, internship, partner_staff, today, last_month):
    marta, amina, carla = signed_in(partner_staff), signed_in(internship.participation.person.user), new_page()
    plan_the_week(marta, internship)

    # Amina: one tap for today, one day with other hours, one away.
    last, other = last_days(today)[1], last_days(today)[0]
    amina.goto(f"/tirocini/{internship.pk}/")
    looks_well(amina, "my-internship-running")
    amina.get_by_role("link", name="Segna le tue ore").click()
    expect(amina.get_by_role("heading", name="I tuoi giorni")).to_be_visible()
    looks_well(amina, "my-days")
    tap(amina, today, "4 ore")
    expect(row(amina, today).get_by_text(SENT)).to_be_visible()
    assert stands(today) == ("proposed", FOUR)
    tap(amina, last, "Altre ore")
    expect(row(amina, last).get_by_text("Scrivi quante ore")).to_be_visible()
    row(amina, last).get_by_label("Quante ore?").fill("5,5")
    row(amina, last).get_by_label("Quante ore?").blur()
    expect(row(amina, last).get_by_text(SENT)).to_be_visible()
    assert stands(last) == ("proposed", Decimal("5.5"))
    tap(amina, other, "Non c’ero")
    row(amina, other).get_by_label("Perché no?").select_option("ill")
    expect(row(amina, other).get_by_text(SENT)).to_be_visible()
    assert stands(other) == ("absent", 0)
    looks_well(amina, "my-days-said")

    # A note for her dossier, and the paper of the doctor.
    amina.goto(f"/tirocini/{internship.pk}/giorni/{other}/")
    amina.get_by_label("La tua nota").fill("Ho letto il ricettario a casa")
    press(amina, "Salva la nota")
    expect(amina.get_by_text("Salvato.")).to_be_visible()
    amina.get_by_label("File").set_input_files(
        {"name": "foglio.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40}
    )
    press(amina, "Aggiungi il file")
    expect(amina.get_by_role("link", name="foglio.png")).to_be_visible()
    looks_well(amina, "my-day-with-file")

    # Carla has no account: a minute, and a day that is not right.
    carla.goto(link_of(latest_message("carla@example.org")))
    expect(carla.get_by_role("heading", name="Bar Basso")).to_be_visible()
    looks_well(carla, "host-home")
    assert internship.days.filter(state="confirmed").exists()
    opened = carla.url
    carla.get_by_role("link", name="I vostri compiti").click()
    expect(carla.get_by_role("heading", name="in una pagina")).to_be_visible()
    looks_well(carla, "host-duties")
    carla.goto(f"{opened}{internship.pk}/{last_month:%Y-%m}/")
    looks_well(carla, "host-month")
    day = carla.locator(f'[id="{last.isoformat()}"]')
    day.locator("summary").click()
    day.get_by_role("button", name="Non è giusto").click()
    expect(carla.get_by_role("alert")).to_contain_text("che cosa non è giusto")
    looks_well(carla, "host-dispute-unsaid")
    day.get_by_label("Che cosa non è giusto?").fill("È andata via alle 13")
    day.get_by_role("button", name="Non è giusto").click()
    expect(carla.get_by_text("lo diciamo a chi fa il tirocinio")).to_be_visible()
    assert stands(last)[0] == "disputed"
    looks_well(carla, "host-disputed")

    # Amina reads why and writes it anew; Carla confirms all that is there, then the month.
    amina.goto(f"/tirocini/{internship.pk}/giorni/")
    expect(row(amina, last).get_by_text("È andata via alle 13")).to_be_visible()
    looks_well(amina, "my-days-disputed")
    tap(amina, last, "4 ore")
    expect(row(amina, last).get_by_text(SENT)).to_be_visible()
    carla.goto(opened)
    looks_well(carla, "host-home-again")
    carla.get_by_role("button", name="Conferma 8 ore").click()
    expect(carla.get_by_text("2 giorni confermati. Grazie!")).to_be_visible()
    assert stands(today) == ("confirmed", FOUR)
    carla.goto(f"{opened}{internship.pk}/{last_month:%Y-%m}/")
    press(carla, "Chiudi il mese")
    expect(carla.get_by_text("Confermato e chiuso. Grazie!")).to_be_visible()
    looks_well(carla, "host-month-closed")
    assert RegisterMonth.objects.get().closed_link == HostLink.objects.get()

    # After closing only Marta, with a reason; the trace stays for all to read.
    month = f"/tirocini/{internship.pk}/mesi/{last_month:%Y-%m}/"
    marta.goto(month)
    looks_well(marta, "register-month-closed")
    marta.locator("tr", has_text="È andata via alle 13").get_by_role("link", name="Correggi").click()
    marta.get_by_label("Quante ore sono giuste?").fill("3")
    press(marta, "Correggi")
    expect(marta.get_by_role("alert")).to_contain_text("perché")
    looks_well(marta, "day-amend-unsaid")
    marta.get_by_label("Perché lo cambi?").fill("Il foglio firmato dice tre ore")
    press(marta, "Correggi")
    expect(marta.get_by_text("Corretto. Quello che c’era prima")).to_be_visible()
    assert RegisterChange.objects.filter(is_amendment=True).count() == 1
    amina.goto(month)
    amina.locator("details", has_text="tre ore").locator("summary").click()
    expect(amina.get_by_text("Perché: Il foglio firmato dice tre ore")).to_be_visible()
    looks_well(amina, "register-month-mine")

    # A link that is taken back opens nothing.
    marta.goto(f"/tirocini/{internship.pk}/")
    press(marta, "Ritira il link")
    expect(marta.get_by_text("Il link non apre più niente.")).to_be_visible()
    with tolerate(carla, 410):
        carla.goto(opened)
        expect(carla.get_by_text("Questo link non si usa più")).to_be_visible()
        expect(carla.get_by_text(internship.participation.person.full_name)).to_have_count(0)


def test_the_network_goes_and_nothing_is_lost_or_doubled(signed_in, internship, daily, today):
    page = signed_in(internship.participation.person.user)
    address = f"/tirocini/{internship.pk}/giorni/"
    page.goto(address)
    with tolerate(page, NO_ANSWER):
        page.context.set_offline(True)
        tap(page, last_days(today)[0], "4 ore")
        tap(page, last_days(today)[1], "Non c’ero")
        row(page, last_days(today)[1]).get_by_label("Perché no?").select_option("school")
        expect(row(page, last_days(today)[1]).get_by_text("Non ancora inviato")).to_be_visible()
        looks_well(page, "my-days-without-network")
        assert stands(last_days(today)[0]) is None
        page.goto("about:blank")
        page.context.set_offline(False)
    page.goto(address)
    nothing_waits(page)
    assert stands(last_days(today)[0]) == ("proposed", FOUR)
    assert stands(last_days(today)[1]) == ("absent", 0)

    # The answer is lost after the day was written: it is sent again, and written once.
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    before = RegisterChange.objects.count()
    with tolerate(page, NO_ANSWER):
        page.route(f"**{address}", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
        tap(page, today, "Non c’ero")
        row(page, today).get_by_label("Perché no?").select_option("family")
        while not lost:
            page.wait_for_timeout(50)
        page.unroute(f"**{address}")
        nothing_waits(page)
    assert stands(today) == ("absent", 0)
    assert RegisterChange.objects.count() == before + 1
    assert drafts(page) == 0


def test_without_javascript_it_is_a_form(new_page, live_server, client, settings, internship, daily, today):
    client.force_login(internship.participation.person.user, backend="accounts.backends.ByPassword")
    page = new_page(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"/tirocini/{internship.pk}/giorni/")
    tap(page, today, "Non c’ero")
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_contain_text("perché non c’eri")
    row(page, today).get_by_label("Perché no?").select_option("ill")
    press(page, "Salva")
    expect(page.get_by_text("Salvato: la tua azienda lo conferma.")).to_be_visible()
    assert stands(today) == ("absent", 0)


def test_not_here_today(page, internship, today):
    link = factories.HostLinkFactory(tutor=internship.host_tutor)
    page.goto(f"/tirocini/da-confermare/{token_of(link)}/")
    page.get_by_role("button", name="Oggi non c’è").click()
    expect(page.get_by_text("lo diciamo al promotore")).to_be_visible()
    expect(page.get_by_text("Oggi assente")).to_be_visible()
    looks_well(page, "host-not-here")
    assert stands(today) == ("absent", 0)
    assert Internship.objects.get().days.get(on=today).recorded_by is None


def test_the_tutor_reports_an_accident(page, internship, partner_staff):
    link = factories.HostLinkFactory(tutor=internship.host_tutor)
    page.goto(f"/tirocini/da-confermare/{token_of(link)}/")
    page.get_by_role("link", name="Segnala un infortunio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Segnala un infortunio")
    page.get_by_label("Che cosa è successo").fill("Si è tagliata un dito con il coltello del pane.")
    page.get_by_role("button", name="Segnala l’infortunio").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "host-accident")
    page.get_by_label("Nome e cognome").fill("Luca Rossi")
    page.get_by_role("button", name="Segnala l’infortunio").click()
    expect(page.get_by_text("Chi promuove il tirocinio ha ricevuto un messaggio")).to_be_visible()
    looks_well(page, "host-accident-done")
    accident = internship.accidents.get()
    assert (accident.reporter, accident.reported_by) == ("Luca Rossi", None)
    assert "INAIL" in latest_message(partner_staff.email)
