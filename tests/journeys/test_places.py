"""Places change hands: other dates for one, several people at once for an operator."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pathways import actions
from pathways.models import Enrolment
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well
from tests.pathways import ways


@pytest.fixture
def course(partner, edition):
    course = ways.course(partner, edition, title="Barman per eventi")
    factories.RunFactory(opportunity=course, places=3)
    return course


def later_run(course, **fields):
    starts = timezone.localdate() + timedelta(days=60)
    return factories.RunFactory(
        opportunity=course, starts_on=starts, ends_on=starts + timedelta(days=5), enrol_by=starts, **fields
    )


def test_moves_to_other_dates(signed_in, course, participation, edition, now):
    run = course.runs.get()
    full, free = later_run(course, places=1), later_run(course, places=4)
    taker = ways.taker(edition)
    actions.enrol(run=full, participation=taker, by=taker.person.user, now=now)
    mine = actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)
    page = signed_in(participation.person.user)
    page.goto(f"/iscrizione/{mine.pk}/")
    page.get_by_role("link", name="Altre date").click()
    expect(page.get_by_role("heading", name="Altre date")).to_be_visible()
    expect(page.get_by_text("Lì non ci sono posti liberi")).to_be_visible()
    looks_well(page, "move")
    page.get_by_role("button", name="Spostami qui").click()
    expect(page.get_by_role("heading", name="Hai un posto")).to_be_visible()
    expect(page.get_by_text("Fatto: ora le date sono queste.")).to_be_visible()
    assert Enrolment.objects.get(participation=participation, state="enrolled").run == free


def test_enrols_several_people_at_once(signed_in, course, operator, edition, now):
    run = course.runs.get()
    run.places = 1
    run.save()
    for name in ("Aster", "Beatrice", "Chanel"):
        taker = ways.taker(edition, first_name=name)
        taker.operator = operator
        taker.save()
    page = signed_in(operator)
    page.goto(f"/opportunita/{course.slug}/")
    page.get_by_role("link", name="Iscrivi persone che segui").first.click()
    expect(page.get_by_role("heading", name="Iscrivi più persone")).to_be_visible()
    page.get_by_role("button", name="Iscrivi").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "together-wrong")
    page.get_by_label("Aster").check()
    page.get_by_label("Beatrice").check()
    page.get_by_role("button", name="Iscrivi").click()
    expect(page.get_by_role("heading", name="Com’è andata")).to_be_visible()
    expect(page.get_by_text("In lista d’attesa")).to_be_visible()
    looks_well(page, "together-done")
    assert sorted(run.enrolments.values_list("state", flat=True)) == ["enrolled", "waiting"]
