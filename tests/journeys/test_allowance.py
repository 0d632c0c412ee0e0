"""An allowance, from a closed month to the payment: Marta decides and pays, Amina reads her sum and gives her IBAN."""

from datetime import timedelta

import pytest
from django.utils import timezone

from internships.models import Allowance, BankAccount
from internships.queries.timetable import plan_of
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, press


@pytest.fixture
def internship(participation, partner, partner_staff, now, monkeypatch):
    """Running since last month, of which all days are confirmed."""
    monkeypatch.setattr("internships.timetable.holiday", lambda day: "")
    today = timezone.localdate(now)
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    internship = factories.InternshipFactory(
        participation=participation,
        promoter=partner,
        promoter_tutor=partner_staff,
        unit=factories.OperatingUnitFactory(host__name="Bar Basso"),
        starts_on=last_month,
        ends_on=today + timedelta(days=60),
        state="running",
    )
    for on in plan_of(internship).between(last_month, today.replace(day=1) - timedelta(days=1)):
        factories.RegisterDayFactory(internship=internship, on=on, hours=6, recorded_by=partner_staff)
    return internship


def test_from_a_closed_month_to_the_payment(signed_in, internship, partner_staff):
    marta, amina = signed_in(partner_staff), signed_in(internship.participation.person.user)
    amina.goto(f"/tirocini/{internship.pk}/indennita/")
    expect(amina.get_by_text("Nessun mese è ancora chiuso")).to_be_visible()
    looks_well(amina, "my-allowance-empty")

    marta.goto(f"/tirocini/{internship.pk}/mesi/{internship.starts_on:%Y-%m}/")
    press(marta, "Chiudi il mese")
    expect(marta.get_by_text("Il mese è chiuso.")).to_be_visible()
    marta.goto(f"/tirocini/{internship.pk}/indennita/")
    expect(marta.get_by_role("heading", name="500,00 €")).to_be_visible()
    marta.get_by_label("Ci sono buoni pasto o mensa").check()
    press(marta, "Salva le condizioni")
    expect(marta.get_by_role("heading", name="400,00 €")).to_be_visible()
    looks_well(marta, "allowance")

    # Now, and not before, Amina is asked for her account.
    amina.reload()
    expect(amina.get_by_text("Un mese intero, con i pasti: 400,00 €.")).to_be_visible()
    looks_well(amina, "my-allowance-due")
    amina.get_by_label("IBAN").fill("IT60X0542811101000000123457")
    amina.get_by_label("Di chi è il conto?").fill("Amina Bianchi")
    press(amina, "Salva il conto")
    expect(amina.get_by_role("alert")).to_contain_text("IBAN non è giusto")
    looks_well(amina, "my-allowance-wrong")
    amina.get_by_label("IBAN").fill("it60 x054 2811 1010 0000 0123 456")
    press(amina, "Salva il conto")
    expect(amina.get_by_text("Va sul conto IT•• •••• 3456.")).to_be_visible()
    looks_well(amina, "my-allowance-account")
    assert BankAccount.objects.get().iban == "IT60X0542811101000000123456"

    # The payer's file, and the payment.
    marta.goto("/tirocini/indennita/")
    looks_well(marta, "allowance-list")
    with marta.expect_download() as download:
        marta.get_by_role("link", name="Per chi paga (CSV)").click()
    assert "IT60X0542811101000000123456" in download.value.path().read_text()
    press(marta, "Pagate")
    expect(marta.get_by_role("alert")).to_contain_text("Scegline almeno una")
    looks_well(marta, "allowance-list-wrong")
    marta.get_by_label(internship.participation.person.full_name).check()
    marta.get_by_label("Pagata il").fill(timezone.localdate().isoformat())
    press(marta, "Pagate")
    expect(marta.get_by_text("Segnato per 1 indennità.")).to_be_visible()
    assert Allowance.objects.get().state == "paid"
    amina.reload()
    expect(amina.get_by_text("Pagata").first).to_be_visible()
    looks_well(amina, "my-allowance-paid")
