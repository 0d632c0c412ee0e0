"""Changing the address by which one signs in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.people import ContactField


class NewContactForm(forms.Form):
    """The new e-mail or number. Whether somebody else has it is not said here."""

    contact = ContactField(
        label=gettext_lazy("New e-mail or mobile phone"),
        help_text=gettext_lazy("One that is yours alone. We send a code there."),
        widget=forms.TextInput({"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Write where we can send you the code.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_contact(self):
        channel, address = self.cleaned_data["contact"]
        if address in (self.user.email, self.user.phone):
            raise forms.ValidationError(_("This is the one that your account has already."), code="same")
        return channel, address
