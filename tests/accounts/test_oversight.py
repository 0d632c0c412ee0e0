"""Faults of the chain of seals reach the privacy officer: by mail once each, and on their page until seen to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import actions
from foundation.communications.models import OutgoingMessage
from foundation.documents import tasks as document_tasks
from foundation.documents.actions import make_document
from foundation.privacy import tasks
from foundation.privacy.actions import note_faults, seal
from foundation.privacy.models import ChainFault, Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
LIST = "/richieste-privacy/"


def altered(now, person):
    """An event about `person` that was changed after it was sealed, by somebody whom no trigger holds."""
    event = EventFactory(about=person.pk)
    seal(now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE privacy_event SET verb = 'tests.other' WHERE id = %s", [event.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def letters():
    return list(OutgoingMessage.objects.filter(cause="chain").order_by("created_at", "pk"))


def test_a_fault_is_told_once_and_shown_until_seen_to(as_user, privacy_officer, young_person, operator, now):
    page = as_user(privacy_officer)
    tasks.verify_chain()
    assert letters() == []
    assert "nel registro" not in page.get(LIST).content.decode()

    altered(now, young_person)
    tasks.verify_chain()
    tasks.verify_chain()
    with pytest.raises(CommandError, match="was altered"):
        call_command("privacy", "verify")
    (letter,) = letters()
    assert letter.to == privacy_officer.email
    assert "1 guasto" in letter.text
    shown = page.get(LIST).content.decode()
    assert "1 guasto nel registro" in shown
    assert "was altered" in shown
    for told in (letter.subject, letter.text, *ChainFault.objects.values_list("text", flat=True)):
        assert young_person.last_name not in told
        assert str(young_person.pk) not in told

    with pytest.raises(PermissionDenied):
        actions.settle_faults(by=operator, now=now)
    page.post(f"{LIST}guasti/")
    assert ChainFault.objects.get().settled_by == privacy_officer
    assert Event.objects.filter(verb="privacy.faults_settled", by=privacy_officer).exists()
    assert "nel registro" not in page.get(LIST).content.decode()
    # What was seen to is not told again; what is new is.
    tasks.verify_chain()
    assert len(letters()) == 1
    note_faults(faults=["Seal 1 is gone.", "Event 7, under seal 2, is gone."], now=now + timedelta(days=1))
    assert ["2 guasti" in letter.text for letter in letters()] == [False, True]
    assert "2 guasti nel registro" in page.get(LIST).content.decode()


def test_what_the_command_expects_and_does_not_find_is_told(privacy_officer, now):
    EventFactory()
    seal(now=now)
    with pytest.raises(CommandError):
        call_command("privacy", "verify", expect=[f"{now:%Y-%m-%d}={'0' * 64}"])
    assert "2026-05-05" in ChainFault.objects.get().text
    assert len(letters()) == 1


def test_a_document_that_was_changed_is_told_once_and_without_names(privacy_officer, operator, now):
    kept_document = make_document(
        kind="proof", title="Prova", language="it", template="documents/base.html", context={}, by=operator, now=now
    )
    document_tasks.check_documents()
    assert not letters()
    with kept_document.file.storage.open(kept_document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 something else")
    document_tasks.check_documents()
    document_tasks.check_documents()
    assert ChainFault.objects.get().text == f"Document {kept_document.protocol_number} is not the file that was made."
    (letter,) = letters()
    assert letter.to == privacy_officer.email
