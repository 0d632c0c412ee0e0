"""Two tabs, one place: real connections, real locks."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from internships import actions
from internships.models import Application
from migwork.errors import NotNow
from pathways.models import Run
from tests import factories
from tests.pathways.test_race import together


@pytest.fixture
def offer(edition, partner, partner_staff, now):
    return factories.OfferFactory(
        opportunity__edition=edition,
        opportunity__organisation=partner,
        run__places=1,
        answered_by=partner_staff,
        created_by=partner_staff,
    )


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.mark.slow
def test_two_tabs_make_one_application(offer, participation, young_person, now):
    known = {"offer": offer, "participation": participation, "by": young_person.user, "now": now}
    together(lambda text: actions.write_application(text=text, **known), [("Ciao",), ("Buongiorno",), ("Salve",)])
    mine = Application.objects.get()
    Application.objects.filter(pk=mine.pk).update(cv=factories.StoredFileFactory(about=young_person.pk))
    send = lambda n: actions.send_application(application=mine, by=young_person.user, now=now + timedelta(seconds=n))  # noqa: E731
    together(send, [(1,), (2,), (3,)])
    assert Application.objects.get().state == "sent"


@pytest.mark.slow
def test_two_colleagues_give_the_last_place_once(offer, edition, partner_staff, now):
    rows = [factories.ApplicationFactory(offer=offer, participation__edition=edition) for _n in range(4)]

    def take(row):
        with suppress(NotNow):
            actions.take(application=row, by=partner_staff, now=now)

    together(take, [(row,) for row in rows])
    assert Application.objects.filter(state="taken").count() == 1
    assert Run.objects.get(pk=offer.run_id).places_taken == 1
