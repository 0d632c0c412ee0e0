"""Pages of coordinators, evaluators and partners."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import BudgetLine
from reporting import actions
from reporting.indicators import INDICATORS, Scope
from reporting.models import Expense, Figures, Report
from tests import factories as f
from tests.reporting.conftest import ROME, somebody


@pytest.fixture
def counted(edition, facts, now):
    actions.refresh_figures(edition=edition, now=now)
    return facts


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_dashboard_shows_the_last_count_and_its_age(counted, edition, as_user, coordinator, city, now):
    page = as_user(coordinator).get("/cruscotto/").content.decode()
    assert "dati alle 10:00" in page
    assert "In ritardo su 800" in page
    # What comes after the count waits for the next one.
    f.ReceptionFactory(participation=somebody(edition, "New"), organisation=city, at=now)
    again = as_user(coordinator).get("/cruscotto/").content.decode()
    assert re.findall(r"(\d+)</a> / 800", again) == [str(counted["involved"])]


def test_before_the_first_count_the_coordinator_can_ask_for_it(edition, facts, as_user, coordinator, evaluator):
    client = as_user(coordinator)
    assert "Conta adesso" in client.get("/cruscotto/").content.decode()
    assert "Conta adesso" not in as_user(evaluator).get("/cruscotto/").content.decode()
    assert not Figures.objects.exists(), "a GET counts nothing"
    client.post("/cruscotto/conta/")
    assert f">{facts['involved']}</a> / 800" in client.get("/cruscotto/").content.decode()


def every_row(client, url):
    """The rows of all pages behind `url`."""
    rows = []
    while url:
        page = client.get(url).content.decode()
        rows += re.findall(r'<th scope="row">(.*?)</th>', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = following and following[1].replace("&amp;", "&")
    return rows


@pytest.mark.parametrize("user", ["coordinator", "evaluator"])
def test_a_figure_opens_as_many_rows_as_it_counts(counted, edition, city, as_user, user, request, now):
    for number in range(60):
        participation = somebody(edition, f"Number{number % 7}")
        f.ReceptionFactory(participation=participation, organisation=city, at=now)
    actions.refresh_figures(edition=edition, now=now)
    client = as_user(request.getfixturevalue(user))
    page = client.get("/cruscotto/").content.decode()
    links = set(re.findall(r'href="(/cruscotto/[a-z_]+/\?[^"]+)">([\d.]+)</a>', page))
    assert len(links) > 12
    for url, count in links:
        rows = every_row(client, url.replace("&amp;", "&"))
        assert len(rows) == len(set(rows)) == int(count.replace(".", "")), url


def test_evaluators_see_no_names_nor_keys(counted, as_user, evaluator, edition):
    page = as_user(evaluator).get("/cruscotto/involved/").content.decode()
    assert "Prova" not in page
    for participation in edition.participations.all():
        assert str(participation.pk) not in page
        assert str(participation.person_id) not in page


def test_coordinators_see_names_in_order_that_lead_to_the_file(counted, as_user, coordinator, edition):
    page = as_user(coordinator).get("/cruscotto/involved/").content.decode()
    names = re.findall(r'<th scope="row"><a href="/persone/[^"]+">Prova ([^<]+)</a>', page)
    assert names == sorted(names)
    assert len(names) == counted["involved"]


@pytest.mark.parametrize(
    "url",
    [
        "/cruscotto/nothing/",
        "/cruscotto/involved/?partner=nobody",
        "/cruscotto/involved/?macroazione=99",
        "/cruscotto/involved/?macroazione=x",
        "/cruscotto/involved/?obiettivo=nothing",
    ],
)
def test_rows_that_are_not_there(counted, as_user, coordinator, url):
    assert as_user(coordinator).get(url).status_code == 404


def test_a_made_up_place_in_the_list_is_refused(counted, as_user, coordinator):
    assert as_user(coordinator).get("/cruscotto/involved/?dopo=abc").status_code == 400


@pytest.mark.parametrize(
    "url",
    ["/cruscotto/", "/cruscotto/involved/", "/cruscotto/hours/", "/bilancio/", "/spese/", "/rapporti/"],
)
def test_queries_stay_few_whatever_the_rows(counted, edition, as_user, coordinator, city, url, now):
    client = as_user(coordinator)
    line = edition.budget_lines.first()
    f.ExpenseFactory(line=line)
    f.ReportFactory(edition=edition)
    before = queries(client, url)
    for number in range(12):
        f.ExpenseFactory(line=line, document_number=f"n{number}")
        f.ReportFactory(edition=edition, ready=True)
        f.ReceptionFactory(participation=somebody(edition, f"N{number}"), organisation=city, at=now)
    actions.refresh_figures(edition=edition, now=now)
    assert queries(client, url) == before <= 12


# --- Money --------------------------------------------------------------------------------


def test_the_budget_adds_up_on_the_page(edition, as_user, coordinator, evaluator):
    for user in (coordinator, evaluator):
        page = as_user(user).get("/bilancio/").content.decode().replace("\u00a0", " ")
        assert page.count("356.545,00 €") >= 5
        assert "153.519,00 €" in page
        assert "203.026,00 €" in page


def test_partners_see_only_their_own_money(edition, as_user, partner_admin, other_partner, partner):
    f.ExpenseFactory(line=BudgetLine.objects.filter(partnership__organisation=other_partner).first(), supplier="Altrui")
    f.ExpenseFactory(line=BudgetLine.objects.filter(partnership__organisation=partner).first(), supplier="Nostra")
    client = as_user(partner_admin)
    page = client.get("/bilancio/").content.decode()
    assert partner.short_name in page
    assert other_partner.short_name not in page
    assert "356.545,00" not in page
    listed = client.get("/spese/").content.decode()
    assert "Nostra" in listed
    assert "Altrui" not in listed
    assert "Altrui" not in client.get(f"/spese/?partner={other_partner.code}").content.decode()


@pytest.fixture
def typed(edition, partner):
    line = BudgetLine.objects.filter(edition=edition, partnership__organisation=partner).first()
    return {
        "line": line.pk,
        "supplier": "Cartoleria Rossi",
        "document_number": "7",
        "document_date": "2026-04-20",
        "description": "Quaderni",
        "amount": "1.234,56",
        "paid_on": "",
    }


def test_an_expense_is_typed_with_the_decimal_comma(typed, as_user, partner_staff):
    answer = as_user(partner_staff).post("/spese/nuova/", typed, follow=True)
    assert "1.234,56" in answer.content.decode()
    assert Expense.objects.get().amount == Decimal("1234.56")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "dodici"}, "Scrivi l’importo così: 1.234,56."),
        ({"amount": "0"}, "L’importo deve essere più di zero."),
        ({"amount": "99.999.999,00"}, "In questa voce restano"),
        ({"document_date": "2026-05-06"}, "La data del documento deve ancora venire."),
        ({"document_date": "2020-05-06"}, "fuori dall’edizione"),
    ],
)
def test_what_is_refused_says_why_and_loses_nothing(typed, as_user, partner_staff, changes, sentence):
    page = as_user(partner_staff).post("/spese/nuova/", typed | changes).content.decode()
    assert sentence in page
    assert 'value="Cartoleria Rossi"' in page
    assert f'value="{changes.get("amount", "1.234,56")}"' in page
    assert not Expense.objects.exists()


def test_a_partners_form_offers_no_other_partners_line(typed, as_user, partner_staff, other_partner):
    foreign = BudgetLine.objects.filter(partnership__organisation=other_partner).first()
    page = as_user(partner_staff).get("/spese/nuova/").content.decode()
    assert f'value="{foreign.pk}"' not in page
    as_user(partner_staff).post("/spese/nuova/", typed | {"line": foreign.pk})
    assert not Expense.objects.exists()


def test_a_payment_is_noted_on_the_expenses_page(typed, as_user, partner_staff, evaluator):
    client = as_user(partner_staff)
    client.post("/spese/nuova/", typed)
    url = f"/spese/{Expense.objects.get().pk}/"
    assert "2026-04-01" in client.post(url, {"paid_on": "2026-04-01"}).content.decode()
    client.post(url, {"paid_on": "2026-05-04"})
    assert str(Expense.objects.get().paid_on) == "2026-05-04"
    assert "Registra il pagamento" not in client.get(url).content.decode()


def test_expenses_page_by_page(edition, as_user, coordinator):
    line = edition.budget_lines.first()
    for number in range(60):
        f.ExpenseFactory(line=line, supplier=f"S{number}", amount=Decimal("1.00"))
    rows = every_row(as_user(coordinator), "/spese/")
    assert len(rows) == len(set(rows)) == 60


# --- Reports ----------------------------------------------------------------------------------


def test_asking_leads_to_the_progress_and_then_to_the_document(edition, facts, as_user, coordinator, monkeypatch, now):
    monkeypatch.setattr("foundation.documents.pdf.render", lambda page, **kwargs: b"%PDF-1.7 made")
    client = as_user(coordinator)
    answer = client.post("/rapporti/nuovo/", {"from_day": edition.starts_on, "to_day": "2026-05-05", "language": "it"})
    report = Report.objects.get()
    assert answer.url == f"/rapporti/{report.pk}/"
    report.refresh_from_db()
    waiting = f.ReportFactory(edition=edition, to_day="2026-05-04")
    page = client.get(f"/rapporti/{waiting.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    part = client.get(f"/rapporti/{waiting.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'hx-get="/rapporti/{waiting.pk}/"' in part
    actions.build_report(report_id=waiting.pk, now=now)
    part = client.get(f"/rapporti/{waiting.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert "Scarica il PDF" in part
    got = client.get(f"/rapporti/{waiting.pk}/pdf/")
    assert b"".join(got.streaming_content) == b"%PDF-1.7 made"
    assert got["Content-Disposition"].startswith("attachment")


def test_a_failed_report_can_be_tried_again(edition, as_user, coordinator, evaluator):
    report = f.ReportFactory(edition=edition, state="failed", error="Non riuscito tre volte.", attempts=3)
    page = as_user(coordinator).get(f"/rapporti/{report.pk}/").content.decode()
    assert "Non riuscito tre volte." in page
    assert "Riprova" in page
    assert "Riprova" not in as_user(evaluator).get(f"/rapporti/{report.pk}/").content.decode()


def test_every_indicator_has_its_page(counted, as_user, coordinator, edition):
    for slug in INDICATORS:
        assert as_user(coordinator).get(f"/cruscotto/{slug}/").status_code == 200
    assert Scope.of(edition).from_day == edition.starts_on


def test_an_old_edition_says_the_day_of_its_count(edition, facts, as_user, coordinator, now):
    actions.refresh_figures(edition=edition, now=now - timedelta(days=2))
    assert datetime(2026, 5, 3, 10, tzinfo=ROME) == Figures.objects.get().counted_at
    assert "dati del 3 maggio 2026" in as_user(coordinator).get("/cruscotto/").content.decode().lower()


def test_a_line_of_the_budget_leads_to_its_form(typed, edition, as_user, coordinator, partner):
    client = as_user(coordinator)
    assert f"riga={typed['line']}" in client.get("/bilancio/").content.decode()
    page = client.get(f"/spese/nuova/?riga={typed['line']}").content.decode()
    assert re.search(rf'<option value="{typed["line"]}" selected>', page)
    assert client.post(f"/spese/nuova/?riga={typed['line']}", typed).status_code == 302
    for unknown in ("999999", "x"):
        assert client.get(f"/spese/nuova/?riga={unknown}").status_code == 404
