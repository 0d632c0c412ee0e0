"""Rita, who coordinates: from the figure to its rows, an expense, and the report for the Region."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reporting import actions, tasks
from reporting.models import Expense, Report
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, main


@pytest.fixture
def going(edition, city, partner, now):
    """Thirty people received over the last months; seven of them in a course of `partner`."""
    training = edition.macro_actions.get(number=4)
    course = factories.OpportunityFactory(edition=edition, organisation=partner, macro_action=training)
    session = factories.SessionFactory(run__opportunity=course, starts_at=now - timedelta(days=20))
    for number in range(30):
        opened_at = now - timedelta(days=5 * number + 1)
        participation = factories.ParticipationFactory(
            edition=edition, opened_at=opened_at, person__user=None, person__first_name="Amina"
        )
        factories.ReceptionFactory(participation=participation, organisation=city, at=opened_at)
        if number < 7:
            factories.AttendanceFactory(
                session=session, enrolment=factories.EnrolmentFactory(run=session.run, participation=participation)
            )
    actions.refresh_figures(edition=edition, now=now)
    return edition


def follow_a_figure(page):
    page.goto("/cruscotto/")
    expect(page.get_by_text("In ritardo su 800").first).to_be_visible()
    looks_well(page, "dashboard")
    main(page).get_by_role("link", name="30", exact=True).first.click()
    expect(page.get_by_role("heading", name="Giovani coinvolti")).to_be_visible()
    expect(main(page).get_by_role("rowheader")).to_have_count(25)
    looks_well(page, "figure-rows")
    page.get_by_role("link", name="Avanti").click()
    expect(main(page).get_by_role("rowheader")).to_have_count(5)


def enter_an_expense(page):
    page.goto("/bilancio/")
    expect(main(page).get_by_text("356.545,00\u00a0€").first).to_be_visible()
    looks_well(page, "budget")
    page.get_by_role("link", name="Inserisci una spesa").click()
    looks_well(page, "expense-partner")
    page.get_by_role("link", name="CE.SVI.P").click()
    page.get_by_label("Voce di bilancio").select_option(index=1)
    page.get_by_label("Fornitore").fill("Cartoleria Rossi")
    page.get_by_label("Numero del documento").fill("12/A")
    page.get_by_label("Data del documento").fill(f"{timezone.localdate() - timedelta(days=3):%Y-%m-%d}")
    page.get_by_label("Per che cosa").fill("Quaderni per il corso")
    page.get_by_label("Importo in euro").fill("1.234,5x")
    page.get_by_role("button", name="Inserisci la spesa").click()
    expect(page.get_by_role("alert")).to_contain_text("1.234,56")
    expect(page.get_by_label("Fornitore")).to_have_value("Cartoleria Rossi")
    looks_well(page, "expense-refused")
    page.get_by_label("Importo in euro").fill("1.234,56")
    page.get_by_role("button", name="Inserisci la spesa").click()
    expect(page.get_by_text("La spesa è inserita.")).to_be_visible()
    page.get_by_label("Pagata il").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="Registra il pagamento").click()
    expect(page.get_by_text("Il pagamento è registrato.")).to_be_visible()
    looks_well(page, "expense-detail")
    page.goto("/spese/")
    expect(main(page).get_by_text("1.234,56\u00a0€")).to_be_visible()
    looks_well(page, "expense-list")


def ask_for_the_report(page, edition, now):
    actions.refresh_figures(edition=edition, now=now)
    page.goto("/cruscotto/")
    page.get_by_role("link", name="Crea rapporto").click()
    looks_well(page, "report-create")
    page.get_by_role("button", name="Crea il rapporto").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    looks_well(page, "report-progress")
    # The worker's part: the open page notices by itself.
    report = actions.build_report(report_id=Report.objects.get().pk, now=now)
    expect(page.get_by_role("heading", name="Il rapporto è pronto")).to_be_visible()
    looks_well(page, "report-ready")
    with page.expect_download() as download:
        page.get_by_role("link", name="Scarica il PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert report.frozen["indicators"][0]["count"] == 30
    assert report.frozen["budget"]["total"]["spent"] == "1234.56"
    page.goto("/rapporti/")
    looks_well(page, "report-list")


def test_coordinator(signed_in, coordinator, going, now, monkeypatch):
    monkeypatch.setattr(tasks.build_report, "delay", lambda **kwargs: None)
    page = signed_in(coordinator)
    follow_a_figure(page)
    enter_an_expense(page)
    assert Expense.objects.get().paid_on
    ask_for_the_report(page, going, timezone.now())


def test_evaluator(signed_in, evaluator, going):
    page = signed_in(evaluator)
    page.goto("/cruscotto/")
    expect(page.get_by_role("link", name="Crea rapporto")).to_have_count(0)
    main(page).get_by_role("link", name="30", exact=True).first.click()
    expect(page.get_by_text("Vedi codici al posto dei nomi")).to_be_visible()
    expect(page.get_by_text("Amina")).to_have_count(0)
    looks_well(page, "figure-rows-evaluator")
