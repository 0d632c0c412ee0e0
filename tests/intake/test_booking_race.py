"""Many want the same hours at once: as many get one as there are places."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from intake import actions
from intake.enums import AppointmentKind
from intake.models import Appointment, Slot
from migwork.errors import NotNow
from programme.models import Organisation
from tests import factories


def at_once(jobs) -> Counter:
    """Do all `jobs`, each in a thread and a connection of its own, beginning together; what became of them."""
    answers, ready = [], threading.Barrier(len(jobs))
    # No more sessions at a time than the database takes: the others queue, as at the portal's own door.
    door = threading.Semaphore(24)

    def run(job):
        ready.wait()
        with door:
            try:
                job()
                answers.append("booked")
            except NotNow as refusal:
                answers.append(refusal.code)
            except Exception as error:
                answers.append(repr(error))
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def everybody_wants(slots, ways, now) -> Counter:
    """Each of `ways` tries one hour after the other until they have one."""

    def job(way, first):
        def book():
            for slot in slots[first:] + slots[:first]:
                try:
                    return actions.book_slot(
                        participation=way, slot=slot, kind=AppointmentKind.RECEPTION, by=way.person.user, now=now
                    )
                except NotNow as refusal:
                    if refusal.code != "taken":
                        raise
            raise NotNow("nothing left", code="taken")

        return book

    return at_once([job(way, number % len(slots)) for number, way in enumerate(ways)])


def check(slots, answers, people, places):
    assert answers == {"booked": places, "taken": people - places}
    assert Appointment.objects.count() == places
    for slot in Slot.objects.filter(pk__in=[slot.pk for slot in slots]):
        assert slot.taken == slot.places == slot.appointments.count()
    # No operator sits at two tables.
    pairs = list(Appointment.objects.values_list("operator", "starts_at"))
    assert len(pairs) == len(set(pairs))


@pytest.fixture
def here(transactional_db):
    """The project as of now: threads live in real time."""
    edition = factories.project(code="mig-work", name="MiG-Work")
    return edition, Organisation.objects.get(code="comune-di-milano"), timezone.now()


def race(here, *, people, hours, places):
    """`hours` of the desk with so many `places` each and as many operators; `people` want one."""
    edition, city, now = here
    for _ in range(places):
        factories.member(Role.OPERATOR, city)
    availability = factories.AvailabilityFactory(organisation=city, operator=None, capacity=places)
    slots = [
        factories.SlotFactory(
            availability=availability, starts_at=now + timedelta(days=2, minutes=30 * number), places=places
        )
        for number in range(hours)
    ]
    ways = [factories.ParticipationFactory(edition=edition) for _ in range(people)]
    check(slots, everybody_wants(slots, ways, now), people, hours * places)


def test_twelve_for_four_places(here):
    race(here, people=12, hours=2, places=2)


@pytest.mark.slow
@pytest.mark.parametrize("_again", range(3))
def test_three_hundred_for_twenty_places(here, _again):
    race(here, people=300, hours=4, places=5)


@pytest.mark.slow
def test_three_hundred_for_twenty_places_of_one_hour(here):
    race(here, people=300, hours=1, places=20)
