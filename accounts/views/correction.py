"""The desk puts right what is written of somebody."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import actions, fiscal_code, hooks
from accounts.access import note_opening
from accounts.forms.correction import CorrectionForm
from accounts.models import YoungPerson
from accounts.views.representatives import Acting, OperatorPage
from foundation.privacy.enums import AccessReason


class PersonCorrect(OperatorPage, Acting):
    """A wrong birth date, a number that came later."""

    template_name = "accounts/person_correct.html"
    form_class = CorrectionForm

    def load(self, request, pk, **kwargs):
        self.person = get_object_or_404(YoungPerson, pk=pk)
        self.done = _("Saved.")

    def get(self, request, *args, **kwargs):
        note_opening(request, self.person, why=AccessReason.DESK)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.person, "by": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    @transaction.atomic
    def act(self, data):
        values, by = dict(data), self.request.user
        code = values.pop("fiscal_code", None)
        if code is not None:
            actions.set_fiscal_code(person=self.person, code=code, by=by, now=self.now)
        person = actions.correct_person(person=self.person, by=by, now=self.now, **values)
        asked = ("first_name", "last_name", "birth_date", "gender", "birth_place")
        said = {name: getattr(person, name) for name in asked}
        for sentence in fiscal_code.differences(code or "", **said):
            messages.warning(self.request, sentence)

    def get_success_url(self):
        addresses = hooks.file_addresses.call(person=self.person, user=self.request.user)
        return next(filter(None, addresses), reverse("accounts:person-correct", args=[self.person.pk]))
