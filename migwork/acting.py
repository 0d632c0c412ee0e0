"""For views with a form: its valid answers go to one action, whose refusal comes back onto the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.views.generic import FormView


class ActingForm(FormView):
    """A form whose valid answers go to one action: `act(data)`. Its refusal comes back onto the form."""

    done = ""
    # For refusals that are about one field: their code and the field.
    beside = {}

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(self.beside.get(getattr(refusal, "code", None)), refusal)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return HttpResponseRedirect(self.get_success_url())
