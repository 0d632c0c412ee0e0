"""Notes: quick to write, read by the case team alone, mended for ten minutes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.actions import anonymise_person
from foundation.privacy.models import Event
from intake import actions
from intake.models import Note
from migwork.errors import NotNow


@pytest.fixture
def note(received, operator, now):
    return actions.write_note(
        participation=received, kind="school", text="La prof. dice che torna a scuola", by=operator, now=now
    )


def file(participation, section=""):
    return reverse("intake:person-file", args=[participation.pk]) + section


def test_a_note_is_a_contact_and_unreadable_in_the_database(note, received, operator, now):
    received.refresh_from_db()
    assert received.last_contact_at == now
    event = Event.objects.get(verb="intake.note_written")
    assert (event.about, event.by, event.fields) == (received.person_id, operator, ["kind", "text"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM intake_note")
        assert "scuola" not in cursor.fetchone()[0]


def test_the_story_says_what_a_note_says_to_the_case_team_alone(
    note, received, as_user, operator, coordinator, administrator
):
    for section in ("", "?s=colloqui"):
        assert "torna a scuola" in as_user(operator).get(file(received, section)).text
    for reader in (coordinator, administrator):
        text = as_user(reader).get(file(received)).text
        assert "Nota scritta" in text
        assert "torna a scuola" not in text
        assert "Scrivi una nota" not in text


def test_its_writer_corrects_it_for_ten_minutes(note, as_user, operator, other_operator, now):
    page = reverse("intake:note-edit", args=[note.pk])
    assert page in as_user(operator).get(file(note.participation)).text
    assert page not in as_user(other_operator).get(file(note.participation)).text
    with pytest.raises(PermissionDenied):
        actions.correct_note(note=note, kind="call", text="altro", by=other_operator, now=now)
    soon, late = now + timedelta(minutes=9), now + timedelta(minutes=10)
    actions.correct_note(note=note, kind="call", text="La prof. ha chiamato", by=operator, now=soon)
    note.refresh_from_db()
    assert (note.kind, note.text, note.corrected_at) == ("call", "La prof. ha chiamato", soon)
    with pytest.raises(NotNow, match=r"further note|altra nota"):
        actions.correct_note(note=note, kind="call", text="altro", by=operator, now=late)
    assert Event.objects.filter(verb="intake.note_corrected").count() == 1


def test_what_was_typed_comes_back_with_the_refusal(received, as_user, operator):
    page = reverse("intake:note-create", args=[received.pk])
    response = as_user(operator).post(page, {"text": "x" * 2001, "kind": "family"})
    assert response.status_code == 200
    assert "x" * 2001 in response.text
    assert response.context["form"]["kind"].value() == "family"
    assert as_user(operator).post(page, {"text": "   ", "kind": "call"}).status_code == 200
    assert not Note.objects.exists()


def test_a_note_is_emptied_with_the_person(note, privacy_officer, now):
    anonymise_person(person=note.participation.person, by=privacy_officer, now=now)
    note.refresh_from_db()
    assert (note.text, note.kind) == ("", "school")


def test_what_a_note_says_is_text(received, as_user, operator, now):
    actions.write_note(participation=received, kind="call", text="Due\nrighe <b>qui</b>", by=operator, now=now)
    assert "<p>Due<br>righe &lt;b&gt;qui&lt;/b&gt;</p>" in as_user(operator).get(file(received)).text
