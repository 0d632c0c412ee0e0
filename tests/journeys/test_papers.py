"""Karim has no codice fiscale: he writes his permit down at home, and Sara looks at it at the desk."""

from datetime import timedelta

from accounts.models import IdentityPaper
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well


def test_a_permit_in_place_of_a_code(signed_in, operator, edition, now):
    person = factories.YoungPersonFactory(first_name="Karim", last_name="Hassan", user__email="karim@example.org")
    factories.ParticipationFactory(person=person, edition=edition, operator=operator, state="received")
    page = signed_in(person.user)
    page.goto("/io/")
    page.get_by_role("link", name="Non ho il codice fiscale").click()
    expect(page.get_by_role("heading", name="Aggiungi il tuo documento")).to_be_visible()
    page.get_by_label("Permesso di soggiorno", exact=True).check()
    page.get_by_label("Valido fino al").fill((now - timedelta(days=3)).date().isoformat())
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page, "my-papers-wrong")
    page.get_by_label("Il numero").fill("i12345678")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_role("alert").get_by_text("Non è più valido")).to_be_visible()
    page.get_by_label("Valido fino al").fill((now + timedelta(days=300)).date().isoformat())
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("I12345678")).to_be_visible()
    expect(page.get_by_text("Ancora da vedere")).to_be_visible()
    looks_well(page, "my-papers")

    desk = signed_in(operator)
    desk.goto(f"/persone/{person.participations.get().pk}/")
    desk.get_by_role("link", name="Documenti d’identità").click()
    expect(desk.get_by_text("I12345678")).to_be_visible()
    desk.get_by_role("button", name="L’ho visto").click()
    expect(desk.get_by_text("Fatto: risulta che l’hai visto.")).to_be_visible()
    looks_well(desk, "papers")
    assert IdentityPaper.objects.get().checked_by == operator
    page.reload()
    expect(page.get_by_text("Visto", exact=True)).to_be_visible()
