"""Marta's board: what needs a hand now, a list with its filters, several at once, tutors' loads; the host's page."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from internships.host_link import token_of
from internships.models import DatedTodo, Visit
from tests import factories
from tests.journeys.conftest import expect, latest_message
from tests.journeys.deeds import looks_well, main, press


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def interns(partner, partner_staff, operator, edition, today, now):
    """Three at work at two hosts: of two a notice is late, of one the host has days to confirm."""
    bar = factories.OperatingUnitFactory(host__name="Bar Basso")
    tutor = factories.HostTutorFactory(host=bar.host, email="carla@barbasso.example")
    rows = []
    for n, unit in enumerate((bar, bar, factories.OperatingUnitFactory(host__name="Officina Neri"))):
        person = factories.YoungPersonFactory(first_name=["Amina", "Bruno", "Chiara"][n], last_name="Haddad")
        row = factories.InternshipFactory(
            participation=factories.ParticipationFactory(person=person, edition=edition, operator=operator),
            promoter=partner,
            unit=unit,
            host_tutor=tutor if unit is bar else factories.HostTutorFactory(host=unit.host),
            promoter_tutor=partner_staff,
            created_by=partner_staff,
            state="running",
            starts_on=today - timedelta(days=40),
            ends_on=today + timedelta(days=40),
            title="Stare dietro al bancone",
        )
        for first in {(today - timedelta(days=days)).replace(day=1) for days in range(41)}:
            if first < today.replace(day=1):
                factories.RegisterMonthFactory(internship=row, first=first)
        state = "proposed" if n == 0 else "confirmed"
        factories.RegisterDayFactory(internship=row, on=today - timedelta(days=2), hours=6, state=state)
        if n < 2:
            due_on = today - timedelta(days=5)
            factories.DatedTodoFactory(internship=row, kind="registration", due_on=due_on)
        rows.append(row)
    return rows


def heading(page, words):
    expect(main(page).get_by_role("heading", name=words)).to_be_visible()


def test_several_at_once_from_what_needs_a_hand(interns, signed_in, partner_staff, device):
    page = signed_in(partner_staff)
    page.goto("/tirocini/")
    heading(page, "Da vedere adesso")
    expect(main(page).get_by_text("Registrazione sul portale regionale: in ritardo di 5 giorni").first).to_be_visible()
    looks_well(page, "board")

    main(page).get_by_role("link", name="Una scadenza è passata 2").click()
    heading(page, "Una scadenza è passata")
    expect(main(page).get_by_role("link", name="Chiara Haddad")).to_have_count(0)
    looks_well(page, "board-list")
    # Nobody ticked: said so, and the list stands as it was.
    press(page, "Continua")
    expect(main(page).get_by_text("Scegli che cosa fare e almeno un tirocinio.")).to_be_visible()
    heading(page, "Una scadenza è passata")

    main(page).get_by_label("Scegli Amina Haddad").check()
    main(page).get_by_label("Con quelli che hai scelto").select_option("todo")
    press(page, "Continua")
    heading(page, "1 tirocinio")
    page.go_back()
    press(page, "Con tutto l’elenco")
    heading(page, "2 tirocini")
    main(page).get_by_label("Che cosa è fatto").select_option("registration")
    press(page, "Fallo per tutti questi")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "board-together-errors")
    main(page).get_by_label("Numero della ricevuta").fill("REG-2026-77")
    looks_well(page, "board-together")
    press(page, "Fallo per tutti questi")
    expect(main(page).get_by_text("Fatto per 2 tirocini")).to_be_visible()
    looks_well(page, "board-together-done")
    assert DatedTodo.objects.filter(reference="REG-2026-77").count() == 2
    page.reload()
    expect(main(page).get_by_text("Fatto per 2 tirocini")).to_be_visible()
    main(page).get_by_role("link", name="Torna all’elenco").click()
    heading(page, "Qui non resta niente da fare")


def test_what_cannot_be_done_is_said_with_its_reason(interns, signed_in, partner_staff, today):
    page = signed_in(partner_staff)
    page.goto("/tirocini/?stato=running")
    main(page).get_by_label("Con quelli che hai scelto").select_option("remind")
    press(page, "Con tutto l’elenco")
    looks_well(page, "board-remind")
    press(page, "Manda i promemoria")
    expect(main(page).get_by_text("Fatto per 1 tirocinio")).to_be_visible()
    expect(main(page).get_by_text("Nessun giorno aspetta l’azienda.").first).to_be_visible()
    looks_well(page, "board-together-partly")
    assert "aspetta una conferma" in latest_message("carla@barbasso.example")

    page.goto("/tirocini/?stato=running")
    main(page).get_by_label("Scegli Bruno Haddad").check()
    main(page).get_by_label("Con quelli che hai scelto").select_option("visit")
    press(page, "Continua")
    main(page).get_by_label("Giorno della visita").fill((today + timedelta(days=3)).isoformat())
    press(page, "Fallo per tutti questi")
    expect(main(page).get_by_text("Per tutti.")).to_be_visible()
    assert Visit.objects.get().internship == interns[1]


def test_filters_stand_in_the_address_and_the_file_keeps_to_them(interns, signed_in, partner_staff):
    page = signed_in(partner_staff)
    page.goto("/tirocini/")
    main(page).get_by_role("searchbox").fill("officina")
    press(page, "Cerca")
    expect(main(page).get_by_role("link", name="Chiara Haddad")).to_be_visible()
    expect(main(page).get_by_role("link", name="Amina Haddad")).to_have_count(0)
    page.goto("/tirocini/")
    if not main(page).get_by_label("Finisce entro").is_visible():
        main(page).get_by_text("Filtra", exact=True).click()
    main(page).get_by_label("Finisce entro").select_option("60")
    press(page, "Mostra")
    heading(page, "Quelli che finiscono")
    expect(main(page).get_by_role("link", name="Amina Haddad")).to_be_visible()
    assert "entro=60" in page.url
    with page.expect_download() as taken:
        main(page).get_by_role("link", name="XLSX").click()
    lines = list(load_workbook(io.BytesIO(taken.value.path().read_bytes())).active.iter_rows(values_only=True))
    assert len(lines) == 4
    main(page).get_by_role("link", name="Finisce entro 60 giorni").click()
    heading(page, "In corso")


def test_who_has_room_for_more(interns, signed_in, partner_staff):
    page = signed_in(partner_staff)
    page.goto("/tirocini/")
    main(page).get_by_role("link", name="Tutor", exact=True).click()
    expect(main(page).get_by_role("row").filter(has_text=partner_staff.name)).to_contain_text("Posto per 17")
    looks_well(page, "tutor-loads")
    main(page).get_by_role("link", name="I tutor delle aziende").click()
    expect(main(page).get_by_role("row").filter(has_text="Bar Basso")).to_contain_text("Posto per 1")
    expect(main(page).get_by_text("DGR X/7763").first).to_be_visible()
    looks_well(page, "tutor-loads-hosts")


def test_the_host_sees_where_each_stands_and_what_it_owes(interns, page, partner, partner_staff, today):
    bar = interns[0]
    coming = factories.InternshipFactory(
        promoter=partner,
        promoter_tutor=partner_staff,
        unit=bar.unit,
        host_tutor=bar.host_tutor,
        state="agreed",
        starts_on=today + timedelta(days=9),
        ends_on=today + timedelta(days=90),
        title="Fare i cocktail",
    )
    factories.TrainingProjectFactory(internship=coming, state="host")
    link = factories.HostLinkFactory(tutor=bar.host_tutor, created_by=partner_staff)
    page.goto(f"/tirocini/da-confermare/{token_of(link)}/")
    heading(page, "Prima dell’inizio")
    expect(main(page).get_by_text("valutazione dei rischi (DVR)")).to_be_visible()
    expect(main(page).get_by_text("In corso").first).to_be_visible()
    expect(main(page).get_by_text("Chiara Haddad")).to_have_count(0)
    looks_well(page, "host-home-with-what-is-due")
    main(page).get_by_role("link", name="Scrivete la vostra parte").click()
    expect(main(page).get_by_role("button", name="Salva per dopo")).to_be_visible()
