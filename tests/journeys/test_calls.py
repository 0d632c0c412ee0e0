"""Nothing is free: Amina asks to be called, waits for an earlier hour; Sara calls, and takes her agenda home."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import Appointment, CallRequest
from migwork import repeats
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well, main


@pytest.fixture
def people(signed_in, participation, operator):
    """Amina on her page, Sara on hers."""
    return signed_in(participation.person.user), signed_in(operator)


def test_asks_to_be_called_and_is_called(people):
    amina, sara = people
    amina.goto("/prenota/reception/")
    expect(amina.get_by_text("Nessuna ora libera")).to_be_visible()
    looks_well(amina, "no-hours")
    main(amina).get_by_role("link", name="Chiedici di chiamarti").click()
    amina.get_by_label("Il tuo numero").fill("333 123")
    amina.get_by_label("Il pomeriggio").check()
    main(amina).get_by_role("button", name="Chiamatemi").click()
    expect(amina.get_by_text("una di troppo").first).to_be_visible()
    expect(amina.get_by_label("Il tuo numero")).to_have_value("333 123")
    looks_well(amina, "call-me-wrong")
    amina.get_by_label("Il tuo numero").fill("333 123 4567")
    main(amina).get_by_role("button", name="Chiamatemi").click()
    expect(amina.get_by_role("heading", name="Ti chiamiamo noi")).to_be_visible()
    looks_well(amina, "call-me-done")

    sara.goto("/accoglienza/")
    expect(sara.get_by_role("heading", name="Da chiamare")).to_be_visible()
    looks_well(sara, "to-call")
    main(sara).get_by_role("link", name="Segna la chiamata").click()
    expect(sara.get_by_role("link", name="+393331234567")).to_be_visible()
    looks_well(sara, "call-answer")
    sara.get_by_label("Ci siamo parlati").check()
    sara.get_by_label("In poche parole").fill("Viene giovedì alle 15")
    main(sara).get_by_role("button", name="Salva la nota").click()
    expect(sara.get_by_text("Segnato: tolto dall’elenco.")).to_be_visible()
    assert CallRequest.objects.get().done_at


def test_an_earlier_hour_comes_by_mail_and_the_agenda_goes_into_a_calendar(
    people, participation, operator, city, edition, now
):
    amina, sara = people
    first = timezone.localdate(now) + timedelta(days=3)
    hours = actions.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(10),
        closes_at=time(11),
        minutes=60,
        first_day=first,
        last_day=first + timedelta(days=9),
        mode="place",
        place="Informagiovani, via Dogana 2",
        by=operator,
        now=now,
    )
    slots = list(hours.slots.all())
    luca = factories.ParticipationFactory(edition=edition)
    early = actions.book_slot(participation=luca, slot=slots[0], kind="reception", by=luca.person.user, now=now)
    me = participation.person.user
    mine = actions.book_slot(participation=participation, slot=slots[-1], kind="reception", by=me, now=now)

    amina.goto(f"/appuntamenti/{mine.pk}/")
    looks_well(amina, "my-appointment-earlier")
    with amina.expect_download() as download:
        main(amina).get_by_role("link", name="Mettilo nel mio calendario").click()
    (event,) = Calendar.from_ical(download.value.path().read_bytes()).walk("vevent")
    assert event.decoded("dtstart") == mine.starts_at
    main(amina).get_by_role("button", name="Avvisami se si libera").click()
    expect(amina.get_by_text("Ti scriviamo quando si libera un orario prima", exact=True)).to_be_visible()
    then = timezone.now()
    actions.cancel_own_appointment(appointment=early, by=luca.person.user, now=then)
    day = timezone.localtime(then).replace(hour=12) + timedelta(days=1)
    assert actions.tell_earlier_hours(now=day) == 1
    address = re.search(r"/appuntamenti/\S+/sposta/\S+/", OutgoingMessage.objects.get(key__startswith="earlier:").text)[
        0
    ]
    amina.goto(address)
    main(amina).get_by_role("button", name="Sposta").click()
    expect(amina.get_by_text("Fatto: ti aspettiamo")).to_be_visible()
    assert Appointment.objects.get(pk=mine.pk).slot == slots[0]

    sara.goto("/agenda/")
    summary = sara.get_by_text(re.compile("cambiamenti fatti da altri"))
    summary.click()
    expect(sara.get_by_text("spostato").first).to_be_visible()
    looks_well(sara, "agenda-changes")
    main(sara).get_by_role("link", name="L’agenda nel mio calendario").click()
    looks_well(sara, "my-calendar")
    main(sara).get_by_role("button", name="Crea un indirizzo privato").click()
    expect(sara.get_by_role("heading", name="Il tuo indirizzo privato")).to_be_visible()
    looks_well(sara, "calendar-address")
    address = sara.get_by_label("Indirizzo del calendario").input_value()
    path = address.partition("/agenda/")[2]
    answer = sara.context.browser.new_context().request.get(sara.url.partition("/agenda/")[0] + "/agenda/" + path)
    (event,) = Calendar.from_ical(answer.body()).walk("vevent")
    assert "Bianchi" not in str(event["summary"])
    assert event.decoded("dtstart") == slots[0].starts_at
