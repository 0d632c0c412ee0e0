"""Notes: a few lines about a call or a meeting in passing."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake.actions.participation import locked, note_contact
from intake.models import Note
from intake.permissions import check_can_correct_note, check_can_write_note
from migwork.errors import NotNow


@transaction.atomic
def write_note(*, participation, kind, text, reached=True, by, now) -> Note:
    """Jot down what the desk heard of somebody. By an operator; it counts as a contact, also once the way is closed.

    Unless nobody was `reached`: a telephone that rings is no contact.
    """
    participation = locked(participation)
    check_can_write_note(by)
    note = Note.objects.create(participation=participation, kind=kind, text=_said(text), at=now, by=by)
    if reached:
        note_contact(participation, now)
    record(verb="intake.note_written", by=by, now=now, on=note, about=participation.person, fields=["kind", "text"])
    return note


@transaction.atomic
def correct_note(*, note, kind, text, by, now) -> Note:
    """Mend a slip. By who wrote it, for ten minutes: later a further note says what has changed."""
    participation = locked(note.participation)
    note = Note.objects.select_for_update().get(pk=note.pk)
    check_can_correct_note(by, note)
    if not note.is_fresh(now):
        raise NotNow(_("Ten minutes are over: write a further note, this one stays as it is."), code="late")
    before = (note.kind, note.text)
    note.kind, note.text = kind, _said(text)
    if (note.kind, note.text) == before:
        return note
    note.corrected_at = now
    note.save(update_fields=["kind", "text", "corrected_at"])
    record(verb="intake.note_corrected", by=by, now=now, on=note, about=participation.person, fields=["kind", "text"])
    return note


def _said(text):
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    return text.strip()
