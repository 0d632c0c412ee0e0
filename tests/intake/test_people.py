"""Whom one meets, and in which language: face, first name, answer time, mediator."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.files.models import StoredFile
from intake import actions
from intake.models import Appointment, DeskCard, Mediation, Slot
from migwork import repeats
from migwork.errors import NotNow
from tests import factories
from tests.foundation.files.test_pictures import photo

CARD = "/agenda/come-mi-vedono/"


@pytest.fixture
def arabic(db):
    return factories.TalkLanguageFactory(code="ar", name="arabo", own_name="العربية")


@pytest.fixture
def slots(operator, other_operator, city, now):
    """Of each of two operators every day at eleven, for a week."""
    for who in (operator, other_operator):
        actions.publish_availability(
            organisation=city,
            operator=who,
            rule=repeats.weekly(repeats.WEEKDAYS, 1),
            opens_at=time(11),
            closes_at=time(12),
            minutes=60,
            first_day=date(2026, 5, 6),
            last_day=date(2026, 5, 12),
            mode="place",
            place="via Dogana 2",
            by=who,
            now=now,
        )
    return list(Slot.objects.filter(operator=operator).order_by("starts_at"))


@pytest.fixture
def phone(as_user, participation):
    return as_user(participation.person.user)


@pytest.fixture
def card(operator, arabic, now):
    return actions.save_card(
        user=operator,
        called="Sara",
        answers_within="day",
        languages=[arabic],
        photo=photo(),
        by=operator,
        now=now,
    )


def confirm(slot):
    return reverse("intake:booking-confirm", args=["reception", slot.pk])


# --- whom one meets --------------------------------------------------------------------


def test_whom_one_meets(phone, participation, slots, operator, card, now):
    """Face, first name and answer time stand where one books and on the appointment; without a card, initials."""
    face = reverse("intake:portrait", args=[card.photo_id])
    page = phone.get(confirm(slots[0])).text
    assert face in page
    assert "Di solito risponde entro un giorno lavorativo" in page
    phone.post(confirm(slots[0]), {})
    appointment = Appointment.objects.get()
    page = phone.get(reverse("intake:my-appointment", args=[appointment.pk])).text
    assert face in page
    assert "Sara" in page
    assert phone.get(face).getvalue().startswith(b"\xff\xd8\xff")
    actions.save_card(
        user=operator, called="Sara", answers_within="", languages=[], without_photo=True, by=operator, now=now
    )
    page = phone.get(reverse("intake:my-appointment", args=[appointment.pk])).text
    assert '<span class="face" aria-hidden="true">SC</span>' in page
    assert phone.get(face).status_code == 404


def test_the_plan_says_who_follows_me(phone, participation, operator, card):
    participation.operator = operator
    participation.save()
    page = phone.get(reverse("intake:my-plan")).text
    assert reverse("intake:portrait", args=[card.photo_id]) in page


def test_an_operator_shows_themselves_and_takes_it_back(
    as_user, operator, other_operator, arabic, now, django_capture_on_commit_callbacks
):
    desk = as_user(operator)
    data = {"called": "Sara", "answers_within": "day", "languages": ["ar"]}
    assert desk.post(CARD, {**data, "photo": photo()}).status_code == 302
    card = DeskCard.objects.get()
    stored = card.photo
    assert (card.called, list(card.languages.all()), stored.about) == ("Sara", [arabic], None)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(CARD, {**data, "without_photo": "on"})
    assert not StoredFile.objects.exists()
    assert not stored.file.storage.exists(stored.file.name)
    with pytest.raises(PermissionDenied):
        actions.save_card(user=operator, called="X", answers_within="", languages=[], by=other_operator, now=now)


def test_a_file_that_is_no_picture_leaves_what_was_typed(as_user, operator, arabic):
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = SimpleUploadedFile("io.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40)
    response = as_user(operator).post(CARD, {"called": "Saretta", "languages": ["ar"], "photo": broken})
    assert response.status_code == 200
    assert "Saretta" in response.text
    assert "non si riesce a leggere" in response.text
    assert not DeskCard.objects.exists()


def test_who_leaves_the_desk_is_shown_no_more(card, operator, other_operator, city, now):
    actions.take_down_card(user=operator, organisation=city, to=other_operator, by=other_operator, now=now)
    card.refresh_from_db()
    assert card.photo is None
    assert not StoredFile.objects.exists()


# --- in which language -----------------------------------------------------------------


@pytest.fixture
def in_arabic(participation, slots, arabic, now):
    """A talk with Sara, who does not speak it."""
    return actions.book_slot(
        participation=participation,
        slot=slots[0],
        kind="reception",
        language=arabic,
        by=participation.person.user,
        now=now,
    )


def test_a_language_brings_a_mediator(phone, participation, slots, arabic, operator, as_user):
    assert "العربية · arabo" in phone.get(confirm(slots[0])).text
    phone.post(confirm(slots[0]), {"language": "ar"})
    appointment = Appointment.objects.get()
    booked = OutgoingMessage.objects.get(key=f"appointment:{appointment.pk}:booked")
    assert "Lingua: arabo. Cerchiamo" in booked.text
    desk = as_user(operator)
    week = f"/agenda/?giorno={appointment.starts_at:%Y-%m-%d}"
    assert "Serve la mediazione: arabo" in desk.get(week).text
    arrange = reverse("intake:mediation-arrange", args=[appointment.pk])
    assert arrange in desk.get(reverse("intake:mediation-list")).text
    assert desk.post(arrange, {"mediator": ""}).status_code == 200
    desk.post(arrange, {"mediator": "Samira H."})
    assert Mediation.objects.get().state == "arranged"
    told = OutgoingMessage.objects.get(key=f"appointment:{appointment.pk}:mediator:0")
    assert "arabo" in told.text
    assert "Samira" not in told.text
    assert "Mediazione trovata: arabo (Samira H.)" in desk.get(week).text
    assert "Ci sarà chi traduce" in phone.get(reverse("intake:my-appointment", args=[appointment.pk])).text


def test_who_speaks_it_needs_no_mediator_unless_one_is_wished(card, participation, slots, arabic, now):
    by = participation.person.user
    for kind, slot, wished, state in (
        ("reception", slots[0], False, "spoken"),
        ("interview", slots[1], True, "needed"),
    ):
        talk = actions.book_slot(
            participation=participation, slot=slot, kind=kind, language=arabic, mediator=wished, by=by, now=now
        )
        assert talk.mediation.state == state


def test_a_moved_talk_asks_for_its_mediator_anew(in_arabic, operator, other_operator, card, now):
    mine = in_arabic.participation.person.user
    Mediation.objects.update(state="needed")
    actions.arrange_mediator(appointment=in_arabic, mediator="Samira H.", by=operator, now=now)
    with_a_colleague = Slot.objects.filter(operator=other_operator).order_by("starts_at")[2]
    actions.move_appointment(appointment=in_arabic, slot=with_a_colleague, by=mine, now=now)
    mediation = Mediation.objects.get()
    assert (mediation.state, mediation.mediator, mediation.arranged_at) == ("needed", "", None)
    with pytest.raises(PermissionDenied):
        actions.arrange_mediator(appointment=in_arabic, mediator="X", by=mine, now=now)
    actions.arrange_mediator(appointment=in_arabic, mediator="X", by=operator, now=now)
    with pytest.raises(NotNow):
        actions.arrange_mediator(appointment=in_arabic, mediator="Y", by=operator, now=now)


def test_a_mediator_needs_a_language(phone, slots, arabic):
    response = phone.post(confirm(slots[0]), {"mediator": "on"})
    assert response.status_code == 200
    assert "Scegli la lingua" in response.text
    assert not Appointment.objects.exists()


def test_the_desk_books_in_another_language_too(as_user, participation, operator, arabic, now):
    page = reverse("intake:appointment-create", args=[participation.pk])
    desk = as_user(operator)
    assert "العربية · arabo" in desk.get(page).text
    hours = {"date": "2026-05-07", "time": "15:00", "minutes": "30", "kind": "interview", "mode": "phone"}
    desk.post(page, {**hours, "operator": operator.pk, "language": "ar"})
    assert Appointment.objects.get().mediation.state == "needed"
