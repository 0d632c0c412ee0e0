"""A partner writes an activity in Arabic; who reads Arabic finds it, and the others are told what is missing."""

import pytest

from pathways import actions
from pathways.models import Opportunity
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.journeys.deeds import press
from tests.pathways import ways
from tests.pathways.test_translations import ARABIC


@pytest.fixture
def course(partner, edition):
    return ways.course(
        partner,
        edition,
        title="Barman per eventi",
        summary="Impari un mestiere in quaranta ore.",
        for_whom="Per chi ama stare con le persone.",
        what_you_get="Un attestato.",
        description="Quaranta ore dietro al bancone.\n\nSi impara facendo.",
    )


def write_in_arabic(page, course):
    page.goto(f"/attivita/{course.slug}/")
    page.get_by_role("link", name="In altre lingue").click()
    expect(page.get_by_text("Da tradurre").first).to_be_visible()
    assert_accessible(page)
    screenshot(page, "translations")
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_text("Si impara facendo.")).to_be_visible()
    page.get_by_label("titolo").fill(ARABIC["title"])
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "translation-error")
    for label, name in (
        ("in una frase", "summary"),
        ("per chi è", "for_whom"),
        ("che cosa ottieni", "what_you_get"),
        ("che cos’è", "description"),
    ):
        page.get_by_label(label).fill(ARABIC[name])
    screenshot(page, "translation")
    press(page, "Salva")
    expect(page.get_by_text("Aggiornata")).to_be_visible()


def test_from_the_partner_to_the_reader(page, new_page, signed_in, partner_staff, course, now):
    staff = signed_in(partner_staff)
    write_in_arabic(staff, course)

    page.goto(f"/opportunita/{course.slug}/")
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("heading", name=ARABIC["title"])).to_be_visible()
    assert page.get_by_role("heading", name=ARABIC["title"]).get_attribute("dir") == "rtl"
    assert_accessible(page)
    screenshot(page, "activity-in-arabic")

    ukrainian = new_page()
    ukrainian.goto(f"/opportunita/{course.slug}/?leggi=uk")
    expect(ukrainian.get_by_text("Цей текст італійською.")).to_be_visible()
    assert_accessible(ukrainian)
    screenshot(ukrainian, "activity-not-translated")

    actions.save_opportunity(
        opportunity=Opportunity.objects.get(), summary="Adesso dura di più.", by=partner_staff, now=now
    )
    page.reload()
    expect(page.get_by_text("قد تكون هذه الترجمة غير محدّثة")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "activity-out-of-date")
    staff.goto(f"/attivita/{course.slug}/traduzioni/")
    expect(staff.get_by_text("Forse non aggiornata")).to_be_visible()
    staff.get_by_role("link", name="العربية").click()
    expect(staff.get_by_text("Il testo italiano è cambiato dopo")).to_be_visible()
    assert_accessible(staff)
    screenshot(staff, "translation-out-of-date")
    press(staff, "Salva")
    expect(staff.get_by_text("Aggiornata")).to_be_visible()
    staff.get_by_role("link", name="العربية").click()
    press(staff, "Togli la traduzione")
    expect(staff.get_by_text("Tolta.")).to_be_visible()
