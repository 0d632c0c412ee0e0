"""Organisations and their members."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from migwork.fields import OneLineField


class OrganisationForm(forms.Form):
    """A body that takes part."""

    name = OneLineField(
        label=_("Full name"), max_length=200, error_messages={"required": _("Write the name of the organisation.")}
    )
    short_name = OneLineField(
        label=_("Short name"),
        max_length=60,
        help_text=_("As it stands in lists and on the pages of activities."),
        error_messages={"required": _("Write a short name.")},
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class InvitationForm(forms.Form):
    """Whom to invite, into which role."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A work address of that person alone: it opens their account."),
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the address to which the invitation goes.")},
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose one of the answers.")}
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]


class AcceptForm(forms.Form):
    """The name of who has no account yet."""

    name = OneLineField(
        label=_("Your name and surname"),
        max_length=200,
        help_text=_("As colleagues and young people will read it."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name and surname.")},
    )

    def __init__(self, *args, known=False, **kwargs):
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"]


class LeaveForm(forms.Form):
    """To whom passes what somebody holds who leaves. Colleagues of one organisation: a short list."""

    to = forms.ModelChoiceField(
        None,
        label=_("Who takes it on?"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose who takes on what is theirs.")},
    )

    def __init__(self, *args, colleagues, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues
        if not needed:
            del self.fields["to"]
