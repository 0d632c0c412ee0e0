"""The first page of the partner's workspace: what needs somebody today, and how soon they answer."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from pathways.queries.needs import in_words, needs
from tests import factories
from tests.pathways import ways


@pytest.fixture(autouse=True)
def _italian():
    with translation.override("it"):
        yield


def referral(participation, organisation, now, **fields):
    return factories.ReferralFactory(
        participation=participation, organisation=organisation, **{"sent_at": now - timedelta(days=2)} | fields
    )


def test_what_needs_me_today(
    partner, other_partner, edition, participation, partner_staff, other_partner_staff, coordinator, as_user, now
):
    today = timezone.localdate(now)
    referral(participation, partner, now, state="sent", answer_by=today - timedelta(days=1))
    ways.course(partner, edition, title="Sarta", state="draft", returned_why="Manca l’indirizzo.")
    ways.course(partner, edition, title="Mai mandata", state="draft")
    ways.course(partner, edition, title="Cuoco", asked_check_on=today)
    run = factories.RunFactory(opportunity=ways.course(partner, edition, title="Barman"), places=2)
    factories.EnrolmentFactory(
        run=run, state="offered", offered_until=now + timedelta(days=2), participation=participation
    )
    tasks = needs(partner_staff, now).tasks
    assert [(task["title"], task["state"]) for task in tasks] == [
        ("1 invio a cui rispondere", "In ritardo"),
        ("Sarta", "È tornata indietro"),
        ("Cuoco", "Va ancora bene?"),
        ("Barman", "1 posto offerto aspetta risposta"),
    ]
    html = as_user(partner_staff).get("/attivita/").content.decode()
    assert all(task["title"] in html for task in tasks)
    assert "1 richiesta aspetta oltre il suo giorno." in html
    # Another partner's, and nobody's in particular.
    for stranger in (other_partner_staff, coordinator):
        assert needs(stranger, now).tasks == []


def test_response_clock(partner, other_partner, participation, partner_staff, now):
    def answered(after, ago, organisation=partner):
        at = now - timedelta(days=ago)
        referral(
            participation,
            organisation,
            now,
            sent_at=at - after,
            state="accepted",
            answered_at=at,
            answered_by=partner_staff,
        )

    assert needs(partner_staff, now).clock == ""
    for hours in (2, 30, 400):
        answered(timedelta(hours=hours), ago=10)
    answered(timedelta(hours=1), ago=91)
    answered(timedelta(hours=1), ago=1, organisation=other_partner)
    assert needs(partner_staff, now).clock == (
        "Negli ultimi 90 giorni hai risposto a 3 richieste, la metà entro 2 giorni."
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 ora"), (60, "1 ora"), (61, "2 ore"), (23 * 60 + 1, "1 giorno"), (24 * 60 + 1, "2 giorni")],
)
def test_the_clock_never_sounds_quicker_than_it_was(minutes, words):
    assert in_words(1, timedelta(minutes=minutes), 0).endswith(f"entro {words}.")
