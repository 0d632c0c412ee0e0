"""Amina says how she sees herself before and after a course, and how it was; the partner reads what all said."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from pathways import actions
from pathways.models import Assessment, Run
from tests import factories
from tests.journeys.conftest import assert_accessible, expect, screenshot
from tests.journeys.deeds import main
from tests.pathways import ways


@pytest.fixture(autouse=True)
def forms_loaded(now, settings):
    folder = settings.BASE_DIR / "pathways" / "questionnaires"
    call_command("load_questionnaire", *map(str, sorted(folder.glob("*.toml"))), verbosity=0)


@pytest.fixture
def enrolment(partner, edition, participation, now):
    """In a course of ten days that began yesterday."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    run = factories.RunFactory(
        opportunity=ways.course(partner, edition, title="Barman per eventi"),
        places_taken=1,
        starts_on=yesterday,
        ends_on=yesterday + timedelta(days=10),
        enrol_by=yesterday,
    )
    by = participation.person.user
    return factories.EnrolmentFactory(run=run, participation=participation, asked_by=by)


def choose(page, sentence, answer):
    page.get_by_role("group", name=sentence).get_by_label(answer, exact=True).check()


def press(page, name):
    main(page).get_by_role("button", name=name).first.click()


def is_over(enrolment, now):
    """Three weeks went by: she was there until the end."""
    run = enrolment.run
    Run.objects.filter(pk=run.pk).update(
        starts_on=run.starts_on - timedelta(days=21), ends_on=run.ends_on - timedelta(days=11)
    )
    factories.AttendanceFactory(session=factories.SessionFactory(run=run), enrolment=enrolment)
    type(enrolment).objects.filter(pk=enrolment.pk).update(state="completed", ended_at=now)


def test_before_and_after_by_link_and_signed_in(page, signed_in, enrolment, partner_staff, now):
    noon = timezone.localtime(now).replace(hour=12, minute=0)
    # The invitation opens without signing in.
    assert actions.ask_about_activities(now=noon) == 1
    phone = signed_in(enrolment.participation.person.user)
    phone.goto(reverse("pathways:enrolment-detail", args=[enrolment.pk]))
    main(phone).get_by_role("link", name="Rispondi ora").click()
    expect(phone.get_by_role("heading", name="Si parte: come ti vedi?")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "assessment-entry")
    press(phone, "Fatto")
    expect(phone.get_by_role("alert")).to_contain_text("almeno una domanda")
    choose(phone, "Lavoro bene con gli altri", "Un po’")
    press(phone, "Salva, continuo dopo")
    expect(phone.get_by_text("Salvato.")).to_be_visible()
    main(phone).get_by_role("link", name="Continua").click()
    expect(phone.get_by_role("group", name="Lavoro bene con gli altri").get_by_label("Un po’")).to_be_checked()
    choose(phone, "Se non capisco, chiedo aiuto", "Per niente")
    choose(phone, "Rispetto orari e impegni", "Molto")
    press(phone, "Fatto")
    expect(phone.get_by_role("heading", name="Grazie!")).to_be_visible()
    assert_accessible(phone)
    main(phone).get_by_role("link", name="Guarda le tue risposte").click()
    expect(phone.get_by_role("heading", name="Come ti vedi")).to_be_visible()
    screenshot(phone, "assessment-beginning")

    is_over(enrolment, now)
    assert actions.ask_about_activities(now=noon) == 1
    # Before noon it has not left yet.
    text = OutgoingMessage.objects.filter(to=enrolment.participation.person.email).latest("created_at").text
    page.goto(text[text.index("/com-era/") :].split()[0])
    expect(page.get_by_role("heading", name="E adesso, come ti vedi?")).to_be_visible()
    expect(page.get_by_role("group", name="Lavoro bene con gli altri").get_by_label("Un po’")).not_to_be_checked()
    choose(page, "Lavoro bene con gli altri", "Molto")
    choose(page, "Se non capisco, chiedo aiuto", "Abbastanza")
    assert_accessible(page)
    press(page, "Fatto")
    expect(page.get_by_role("heading", name="Com’è andata?")).to_be_visible()
    choose(page, "Nel complesso, com’è andata?", "Benissimo")
    page.get_by_label("Che cosa ti è piaciuto, o cambieresti?").fill("Le sere in cui abbiamo fatto da soli.")
    assert_accessible(page)
    screenshot(page, "assessment-opinion")
    press(page, "Fatto")
    expect(page.get_by_role("heading", name="Grazie!")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "assessment-thanks")

    phone.reload()
    expect(phone.get_by_text("In 2 su 2 ti vedi più avanti che all’inizio.").first).to_be_visible()
    phone.get_by_text("I numeri in tabella").click()
    expect(phone.get_by_role("cell", name="Abbastanza")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "assessment-picture")
    assert Assessment.objects.done().count() == 3

    # One answer alone is shown to nobody.
    desk = signed_in(partner_staff)
    desk.goto(reverse("pathways:activity-results", args=[enrolment.run.opportunity.slug]))
    expect(desk.get_by_text("Ancora troppo poche risposte")).to_be_visible()
    assert_accessible(desk)
    screenshot(desk, "assessment-too-few")


def test_left_out_with_one_tap(signed_in, enrolment):
    phone = signed_in(enrolment.participation.person.user)
    phone.goto(reverse("pathways:assessment", args=[enrolment.pk]))
    press(phone, "Preferisco di no")
    expect(phone.get_by_role("heading", name="Va bene, le saltiamo")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "assessment-skipped")
    main(phone).get_by_role("link", name="Come mi vedo, all’inizio").click()
    expect(phone.get_by_role("heading", name="Si parte: come ti vedi?")).to_be_visible()
