"""Whom one meets on the street: a nickname, never a person that is counted, until they take part."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import YoungPerson
from intake import actions
from intake.models import Note, Participation, StreetContact, StreetMeeting
from migwork.errors import NotNow
from reporting.actions import refresh_figures
from tests import factories

STREET = "/strada/"


@pytest.fixture
def desk(as_user, operator):
    return as_user(operator)


@pytest.fixture
def lupo(city, operator, now):
    return actions.note_contacted(
        organisation=city, nickname="Lupo", place="Parco Trotter", text="Cerca lavoro in cucina.", by=operator, now=now
    )


def test_contacted_then_registered(desk, edition, operator, now):
    """Met by a nickname, met again, received: the notes are in the file, the nickname is nowhere."""
    desk.post(STREET, {"nickname": "Lupo", "place": "Parco Trotter", "text": "Cerca lavoro in cucina."})
    contact = StreetContact.objects.get()
    assert "Lupo" in desk.get(STREET).text
    page = reverse("intake:street-detail", args=[contact.pk])
    desk.post(page, {"place": "Via Padova", "text": "Passa a giorni."})
    assert "Passa a giorni." in desk.get(page).text
    assert not YoungPerson.objects.exists()
    assert not Participation.objects.exists()
    create = reverse("intake:person-create") + f"?contatto={contact.pk}"
    assert create in desk.get(page).text
    assert "Lupo" in desk.get(create).text
    received = {
        "first_name": "Kevin",
        "last_name": "Quispe",
        "birth_date": "2006-02-01",
        "tie": "lives",
        "need": "Lavorare in cucina",
        "channel": "street",
        "next_step": "Un colloquio",
    }
    assert desk.post(create, received).status_code == 302
    participation = Participation.objects.get()
    contact.refresh_from_db()
    assert (contact.state, contact.participation, contact.nickname, contact.place) == (
        "takes_part",
        participation,
        "",
        "",
    )
    assert participation.channel == "street"
    assert sorted(note.text for note in participation.notes.all()) == [
        "Parco Trotter\nCerca lavoro in cucina.",
        "Via Padova\nPassa a giorni.",
    ]
    assert not StreetMeeting.objects.exists()
    assert desk.get(page).status_code == 404


def test_somebody_whom_we_know_already(desk, lupo, participation):
    who = reverse("intake:street-who", args=[lupo.pk])
    assert participation.person.last_name in desk.post(who, {"q": "bianchi"}).text
    response = desk.post(who, {"it": participation.pk})
    assert response["Location"] == reverse("intake:person-file", args=[participation.pk])
    assert Note.objects.get().kind == "street"


def test_nobody_is_counted_by_a_nickname(lupo, edition, participation, now):
    """The figures of the targets and of each indicator stay as they are, however many are met."""

    def figures():
        data = refresh_figures(edition=edition, now=now).data
        return {name: data[name] for name in ("targets", "indicators", "funnel", "states")}

    before = figures()
    for number in range(3):
        factories.StreetContactFactory(organisation=lupo.organisation, nickname=f"N{number}", by=lupo.by)
    assert figures() == before


def test_forgotten_on_request_and_after_a_year(desk, lupo, operator, now):
    other = actions.note_contacted(organisation=lupo.organisation, nickname="Tito", text="x", by=operator, now=now)
    desk.post(reverse("intake:street-forget", args=[lupo.pk]))
    assert actions.forget_old_contacts(now=now + timedelta(days=365)) == 0
    assert actions.forget_old_contacts(now=now + timedelta(days=366)) == 1
    for contact in (lupo, other):
        contact.refresh_from_db()
        assert (contact.state, contact.nickname, contact.place) == ("forgotten", "", "")
    assert not StreetMeeting.objects.exists()
    with pytest.raises(NotNow):
        actions.meet_again(contact=lupo, text="x", by=operator, now=now)


def test_only_the_desk_that_met_them_reads_it(lupo, partner_staff, as_user, administrator, partner, now):
    colleague = factories.member("operator", partner)
    page = reverse("intake:street-detail", args=[lupo.pk])
    assert as_user(colleague).get(page).status_code == 404
    assert as_user(administrator).get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.meet_again(contact=lupo, by=colleague, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM intake_streetmeeting")
        assert "cucina" not in cursor.fetchone()[0]


def test_a_nickname_stays_only_while_somebody_may_take_part(lupo):
    with pytest.raises(IntegrityError), transaction.atomic():
        StreetContact.objects.filter(pk=lupo.pk).update(state="forgotten")
    with pytest.raises(IntegrityError), transaction.atomic():
        StreetContact.objects.filter(pk=lupo.pk).update(nickname="")
