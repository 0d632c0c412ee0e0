"""What was written to a person, and whether it arrived: for operators."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from accounts.access import RolesRequired, note_opening
from accounts.enums import Role
from accounts.models import YoungPerson
from accounts.queries import ids_of
from foundation.communications.queries import failures_about, messages_about
from foundation.privacy.enums import AccessReason

SHOWN = 50


class PersonMessages(RolesRequired, TemplateView):
    """The last messages to somebody: when, by which way, to where, what became of them."""

    template_name = "accounts/person_messages.html"
    roles = frozenset({Role.OPERATOR})

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(YoungPerson, pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        note_opening(request, self.person, why=AccessReason.DESK)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        ids = ids_of(self.person)
        return super().get_context_data(
            person=self.person,
            rows=messages_about(ids)[:SHOWN],
            lost={row.pk for row in failures_about(ids)[:SHOWN]},
            **kwargs,
        )
