"""Notes in ten seconds."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import actions
from intake.forms import NoteForm
from intake.models import Note
from intake.permissions import check_can_correct_note, check_can_write_note
from intake.views.base import OfPerson, OperatorRequired, about_person, file_url
from migwork.acting import ActingForm


class WritingNote(ActingForm):
    """The page of a note: one types at once."""

    template_name = "intake/note_form.html"
    form_class = NoteForm

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["text"].widget.attrs["autofocus"] = True
        return form


class NoteCreate(OfPerson, WritingNote):
    """A note about somebody; the file's own box is sent here too, so that a refused one keeps what was typed."""

    done = _("Note saved.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_write_note(request.user)

    def act(self, data):
        actions.write_note(participation=self.participation, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation)


class NoteEdit(OperatorRequired, WritingNote):
    """Mend a slip in a note of one's own."""

    done = _("Corrected.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Note.objects.visible_to(request.user).select_related("participation__person", "participation__operator")
        self.note = get_object_or_404(rows, pk=kwargs["pk"])
        check_can_correct_note(request.user, self.note)

    def get_initial(self):
        return {"kind": self.note.kind, "text": self.note.text}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**about_person(self.note.participation), note=self.note, **kwargs)

    def act(self, data):
        actions.correct_note(note=self.note, **data, by=self.request.user, now=timezone.now())

    def get_success_url(self):
        return file_url(self.note.participation)
