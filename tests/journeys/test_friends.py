"""Amina's friend passes an activity on; she signs up by it and enrols; on the next day the link says that it helped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pathways.models import FriendLink
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, press
from tests.journeys.test_sign_up import sign_up
from tests.pathways import ways


@pytest.fixture
def run(partner, edition, now):
    course = ways.course(partner, edition, title="Barman per eventi", slug="barman-per-eventi")
    starts = timezone.localdate(now) + timedelta(days=20)
    dates = {"starts_on": starts, "ends_on": starts + timedelta(days=9), "enrol_by": starts}
    run = factories.RunFactory(opportunity=course, places=5, **dates)
    factories.SessionFactory(run=run, starts_at=ways.at(starts, 15))
    return run


def share(page):
    page.goto("/opportunita/barman-per-eventi/")
    page.get_by_role("link", name="Porta un’amica o un amico").click()
    looks_well(page, "friend-before")
    press(page, "Crea il mio link")
    address = page.get_by_role("main").locator(".share-address a")
    expect(address).to_be_visible()
    looks_well(page, "friend-link")
    return address.get_attribute("href")


def enrol_by_it(page, address, now):
    page.goto(address)
    expect(page.get_by_text("Te la passa un’amica o un amico.")).to_be_visible()
    looks_well(page, "friend-arrived")
    sign_up(page, now)
    page.goto("/opportunita/barman-per-eventi/")
    page.get_by_role("link", name="Iscriviti").locator("visible=true").first.click()
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="Hai un posto")).to_be_visible()


def test_bring_a_friend(signed_in, new_page, run, other_young_person, edition, now):
    factories.ParticipationFactory(person=other_young_person, edition=edition)
    sharer = signed_in(other_young_person.user)
    address = share(sharer)
    enrol_by_it(new_page(), address, now)
    sharer.reload()
    expect(sharer.get_by_text("dal giorno dopo", exact=False)).to_be_visible()
    assert "1 persona" not in sharer.content()
    # A night later.
    FriendLink.objects.update(lately_on=timezone.localdate() - timedelta(days=1))
    sharer.reload()
    expect(sharer.get_by_text("Il tuo link ha aiutato 1 persona")).to_be_visible()
    assert "Bianchi" not in sharer.content()
    looks_well(sharer, "friend-helped")
    press(sharer, "Dimentica questo link")
    expect(sharer.get_by_text("Il link è dimenticato.")).to_be_visible()
